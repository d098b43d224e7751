/** Bytes that should be JSON are not. */
export class MalformedJsonError extends Error {
  override readonly name = 'MalformedJsonError';
  readonly code = 'MalformedJson';
}

export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const COLON = 0x3a;
export const BACKSLASH = 0x5c;
export const OPEN_BRACKET = 0x5b;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/**
 * Where the fields of one object are: four positions each (key start, key end, both inside the quotes; value start, value end).
 * Reused from object to object, so that reading one allocates nothing.
 */
export interface FieldTable {
  readonly positions: number[];
  /** How many there are, or `NOT_INDEXED`. */
  fields: number;
}

export const NOT_INDEXED = -1;

export function createFieldTable(): FieldTable {
  return { positions: [], fields: NOT_INDEXED };
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** The position of the first byte from `at` on that is not white space. */
export function skipSpace(bytes: Buffer, at: number): number {
  let next = at;
  while (isSpace(bytes[next])) next++;
  return next;
}

/** The position after the string whose opening quote is at `at`. */
function skipString(bytes: Buffer, at: number): number {
  const end = bytes.length;
  for (let next = at + 1; next < end; next++) {
    const byte = bytes[next];
    if (byte === QUOTE) return next + 1;
    if (byte === BACKSLASH) next++;
  }
  throw new MalformedJsonError('a string without an end');
}

/** The position after the value that begins at `at`. It finds the end only; whether the value is well-formed shows in parsing it. */
function skipValue(bytes: Buffer, at: number): number {
  const first = bytes[at];
  if (first === QUOTE) return skipString(bytes, at);
  if (first === OPEN_BRACE || first === OPEN_BRACKET) return skipNested(bytes, at);
  return skipLiteral(bytes, at);
}

function skipNested(bytes: Buffer, at: number): number {
  const end = bytes.length;
  let depth = 0;
  let next = at;
  while (next < end) {
    const byte = bytes[next];
    if (byte === QUOTE) {
      next = skipString(bytes, next);
      continue;
    }
    next++;
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
    else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) return next;
  }
  throw new MalformedJsonError('an object or array without an end');
}

function skipLiteral(bytes: Buffer, at: number): number {
  let next = at;
  for (; next < bytes.length; next++) {
    const byte = bytes[next];
    if (byte === COMMA || byte === CLOSE_BRACE || byte === CLOSE_BRACKET || isSpace(byte)) break;
  }
  if (next === at) throw new MalformedJsonError('a value is missing');
  return next;
}

/** Fills the table with the fields of the object whose brace is at `at`, and answers the position after the object. */
export function indexFields(bytes: Buffer, at: number, table: FieldTable): number {
  table.fields = NOT_INDEXED;
  let fields = 0;
  let next = skipSpace(bytes, at + 1);
  while (bytes[next] !== CLOSE_BRACE || fields > 0) {
    if (bytes[next] !== QUOTE) throw new MalformedJsonError('a key is missing');
    const keyEnd = skipString(bytes, next);
    const colon = skipSpace(bytes, keyEnd);
    if (bytes[colon] !== COLON) throw new MalformedJsonError('a colon is missing');
    const valueStart = skipSpace(bytes, colon + 1);
    const valueEnd = skipValue(bytes, valueStart);
    const base = fields++ * 4;
    table.positions[base] = next + 1;
    table.positions[base + 1] = keyEnd - 1;
    table.positions[base + 2] = valueStart;
    table.positions[base + 3] = valueEnd;
    next = skipSpace(bytes, valueEnd);
    if (bytes[next] === CLOSE_BRACE) break;
    if (bytes[next] !== COMMA) throw new MalformedJsonError('a comma is missing');
    next = skipSpace(bytes, next + 1);
  }
  table.fields = fields;
  return next + 1;
}

/** The number of the last field with that key, or -1: where a key is repeated the last one holds, as in JSON.parse. */
export function findField(bytes: Buffer, { positions, fields }: FieldTable, key: string): number {
  for (let field = fields - 1; field >= 0; field--) {
    if (keyEquals(bytes, positions[field * 4] ?? 0, positions[field * 4 + 1] ?? 0, key)) return field;
  }
  return -1;
}

/** Where the value of a field begins. */
export function valueStartOf({ positions }: FieldTable, field: number): number {
  return positions[field * 4 + 2] ?? 0;
}

/** Where the value of a field has ended. */
export function valueEndOf({ positions }: FieldTable, field: number): number {
  return positions[field * 4 + 3] ?? 0;
}

function keyEquals(bytes: Buffer, start: number, end: number, key: string): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === BACKSLASH || byte > 0x7e) return decodedKeyEquals(bytes, start, end, key);
    if (byte !== key.charCodeAt(at - start)) return false;
  }
  return end - start === key.length;
}

function decodedKeyEquals(bytes: Buffer, start: number, end: number, key: string): boolean {
  return parseJson(bytes.subarray(start - 1, end + 1)) === key;
}

/** JSON.parse over bytes, failing as everything here does. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch (cause) {
    throw new MalformedJsonError('bytes that are not JSON', { cause });
  }
}
