/** Readers of parsed JSON. An unset field (null is unset) is empty; a wrong type throws, so that it is never taken for empty. */

/** An object holds what the API server would not accept there; it is named and left out, not judged. */
export class MalformedObjectError extends TypeError {
  readonly code = 'Malformed';

  constructor(path: string, expected: string) {
    super(`${path} is not ${expected}`);
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads one value; `path` is for the message only. */
type Reader<T> = (value: unknown, path: string) => T;

const isUnset = (value: unknown): value is null | undefined => value === undefined || value === null;

export function objectOf(value: unknown, path: string): JsonObject {
  if (isUnset(value)) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new MalformedObjectError(path, 'an object');
  return value as JsonObject;
}

export function textOf(value: unknown, path: string): string | undefined {
  if (isUnset(value)) return undefined;
  if (typeof value !== 'string') throw new MalformedObjectError(path, 'a string');
  return value;
}

/** The items of a list, each read in the same way. */
export function listOf<T>(value: unknown, path: string, read: Reader<T>): readonly T[] {
  if (isUnset(value)) return [];
  if (!Array.isArray(value)) throw new MalformedObjectError(path, 'a list');
  return value.map((item: unknown) => read(item, `${path}[]`));
}

export const textsOf: Reader<readonly string[]> = (value, path) =>
  listOf(value, path, (item, itemPath) => textOf(item, itemPath) ?? '');

/** A map of strings, such as labels and annotations. */
export function stringMapOf(value: unknown, path: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectOf(value, path)).map(([name, each]) => [name, textOf(each, `${path}.${name}`) ?? '']),
  );
}
