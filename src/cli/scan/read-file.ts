import { foundIn, type Found, type Place } from './documents.ts';
import type { ScanEvent } from './scan-event.ts';
import { textOf, type ScanFile } from './scan-file.ts';
import { createLocator, type Locator } from './sources.ts';
import type { Position } from './yaml/parse.ts';
import { splitFile } from './yaml/split.ts';

/** What is wrong with something in a file. */
export interface Problem {
  readonly message: string;
  readonly where: Position | Place;
  /** Of the field that is wrong, in an object at that place. */
  readonly path?: string;
}

export type FoundObject = Extract<Found, { readonly sort: 'object' }>;

/**
 * What becomes of an object that was found; undefined if it is of no use.
 * @param source tells where it stands, as `file:line:column`, which takes its time
 */
export type Take = (found: FoundObject, source: () => string) => Problem | 'taken' | undefined;

const malformed = (found: Found): Problem | undefined => (found.sort === 'malformed' ? found : undefined);

function positionOf({ where, path = '' }: Problem, locator: Locator): Position {
  return 'line' in where ? where : locator.locate(where, path);
}

/** Hands out the objects of a file one by one, and says what is wrong in it. Answers how many documents are of no use. */
export function* readFile(file: ScanFile, take: Take): Generator<ScanEvent, number> {
  const text = textOf(file);
  if (text instanceof Error) {
    yield { sort: 'malformed', file: file.name, line: 1, column: 1, message: `cannot be read: ${text.message}` };
    return 0;
  }
  let others = 0;
  const chunks = splitFile(text);
  const locator = createLocator(chunks);
  const sourceOf = (place: Place): string => {
    const { line, column } = locator.locate(place, '');
    return `${file.name}:${line}:${column}`;
  };
  for (const [number, chunk] of chunks.entries()) {
    for (const found of foundIn(chunk, number)) {
      const problem = found.sort === 'object' ? take(found, () => sourceOf(found.place)) : malformed(found);
      if (problem === undefined) others += 1;
      else if (problem !== 'taken')
        yield { sort: 'malformed', file: file.name, ...positionOf(problem, locator), message: problem.message };
    }
  }
  return others;
}
