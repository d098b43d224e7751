import { namesIn } from './dotted-path.ts';
import {
  BACKSLASH,
  createFieldTable,
  findField,
  indexFields,
  isSpace,
  MalformedJsonError,
  NOT_INDEXED,
  OPEN_BRACE,
  parseJson,
  QUOTE,
  skipSpace,
  valueEndOf,
  valueStartOf,
} from './json-scan.ts';
import type { FieldTable } from './json-scan.ts';

/**
 * An object as the bytes in which it came. A path is field names joined by dots (`metadata.labels`, `spec`), '' the whole.
 * Keys that contain a dot and elements of arrays have no path: take the map or the array and parse it.
 *
 * It and every slice of it are valid only during the hand-over: afterwards the same instance shows the next object.
 * All methods throw `MalformedJsonError` on bytes that are not JSON, and nothing else.
 */
export interface RawObject {
  readonly bytes: Buffer;
  /** The bytes of the value, without white space around it; undefined if there is no such field. */
  slice(path: string): Buffer | undefined;
  /** The decoded value; undefined if there is no such field. */
  parse(path: string): unknown;
  /** The value if it is a string, otherwise undefined. */
  text(path: string): string | undefined;
}

/** Shows one object after the other through one reused `RawObject`. */
export interface RawObjectReader {
  readonly object: RawObject;
  /** Aims at the object in these bytes, which nothing but white space may surround. Malformed bytes show when they are read. */
  read(bytes: Buffer): RawObject;
  /** Aims at the object that begins at this brace among other bytes, and answers the position after it. */
  readAt(bytes: Buffer, start: number): number;
}

/** One reader serves one stream: it allocates nothing per object, as it shows all of them through the same instance. */
export function createRawObjectReader(): RawObjectReader {
  const cursor = createCursor();
  const found = (): Buffer => cursor.bytes.subarray(cursor.start, cursor.end);
  const object: RawObject = {
    get bytes() {
      cursor.find('');
      return found();
    },
    slice: (path) => (cursor.find(path) ? found() : undefined),
    parse: (path) => (cursor.find(path) ? parseJson(found()) : undefined),
    text: (path) => (cursor.find(path) ? readText(cursor) : undefined),
  };
  return {
    object,
    read(bytes) {
      let end = bytes.length;
      while (isSpace(bytes[end - 1])) end--;
      cursor.aim(bytes, skipSpace(bytes, 0), end);
      return object;
    },
    readAt: (bytes, start) => cursor.aimAt(bytes, start),
  };
}

/** Where in an object a value is. */
interface Cursor {
  readonly bytes: Buffer;
  /** The range of the value last found. */
  readonly start: number;
  readonly end: number;
  aim(bytes: Buffer, start: number, end: number): void;
  aimAt(bytes: Buffer, start: number): number;
  find(path: string): boolean;
}

/**
 * A cursor remembers where the fields of the object at hand and of its metadata are, because that is what is asked for
 * over and over; anything deeper is searched for each time.
 */
function createCursor(): Cursor {
  const top = createFieldTable();
  const metadata = createFieldTable();
  const deeper = createFieldTable();
  let objectStart = 0;
  let objectEnd = 0;

  function index(table: FieldTable): void {
    const after = indexFields(cursor.bytes, cursor.start, table);
    if (table !== top || after === objectEnd) return;
    table.fields = NOT_INDEXED;
    throw new MalformedJsonError('bytes after the end of the object');
  }

  /** Steps from the value last found into its field of that name. */
  function enter(name: string, table: FieldTable): boolean {
    if (cursor.bytes[cursor.start] !== OPEN_BRACE) return false;
    if (table === deeper || table.fields === NOT_INDEXED) index(table);
    const field = findField(cursor.bytes, table, name);
    if (field === -1) return false;
    cursor.start = valueStartOf(table, field);
    cursor.end = valueEndOf(table, field);
    return true;
  }

  const cursor = {
    bytes: Buffer.alloc(0) as Buffer,
    start: 0,
    end: 0,
    aim(bytes: Buffer, start: number, end: number) {
      cursor.bytes = bytes;
      objectStart = start;
      objectEnd = end;
      top.fields = NOT_INDEXED;
      metadata.fields = NOT_INDEXED;
    },
    aimAt(bytes: Buffer, start: number) {
      const end = indexFields(bytes, start, top);
      const { fields } = top;
      cursor.aim(bytes, start, end);
      top.fields = fields;
      return end;
    },
    find(path: string) {
      cursor.start = objectStart;
      cursor.end = objectEnd;
      if (path === '') return true;
      const [first = '', ...others] = namesIn(path);
      if (!enter(first, top)) return false;
      let table = first === 'metadata' ? metadata : deeper;
      for (const name of others) {
        if (!enter(name, table)) return false;
        table = deeper;
      }
      return true;
    },
  };
  return cursor;
}

/** One object that stays; for more than a handful use a reader. */
export function rawObject(bytes: Buffer): RawObject {
  return createRawObjectReader().read(bytes);
}

function readText({ bytes, start, end }: Cursor): string | undefined {
  if (bytes[start] !== QUOTE) return undefined;
  for (let at = start; at < end; at++) {
    if (bytes[at] !== BACKSLASH) continue;
    const value = parseJson(bytes.subarray(start, end));
    return typeof value === 'string' ? value : undefined;
  }
  return bytes.toString('utf8', start + 1, end - 1);
}
