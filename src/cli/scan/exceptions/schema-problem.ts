import type { ObjectSchema } from '../../../crds/index.ts';
import { nearest } from '../../nearest.ts';
import { isObject, type Json, type ShapeProblem } from '../shape.ts';

type Looks = (value: unknown, schema: ObjectSchema, path: string) => ShapeProblem | undefined;

const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null;
const below = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);
/** As an answer to a reader: long texts would only hide what is wrong with them. */
const quoted = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
/** As the API server counts. */
const codePoints = (text: string): number => Array.from(text).length;

function firstProblem(problems: Iterable<ShapeProblem | undefined>): ShapeProblem | undefined {
  for (const problem of problems) if (problem !== undefined) return problem;
  return undefined;
}

const textProblem: Looks = (value, { enum: words, pattern, minLength = 0, maxLength = Infinity }, path) => {
  if (typeof value !== 'string') return { path, what: 'is not a string' };
  const length = codePoints(value);
  if (words?.includes(value) === false) return { path, what: `is ${quoted(value)}, not one of ${words.join(', ')}` };
  if (length < minLength) return { path, what: `has ${length} characters; it needs at least ${minLength}` };
  if (length > maxLength) return { path, what: `has ${length} characters; it may have ${maxLength}` };
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value))
    return { path, what: `is ${quoted(value)}, which does not match ${pattern}` };
  return undefined;
};

const listProblem: Looks = (value, { items, isSet, minItems = 0, maxItems = Infinity }, path) => {
  if (!Array.isArray(value)) return { path, what: 'is not a list' };
  if (value.length < minItems) return { path, what: `has ${value.length} items; it needs at least ${minItems}` };
  if (value.length > maxItems) return { path, what: `has ${value.length} items; it may have ${maxItems}` };
  const twice = isSet === true ? value.findIndex((item, index) => value.indexOf(item) < index) : -1;
  if (twice >= 0) return { path: `${path}[${twice}]`, what: 'is in the list already' };
  return firstProblem(value.map((item: unknown, index) => items && valueProblem(item, items, `${path}[${index}]`)));
};

function unknownField(
  value: Json,
  fields: Readonly<Record<string, ObjectSchema>>,
  path: string,
): ShapeProblem | undefined {
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(fields, name));
  if (unknown === undefined) return undefined;
  const similar = nearest(unknown, Object.keys(fields));
  const advice = similar === undefined ? `there are ${Object.keys(fields).join(', ')}` : `did you mean ${similar}?`;
  return { path: below(path, unknown), what: `is an unknown field; ${advice}` };
}

const objectProblem: Looks = (value, schema, path) => {
  if (!isObject(value)) return { path, what: 'is not an object' };
  const { properties, additionalProperties, required = [], minProperties = 0, maxProperties = Infinity } = schema;
  const unknown = properties && unknownField(value, properties, path);
  if (unknown !== undefined) return unknown;
  const missing = required.find((name) => isAbsent(value[name]));
  if (missing !== undefined) return { path: below(path, missing), what: 'is missing' };
  const given = Object.entries(value).filter(([, each]) => !isAbsent(each));
  if (given.length < minProperties) return { path, what: 'is empty: fill it, or leave it out' };
  if (given.length > maxProperties) return { path, what: `has ${given.length} fields; it may have ${maxProperties}` };
  return firstProblem(
    given.map(([name, each]) => {
      const of = properties?.[name] ?? additionalProperties;
      return of && valueProblem(each, of, below(path, name));
    }),
  );
};

const integerProblem: Looks = (value, _, path) =>
  Number.isInteger(value) ? undefined : { path, what: 'is not a whole number' };

const BY_TYPE: Readonly<Record<ObjectSchema['type'], Looks>> = {
  object: objectProblem,
  array: listProblem,
  string: textProblem,
  integer: integerProblem,
};

const valueProblem: Looks = (value, schema, path) =>
  isAbsent(value) ? { path, what: 'is missing' } : BY_TYPE[schema.type](value, schema, path);

/**
 * What the API server would refuse of a value, and where, as far as its schema says so; the first thing only. An unknown field is
 * refused as kubectl does it, since what is misspelt would have no effect. The format of a text is left to whoever reads it.
 */
export const schemaProblem: Looks = valueProblem;
