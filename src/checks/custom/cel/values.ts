/** What an expression computes with: what JSON holds, with whole numbers as CEL's `int`, and objects as maps. */
export type CelValue = null | boolean | bigint | number | string | readonly CelValue[] | ReadonlyMap<string, CelValue>;

export type CelMap = ReadonlyMap<string, CelValue>;

/** More digits than a JavaScript number holds for certain. */
const LONG_NUMBER = /\d{16}/;
const WHOLE_NUMBER = /^-?\d+$/;
const MAX_INT = 2n ** 63n - 1n;

/** What V8 tells a reviver beyond the standard library's types (ECMAScript, "JSON.parse source text access"). */
type ExactReviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** As in Kubernetes, a whole number is a 64-bit int if it fits, and a double otherwise. */
const exact: ExactReviver = (_key, value, { source }) => {
  if (typeof value !== 'number' || source === undefined || !WHOLE_NUMBER.test(source)) return value;
  const whole = BigInt(source);
  return whole <= MAX_INT && whole >= -MAX_INT - 1n ? whole : value;
};

function convert(value: unknown): CelValue {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(convert);
  if (value === null || typeof value !== 'object') return value as CelValue;
  return new Map(Object.entries(value).map(([key, inner]) => [key, convert(inner)]));
}

/**
 * The value of a JSON text. Maps, and not objects, so that no key (`__proto__`, `constructor`) means more than its text.
 * Throws a SyntaxError for what is no JSON, and a RangeError for what nests too deeply.
 */
export function celValue(json: string): CelValue {
  return convert(
    LONG_NUMBER.test(json) ? JSON.parse(json, exact as Parameters<typeof JSON.parse>[1]) : JSON.parse(json),
  );
}

export function isMap(value: CelValue | undefined): value is CelMap {
  return value instanceof Map;
}

/** The string at a key of an object; empty if there is none. */
export function stringAt(map: CelMap, key: string): string {
  const value = map.get(key);
  return typeof value === 'string' ? value : '';
}
