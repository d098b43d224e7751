/**
 * Readers of parsed JSON, for objects that no API server may have looked at. A field that is unset (null is unset) is empty;
 * one of a wrong type throws, so that it is never taken for empty.
 */

/** A field holds what the API server would not accept there, so that nothing may be said of what rests on it. */
export class MalformedField extends TypeError {
  readonly code = 'Malformed';
  readonly path: string;

  constructor(path: string, expected: string) {
    super(`${path} is not ${expected}`);
    this.path = path;
  }
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** Reads one value; `path` is for the message only. */
type Reader<T> = (value: unknown, path: string) => T;

const isUnset = (value: unknown): value is null | undefined => value === undefined || value === null;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export function objectOf(value: unknown, path: string): JsonObject {
  if (isUnset(value)) return {};
  if (!isJsonObject(value)) throw new MalformedField(path, 'an object');
  return value;
}

/** A string that must be there. */
export function requiredTextOf(value: unknown, path: string): string {
  if (typeof value !== 'string') throw new MalformedField(path, 'a string');
  return value;
}

export function textOf(value: unknown, path: string): string | undefined {
  return isUnset(value) ? undefined : requiredTextOf(value, path);
}

/** One of these words, that must be there. */
export function wordOf<W extends string>(value: unknown, path: string, words: readonly W[]): W {
  const word = words.find((each) => each === value);
  if (word === undefined) throw new MalformedField(path, `one of ${words.join(', ')}`);
  return word;
}

/** The items of a list, each read in the same way. */
export function listOf<T>(value: unknown, path: string, read: Reader<T>): readonly T[] {
  if (isUnset(value)) return [];
  if (!Array.isArray(value)) throw new MalformedField(path, 'a list');
  return value.map((item: unknown, index) => read(item, `${path}[${index}]`));
}

export const textsOf: Reader<readonly string[]> = (value, path) =>
  listOf(value, path, (item, itemPath) => textOf(item, itemPath) ?? '');

/** A map of strings, such as labels and annotations. */
export function stringMapOf(value: unknown, path: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(objectOf(value, path)).map(([name, each]) => [name, textOf(each, `${path}.${name}`) ?? '']),
  );
}
