import { constructFromEvents, EVENT_ID, parseEvents, YAMLException, type Event } from 'js-yaml';
import { KUBECTL_SCHEMA } from './schema.ts';
import type { Chunk } from './split.ts';

/** Counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Why a part of a file cannot be read. */
export class MalformedText extends Error {
  readonly code = 'Malformed';
  readonly position: Position;

  constructor(message: string, position: Position) {
    super(message);
    this.position = position;
  }
}

/** Deeper than any schema of Kubernetes, and not so deep that it exhausts the stack. */
const MAX_DEPTH = 200;
/** What aliases may make of a document. A few of them, each of several others, are enough for more than any memory holds. */
const MAX_EXPANDED_NODES = 1_000_000;
const MAX_MERGED_KEYS = 100_000;

/** The events of a chunk, with offsets in its text. Throws `MalformedText`. */
export function eventsOf(chunk: Chunk): Event[] {
  return orMalformed(chunk, () => parseEvents(chunk.text, { maxDepth: MAX_DEPTH }));
}

/** The values of a chunk, of which YAML may hold several; none if there are only comments. Throws `MalformedText`. */
export function valuesOf(chunk: Chunk): readonly unknown[] {
  if (chunk.isJson) return [JSON.parse(chunk.text) as unknown];
  const events = eventsOf(chunk);
  if (events.length === 0) return [];
  const values = orMalformed(chunk, () =>
    constructFromEvents(events, {
      source: chunk.text,
      schema: KUBECTL_SCHEMA,
      maxTotalMergeKeys: MAX_MERGED_KEYS,
    }),
  );
  if (events.some(({ type }) => type === EVENT_ID.ALIAS)) refuseBombs(chunk, values);
  return values;
}

function orMalformed<T>(chunk: Chunk, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const { line = 0, column = 0 } = error.mark ?? {};
    const hint = chunk.text.includes('{{') ? '; a template must be rendered first' : '';
    throw new MalformedText(`${error.reason}${hint}`, {
      line: chunk.line + line + 1,
      column: (line === 0 ? chunk.column : 0) + column + 1,
    });
  }
}

function refuseBombs(chunk: Chunk, values: readonly unknown[]): void {
  const sizes = new Map<object, number>();
  const size = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = sizes.get(value);
    if (known !== undefined) return known;
    // What contains itself never ends.
    sizes.set(value, Infinity);
    const sum = Object.values(value).reduce((total: number, each) => total + size(each), 1);
    sizes.set(value, sum);
    return sum;
  };
  if (values.reduce((total: number, value) => total + size(value), 0) <= MAX_EXPANDED_NODES) return;
  throw new MalformedText('its aliases expand to more than can be read', { line: chunk.line + 1, column: 1 });
}
