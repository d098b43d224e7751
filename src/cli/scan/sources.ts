import type { Finding, SecurityReport } from '../../crds/index.ts';
import { UNKNOWN_UID, type FileObject } from './file-object.ts';
import { MalformedText, type Position } from './yaml/parse.ts';
import { positionsOf, type Positions } from './yaml/positions.ts';
import type { Chunk } from './yaml/split.ts';
import type { Place } from './documents.ts';

/** Finds fields of objects in the text of their file. */
export interface Locator {
  /** Where a path of an object stands, or its nearest parent that does. */
  readonly locate: (place: Place, path: string) => Position;
}

const BEGINNING: Position = { line: 1, column: 1 };

/** The positions in a file; of each chunk only if it is asked for. A text that has changed meanwhile has its beginning only. */
export function createLocator(chunks: readonly Chunk[]): Locator {
  let last: { readonly chunk: number; readonly positions: Positions | undefined } | undefined;

  function positionsIn(number: number): Positions | undefined {
    if (last?.chunk === number) return last.positions;
    const chunk = chunks[number];
    last = { chunk: number, positions: chunk === undefined ? undefined : readable(chunk) };
    return last.positions;
  }

  return {
    locate: ({ chunk, document, steps }, path) => positionsIn(chunk)?.locate(document, steps, path) ?? BEGINNING,
  };
}

function readable(chunk: Chunk): Positions | undefined {
  try {
    return positionsOf(chunk);
  } catch (error) {
    if (error instanceof MalformedText) return undefined;
    throw error;
  }
}

/** The path of a finding in the object of the file; the object itself for what only pods elsewhere have. */
function pathInFile({ path = '', seenIn }: Finding, { kind, foreign }: FileObject): string {
  if (foreign !== undefined) return [...foreign.template, path].join('.');
  return seenIn === 'Pod' && kind !== 'Pod' ? '' : path;
}

/** The report as it is printed: each finding with its place, and the subject as the file calls it. */
export function reportOfFile(
  report: SecurityReport,
  object: FileObject,
  { file, locator }: { readonly file: string; readonly locator: Locator },
): SecurityReport {
  const { foreign, kind, place } = object;
  const { ownerReferences: _, ...metadata } = report.metadata;
  const isItself = foreign === undefined && report.subject.kind === kind;
  return {
    ...report,
    metadata,
    subject: {
      ...report.subject,
      ...(isItself && { apiVersion: object.apiVersion }),
      ...(foreign !== undefined && { uid: UNKNOWN_UID }),
    },
    findings: report.findings.map((finding) => {
      const path = pathInFile(finding, object);
      return {
        ...finding,
        ...(foreign !== undefined && finding.path !== undefined && { path, seenIn: 'Template' as const }),
        source: { file, ...locator.locate(place, path) },
      };
    }),
  };
}
