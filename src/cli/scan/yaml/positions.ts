import { EVENT_ID, getScalarValue, SCALAR_STYLE, type Event, type ScalarEvent } from 'js-yaml';
import { indexIn } from '../stand-in-name.ts';
import { eventsOf, type Position } from './parse.ts';
import type { Chunk } from './split.ts';

/** A value in the text; `at` is the offset at which people would look for it: that of its key, or else its own. */
interface Node {
  readonly at: number;
  readonly fields?: Map<string, Node>;
  readonly items?: Node[];
  /** Of scalars. */
  readonly text?: string;
}

/** Step into a field, into an item by its number, or into an item by a name that it goes by. */
type Step = string | number | { readonly key: string };

/** Finds fields in the text of a chunk. */
export interface Positions {
  /** The deepest that exists of a path in one of the chunk's documents, below the given start; its beginning if nothing does. */
  readonly locate: (document: number, start: readonly (string | number)[], path: string) => Position;
}

/** Reads the positions of a chunk that has been read before without an error. */
export function positionsOf(chunk: Chunk): Positions {
  const documents = treesOf(eventsOf(chunk), chunk.text);
  const lineStarts = lineStartsOf(chunk.text);
  return {
    locate(document, start, path) {
      const root = documents[document];
      return toPosition(root === undefined ? 0 : descend(root, [...start, ...stepsOf(path)]), chunk, lineStarts);
    },
  };
}

/** `spec.containers[app].image` in steps. A name in brackets may hold dots and slashes. */
function stepsOf(path: string): readonly Step[] {
  return [...path.matchAll(/\[([^\]]*)\]|([^.[\]]+)/g)].map(([, key, field = '']) =>
    key === undefined ? field : { key },
  );
}

function descend(root: Node, steps: readonly Step[]): number {
  let node = root;
  for (const step of steps) {
    const next = childOf(node, step);
    if (next === undefined) break;
    node = next;
  }
  return node.at;
}

function childOf({ fields, items = [] }: Node, step: Step): Node | undefined {
  if (typeof step === 'string') return fields?.get(step);
  if (typeof step === 'number') return items[step];
  const { key } = step;
  return (
    fields?.get(key) ??
    items.find((item) => item.fields?.get('name')?.text === key) ??
    items.find((item) => goesBy(item, key)) ??
    items[indexIn(key) ?? items.length]
  );
}

/** What has no name goes by one of its values: a port by its number, a capability by itself. */
function goesBy(item: Node, key: string): boolean {
  return item.text === key || [...(item.fields?.values() ?? [])].some(({ text }) => text === key);
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

function toPosition(offset: number, chunk: Chunk, lineStarts: readonly number[]): Position {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const column = offset - (lineStarts[low] ?? 0) + (low === 0 ? chunk.column : 0);
  return { line: chunk.line + low + 1, column: column + 1 };
}

function startOf({ valueStart, style }: ScalarEvent, last: number): number {
  if (valueStart === -1) return last;
  const isQuoted = style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED;
  return isQuoted ? valueStart - 1 : valueStart;
}

/** A collection that is being read, and the key whose value comes next. */
interface Frame {
  readonly node: Node;
  key: { readonly text: string; readonly at: number } | undefined;
}

function treesOf(events: readonly Event[], source: string): readonly Node[] {
  const documents: Node[] = [];
  const frames: Frame[] = [];
  /** Where the last scalar begins: an empty one has no place of its own. */
  let last = 0;

  /** Puts a value where it belongs; `ownAt` is where it begins itself. */
  function place(ownAt: number, more: Omit<Node, 'at'>): Node {
    const frame = frames.at(-1);
    const node: Node = { at: frame?.key?.at ?? ownAt, ...more };
    if (frame === undefined) documents.push(node);
    else if (frame.node.items !== undefined) frame.node.items.push(node);
    else if (frame.key === undefined) frame.key = { text: node.text ?? '', at: ownAt };
    else {
      frame.node.fields?.set(frame.key.text, node);
      frame.key = undefined;
    }
    return node;
  }

  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.MAPPING:
        frames.push({ node: place(event.start, { fields: new Map() }), key: undefined });
        break;
      case EVENT_ID.SEQUENCE:
        frames.push({ node: place(event.start, { items: [] }), key: undefined });
        break;
      case EVENT_ID.SCALAR:
        last = startOf(event, last);
        place(last, { text: getScalarValue(source, event) });
        break;
      case EVENT_ID.ALIAS:
        place(event.anchorStart - 1, {});
        break;
      case EVENT_ID.POP:
        frames.pop();
        break;
      case EVENT_ID.DOCUMENT:
      default:
    }
  }
  return documents;
}
