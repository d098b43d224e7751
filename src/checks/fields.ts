import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import type { PodView } from '../inventory/facts/pod-view.ts';
import { MalformedField } from '../inventory/json-shape.ts';
import { namesIn } from '../kube/dotted-path.ts';
import { finding } from './check.ts';
import type { Outcome, Undecided, Violation } from './check.ts';

/** A pod spec, a container, or an item of a list in one of these, with where it stands. */
export interface Place<T extends object> {
  /** From the top of the Pod: `spec.containers[app]`. */
  readonly path: string;
  /** Undefined for the pod itself. */
  readonly container: string | undefined;
  readonly spec: T;
}

/** What may carry a security option that containers inherit from their pod. */
export type Setter = V1PodSpec | V1Container;

/** Dotted paths of fields in `T`, as far as lists: `securityContext.capabilities.add` of a container. */
export type FieldPath<T> = {
  [K in keyof T & string]: NonNullable<T[K]> extends readonly unknown[] | string | number | boolean
    ? K
    : K | `${K}.${FieldPath<NonNullable<T[K]>>}`;
}[keyof T & string];

/** An answer, or undecided if a field that it rests on has a wrong type. */
export function unlessMalformed<O extends Outcome>(answer: () => O): O | Undecided {
  try {
    return answer();
  } catch (error) {
    if (error instanceof MalformedField) return { reason: 'Malformed', message: error.message };
    throw error;
  }
}

export const podOf = ({ spec }: PodView): Place<V1PodSpec> => ({
  path: 'spec',
  container: undefined,
  spec,
});

export const containersOf = ({ containers }: PodView): readonly Place<V1Container>[] =>
  containers.map(({ name, path, spec }) => ({ path, container: name, spec }));

/** The pod and its containers: what sets an option anywhere is judged there, whether or not another overrides it. */
export const settersOf = (pod: PodView): readonly Place<Setter>[] => [podOf(pod), ...containersOf(pod)];

/** A violation at a field of a place; `key` where the field can be violated more than once. */
export function violationAt(place: Place<object>, field: string, message: string, key?: string): Violation {
  return finding(`${place.path}.${field}`, message, {
    ...(place.container !== undefined && { container: place.container }),
    ...(key !== undefined && { key }),
  });
}

/** The readers give undefined for an unset field (null is unset), and throw `MalformedField` for a wrong type. */
export const booleanAt = <T extends object>(place: Place<T>, field: FieldPath<T>): boolean | undefined =>
  read(place, field, isBoolean, 'a boolean');

export const numberAt = <T extends object>(place: Place<T>, field: FieldPath<T>): number | undefined =>
  read(place, field, isNumber, 'a number');

export const stringAt = <T extends object>(place: Place<T>, field: FieldPath<T>): string | undefined =>
  read(place, field, isString, 'a string');

export const objectAt = <T extends object>(place: Place<T>, field: FieldPath<T>): object | undefined =>
  read(place, field, isObject, 'an object');

/** The strings of a list; none if it is unset. */
export const stringsAt = <T extends object>(place: Place<T>, field: FieldPath<T>): readonly string[] =>
  read(place, field, isListOfStrings, 'a list of strings') ?? [];

/** The numbers of a list; none if it is unset. */
export const numbersAt = <T extends object>(place: Place<T>, field: FieldPath<T>): readonly number[] =>
  read(place, field, isListOfNumbers, 'a list of numbers') ?? [];

/** The objects of a list, each as a place of its own that is called by `keyOf`, never by its index. */
export function itemsAt<T extends object, E extends object>(
  place: Place<T>,
  field: FieldPath<T>,
  keyOf: (item: Place<E>) => string,
): readonly (Place<E> & { readonly key: string })[] {
  // That an object is an `E` is taken on trust: its own fields are read with the same care.
  const items = (read(place, field, isListOfObjects, 'a list of objects') ?? []) as readonly E[];
  const { container } = place;
  return items.map((spec) => {
    const key = keyOf({ path: `${place.path}.${field}[]`, container, spec });
    return { path: `${place.path}.${field}[${key}]`, container, spec, key };
  });
}

type Guard<V> = (value: unknown) => value is V;

const isBoolean: Guard<boolean> = (value) => typeof value === 'boolean';
const isNumber: Guard<number> = (value) => typeof value === 'number';
const isString: Guard<string> = (value) => typeof value === 'string';

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf<V>(isItem: Guard<V>): Guard<readonly V[]> {
  return (value) => Array.isArray(value) && value.every(isItem);
}

const isListOfStrings = isListOf(isString);
const isListOfNumbers = isListOf(isNumber);
const isListOfObjects = isListOf(isObject);

function read<V>(place: Place<object>, field: string, isExpected: Guard<V>, expected: string): V | undefined {
  let value: unknown = place.spec;
  const names = namesIn(field);
  for (const [depth, name] of names.entries()) {
    if (!isObject(value)) throw new MalformedField([place.path, ...names.slice(0, depth)].join('.'), 'an object');
    value = own(value, name);
    if (value === undefined || value === null) return undefined;
  }
  if (!isExpected(value)) throw new MalformedField(`${place.path}.${field}`, expected);
  return value;
}

function own(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? Reflect.get(object, name) : undefined;
}
