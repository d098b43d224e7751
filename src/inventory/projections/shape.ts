/** What an object holds instead of what its kind must hold there; no API server stores such an object, but a file may. */
function wrongType(path: string, expected: string): TypeError {
  return new TypeError(`${path} is not ${expected}`);
}

/** The object, or an empty one if there is none. Throws for anything else, as all of these do. */
export function objectAt(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw wrongType(path, 'an object');
  return value as Readonly<Record<string, unknown>>;
}

/** The items of a list with the path of each; none if there is no list. */
export function itemsAt(value: unknown, path: string): readonly (readonly [item: unknown, path: string])[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw wrongType(path, 'a list');
  return value.map((item: unknown, index) => [item, `${path}[${index}]`] as const);
}

/** A string that must be there. */
export function textAt(value: unknown, path: string): string {
  if (typeof value !== 'string') throw wrongType(path, 'a string');
  return value;
}

/** The strings of a list; none if there is no list. */
export function textsAt(value: unknown, path: string): readonly string[] {
  return itemsAt(value, path).map(([item, itemPath]) => textAt(item, itemPath));
}

/** A map of strings; empty if there is none. */
export function textMapAt(value: unknown, path: string): Readonly<Record<string, string>> {
  const entries = Object.entries(objectAt(value, path));
  return Object.fromEntries(entries.map(([key, item]) => [key, textAt(item, `${path}.${key}`)]));
}

/** One of these words, that must be there. */
export function wordAt<W extends string>(value: unknown, path: string, words: readonly W[]): W {
  const word = words.find((each) => each === value);
  if (word === undefined) throw wrongType(path, `one of ${words.join(', ')}`);
  return word;
}
