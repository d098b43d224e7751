/**
 * Takes a value of a document apart. Throws `DocumentError`. What it says never quotes the document: a secret may stand in
 * the wrong place.
 */
export type Reader<T> = (value: unknown, path: string) => T;

/** A document that cannot be taken: each problem says where it is and what is wrong. */
export class DocumentError extends Error {
  readonly code = 'Malformed';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}

/** A problem at one place; the empty path is the whole document. */
export function problemAt(path: string, what: string): DocumentError {
  return new DocumentError([path === '' ? `the document ${what}` : `${path} ${what}`]);
}

/** Runs all, and throws the problems of all at once: who mends a file wants to know them all. */
export function allOf<T extends readonly unknown[]>(works: { readonly [Index in keyof T]: () => T[Index] }): T {
  const problems: string[] = [];
  const results: unknown[] = [];
  for (const work of works) {
    try {
      results.push(work());
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new DocumentError(problems);
  return results as readonly unknown[] as T;
}

export interface Field<T> {
  readonly read: Reader<T>;
  /** What the field is where it is left out; throws if it must not be. */
  readonly absent: (path: string) => T;
}

export function required<T>(read: Reader<T>): Field<T> {
  return {
    read,
    absent: (path) => {
      throw problemAt(path, 'is missing');
    },
  };
}

export function withDefault<T>(read: Reader<T>, fallback: T): Field<T> {
  return { read, absent: () => fallback };
}

export function optional<T>(read: Reader<T>): Field<T | undefined> {
  return { read, absent: () => undefined };
}

/** An object of these fields and no others. */
export function objectOf<T extends object>(fields: { readonly [Key in keyof T]: Field<T[Key]> }): Reader<T> {
  return (value, path) => {
    if (!isObject(value)) throw problemAt(path, 'must be an object');
    const at = (key: string): string => (path === '' ? key : `${path}.${key}`);
    const known = Object.keys(fields);
    const unknown = Object.keys(value).filter((key) => !known.includes(key));
    const entries = allOf<readonly (readonly [string, unknown])[]>([
      ...unknown.map((key) => () => {
        throw problemAt(at(printable(key)), `is unknown here; there are ${known.join(', ')}`);
      }),
      ...Object.entries<Field<unknown>>(fields).map(([key, { read, absent }]) => () => {
        const given = Object.hasOwn(value, key);
        return [key, given ? read(value[key], at(key)) : absent(at(key))] as const;
      }),
    ]);
    return Object.fromEntries(entries) as T;
  };
}

/** What no field is called cannot be a field that we would show: it may be a secret that lost its colon. */
function printable(key: string): string {
  return /^[A-Za-z][A-Za-z-]{0,40}$/.test(key) ? key : '<a key>';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf<T>(read: Reader<T>): Reader<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw problemAt(path, 'must be a list');
    return allOf(value.map((item: unknown, index) => () => read(item, `${path}[${index}]`)));
  };
}

/** Text of some length, in one line. */
export const text: Reader<string> = (value, path) => {
  if (typeof value !== 'string') throw problemAt(path, 'must be a text');
  if (value.trim() === '') throw problemAt(path, 'is empty');
  if (/\p{Cc}/u.test(value)) throw problemAt(path, 'must be one line');
  return value;
};

export function matching(pattern: RegExp, what: string): Reader<string> {
  return (value, path) => {
    const given = text(value, path);
    if (!pattern.test(given)) throw problemAt(path, `must be ${what}`);
    return given;
  };
}

export function oneOf<const Word extends string>(words: readonly Word[]): Reader<Word> {
  return (value, path) => {
    const word = words.find((each) => each === value);
    if (word === undefined) throw problemAt(path, `must be one of ${words.join(', ')}`);
    return word;
  };
}

export const trueOrFalse: Reader<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw problemAt(path, 'must be true or false');
  return value;
};

export function wholeNumber(min: number, max: number): Reader<number> {
  return (value, path) => {
    if (!Number.isSafeInteger(value) || Number(value) < min || Number(value) > max) {
      throw problemAt(path, `must be a whole number from ${min} to ${max}`);
    }
    return Number(value);
  };
}

/** Where requests can be sent to, without credentials in it. */
export const httpUrl: Reader<string> = (value, path) => {
  const given = text(value, path);
  const url = URL.parse(given.trim());
  if (url === null || !/^https?:$/.test(url.protocol)) throw problemAt(path, 'must be an http or https URL');
  if (url.username !== '' || url.password !== '') {
    throw problemAt(path, 'must not hold a user or a password; give them as a header');
  }
  return url.href;
};
