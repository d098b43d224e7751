import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  isSpace,
  MalformedJsonError,
  OPEN_BRACE,
  OPEN_BRACKET,
  parseJson,
  QUOTE,
} from './json-scan.ts';
import { rawObject } from './raw-object.ts';

/** What the API server lets into etcd is 1.5 MiB; as JSON, with managed fields, it is a few times that at most. */
const MAX_OBJECT_BYTES = 16 * 1024 * 1024;

const NEWLINE = 0x0a;

export interface SplitterOptions {
  /** Gets each object as it completes; the bytes are valid only while it runs. */
  readonly onItem: (bytes: Buffer) => void;
  /** An object was larger than allowed: it is left out, and what follows is read on. */
  readonly onTooLarge: () => void;
  /** Default 16 MiB. */
  readonly maxBytes?: number;
}

/** What holds between the pages of a list, and for the watch after it. */
export interface ListMetadata {
  readonly resourceVersion: string;
  /** Asks for the next page; '' after the last. */
  readonly continueToken: string;
}

/** Cuts the body of a watch, one event per line, given in any pieces. What is left of a line at the end of the stream is dropped. */
export function createLineSplitter(options: SplitterOptions): { readonly push: (chunk: Buffer) => void } {
  const line = createParts(options.maxBytes);
  return {
    push(chunk) {
      let start = 0;
      for (;;) {
        const end = chunk.indexOf(NEWLINE, start);
        if (end === -1) break;
        emit(line.finish(chunk.subarray(start, end)), options);
        start = end + 1;
      }
      line.add(chunk.subarray(start));
    },
  };
}

/**
 * Cuts the body of a LIST, given in any pieces, into the elements of its `items`, without ever holding more than one of them:
 * memory does not depend on the size of the page. The list's metadata may come before or after the items.
 */
export function createListSplitter(options: SplitterOptions): {
  readonly push: (chunk: Buffer) => void;
  /** To be called at the end of the body; throws `MalformedJsonError` if that came too early. */
  readonly finish: () => ListMetadata;
} {
  const scan = createListScan(options);
  return {
    push: (chunk) => scan.push(chunk),
    finish() {
      if (!scan.isComplete()) throw new MalformedJsonError('the list ended early');
      const metadata = rawObject(scan.metadata());
      return {
        resourceVersion: metadata.text('resourceVersion') ?? '',
        continueToken: metadata.text('continue') ?? '',
      };
    },
  };
}

/** Follows the structure of a list: keeps keys of the top level, its metadata and the items, and lets the rest pass. */
function createListScan(options: SplitterOptions): {
  readonly push: (chunk: Buffer) => void;
  readonly isComplete: () => boolean;
  readonly metadata: () => Buffer;
} {
  const part = createParts(options.maxBytes);
  let chunk: Buffer = EMPTY;
  /** Where in this chunk the part begins that is being kept; -1: nothing is kept. */
  let keptFrom = -1;
  let key: unknown = '';
  let metadata: Buffer = Buffer.from('{}');
  let isComplete = false;

  function keepFrom(at: number): void {
    part.clear();
    keptFrom = at;
  }
  function finishPart(at: number): Buffer | undefined {
    const bytes = keptFrom === -1 ? EMPTY : part.finish(chunk.subarray(keptFrom, at));
    keptFrom = -1;
    return bytes;
  }
  function endValue(at: number, depth: number): void {
    if (depth === 2) emit(finishPart(at), options);
    else if (key === 'metadata') metadata = Buffer.from(finishPart(at) ?? metadata);
    if (depth === 1) key = '';
  }
  function endKey(at: number): void {
    key = parseJson(finishPart(at) ?? EMPTY);
    if (key === 'metadata') keepFrom(at + 1);
  }
  const scan = createOuterScan((at, byte, depth) => {
    if (depth === 2 && key !== 'items') return;
    switch (byte) {
      case OPEN_BRACE:
      case OPEN_BRACKET:
        if (depth === 1 && byte !== OPEN_BRACE) throw new MalformedJsonError('a list is an object');
        keepFrom(at + 1);
        break;
      case COLON:
        if (depth === 1) endKey(at);
        break;
      default:
        endValue(at, depth);
        if (byte === COMMA) keepFrom(at + 1);
        else isComplete ||= depth === 1;
    }
  });
  return {
    push(next) {
      chunk = next;
      if (keptFrom !== -1) keptFrom = 0;
      scan(next);
      if (keptFrom !== -1) part.add(next.subarray(keptFrom));
    },
    isComplete: () => isComplete,
    metadata: () => metadata,
  };
}

type Visit = (at: number, byte: number, depth: number) => void;

/**
 * Visits the brackets, commas and colons of the two outermost levels of JSON that comes in pieces.
 * The depth of a bracket is that of the level which it opens or closes.
 */
function createOuterScan(visit: Visit): (chunk: Buffer) => void {
  let depth = 0;
  let inString = false;
  let isEscaped = false;

  /** The position of the first byte from `at` on that is not of the string, or the end of the chunk. */
  function skipInString(chunk: Buffer, at: number): number {
    for (let next = at; next < chunk.length; next++) {
      const byte = chunk[next];
      if (isEscaped) isEscaped = false;
      else if (byte === BACKSLASH) isEscaped = true;
      else if (byte === QUOTE) {
        inString = false;
        return next + 1;
      }
    }
    return chunk.length;
  }
  function visitStructure(at: number, byte: number): void {
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    if (depth <= 2) visit(at, byte, depth);
    if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
  }
  return (chunk) => {
    let at = inString ? skipInString(chunk, 0) : 0;
    while (at < chunk.length) {
      const byte = chunk[at] ?? 0;
      if (byte === QUOTE) {
        inString = true;
        at = skipInString(chunk, at + 1);
        continue;
      }
      if (IS_STRUCTURE[byte] === 1) visitStructure(at, byte);
      at++;
    }
  };
}

const IS_STRUCTURE = new Uint8Array(256);
for (const byte of [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET, COMMA, COLON]) IS_STRUCTURE[byte] = 1;

const EMPTY = Buffer.alloc(0);

/** Hands on one object without the white space around it; undefined stands for one that was too large. */
function emit(bytes: Buffer | undefined, { onItem, onTooLarge }: SplitterOptions): void {
  if (bytes === undefined) {
    onTooLarge();
    return;
  }
  let start = 0;
  let end = bytes.length;
  while (start < end && isSpace(bytes[start])) start++;
  while (end > start && isSpace(bytes[end - 1])) end--;
  if (start < end) onItem(bytes.subarray(start, end));
}

/** Collects what lies across chunks; pieces of an object that grows too large are let go. */
function createParts(maxBytes = MAX_OBJECT_BYTES): {
  readonly add: (piece: Buffer) => void;
  /** Everything since the last call up to this last piece, or undefined if it is too large. */
  readonly finish: (last: Buffer) => Buffer | undefined;
  readonly clear: () => void;
} {
  let pieces: Buffer[] = [];
  let size = 0;
  function clear(): void {
    if (size > 0) pieces = [];
    size = 0;
  }
  function add(piece: Buffer): void {
    size += piece.length;
    if (size > maxBytes) pieces = [];
    else if (piece.length > 0) pieces.push(piece);
  }
  return {
    add,
    clear,
    finish(last) {
      if (size === 0) return last.length > maxBytes ? undefined : last;
      add(last);
      const bytes = size > maxBytes ? undefined : Buffer.concat(pieces);
      clear();
      return bytes;
    },
  };
}
