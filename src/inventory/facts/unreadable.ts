/** Stands for a fact that rests on a field of a wrong type, such as only a file can hold: nothing may be said of it. */
export interface Unreadable {
  /** Which field, and what it is not. */
  readonly malformed: string;
}

class WrongType extends Error {
  readonly code = 'WrongType';

  constructor(path: string, expected: string) {
    super(`${path} is not ${expected}`);
  }
}

/** A fact, or why it cannot be told. */
export function orUnreadable<T>(read: () => T): T | Unreadable {
  try {
    return read();
  } catch (error) {
    if (error instanceof WrongType) return { malformed: error.message };
    throw error;
  }
}

export const isUnreadable = (fact: object | boolean): fact is Unreadable =>
  typeof fact === 'object' && 'malformed' in fact;

type Fields = Readonly<Record<string, unknown>>;

/** The readers take null for unset, as the API server does. */
export function fieldsOf(value: unknown, path: string): Fields {
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) throw new WrongType(path, 'an object');
  return value as Fields;
}

export function listOf(value: unknown, path: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new WrongType(path, 'a list');
  return value;
}

export function textOf(value: unknown, path: string): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') throw new WrongType(path, 'a string');
  return value;
}
