import { MalformedField } from '../json-shape.ts';

/** Stands for a fact that rests on a field of a wrong type, such as only a file can hold: nothing may be said of it. */
export interface Unreadable {
  /** Which field, and what it is not. */
  readonly malformed: string;
}

/** A fact, or why it cannot be told. */
export function orUnreadable<T>(read: () => T): T | Unreadable {
  try {
    return read();
  } catch (error) {
    if (error instanceof MalformedField) return { malformed: error.message };
    throw error;
  }
}

export const isUnreadable = (fact: object | boolean): fact is Unreadable =>
  typeof fact === 'object' && 'malformed' in fact;
