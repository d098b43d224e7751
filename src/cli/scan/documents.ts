import { MalformedText, valuesOf, type Position } from './yaml/parse.ts';
import type { Chunk } from './yaml/split.ts';
import { isObject, type Json } from './shape.ts';

/** Where an object stands in its file. */
export interface Place {
  /** Number of the chunk. */
  readonly chunk: number;
  /** Number of the document in the chunk. */
  readonly document: number;
  /** Steps from the top of the document to the object: none, or those through a List. */
  readonly steps: readonly (string | number)[];
}

/** Something that stands in a file: an object of Kubernetes, or something that is none, or cannot be told to be one. */
export type Found =
  | {
      readonly sort: 'object';
      readonly apiVersion: string;
      readonly kind: string;
      readonly value: Json;
      readonly place: Place;
    }
  | { readonly sort: 'other' }
  | { readonly sort: 'malformed'; readonly message: string; readonly where: Position | Place };

/** What stands in one chunk of a file, in its order. */
export function* foundIn(chunk: Chunk, number: number): Iterable<Found> {
  try {
    for (const [document, value] of valuesOf(chunk).entries()) {
      if (value !== null && value !== undefined) yield* foundAt(value, { chunk: number, document, steps: [] });
    }
  } catch (error) {
    if (!(error instanceof MalformedText)) throw error;
    yield { sort: 'malformed', message: error.message, where: error.position };
  }
}

/** What a List says of its items, which need not say it themselves. */
type Inherited = Readonly<Record<'apiVersion' | 'kind', string | undefined>>;
const NOTHING: Inherited = { apiVersion: undefined, kind: undefined };

function* foundAt(value: unknown, place: Place, inherited = NOTHING): Iterable<Found> {
  if (!isObject(value)) {
    const isOfObjects =
      Array.isArray(value) && value.some((each) => isObject(each) && 'apiVersion' in each && 'kind' in each);
    if (!isOfObjects) yield { sort: 'other' };
    else
      yield {
        sort: 'malformed',
        message: 'a list of objects must be the items of an object of kind List',
        where: place,
      };
    return;
  }
  const { apiVersion = inherited.apiVersion, kind = inherited.kind } = value;
  if (isList(kind, value)) yield* itemsOf(value, kind, apiVersion, place);
  else if (isName(apiVersion) && isName(kind)) yield { sort: 'object', apiVersion, kind, value, place };
  else yield incomplete(value, apiVersion, kind, place);
}

const isName = (value: unknown): value is string => typeof value === 'string' && value !== '';

function isList(kind: unknown, value: Json): kind is string {
  return kind === 'List' || (isName(kind) && kind.endsWith('List') && 'items' in value);
}

function* itemsOf(value: Json, kind: string, apiVersion: unknown, place: Place): Iterable<Found> {
  const { items } = value;
  if (items === undefined || items === null) return;
  if (!Array.isArray(items)) {
    yield { sort: 'malformed', message: 'items is not a list', where: place };
    return;
  }
  const inherited: Inherited =
    kind === 'List' || !isName(apiVersion) ? NOTHING : { apiVersion, kind: kind.slice(0, -'List'.length) };
  for (const [index, item] of items.entries() as Iterable<[number, unknown]>) {
    const at = { ...place, steps: [...place.steps, 'items', index] };
    if (isObject(item)) yield* foundAt(item, at, inherited);
    else yield { sort: 'malformed', message: `items[${index}] is not an object`, where: at };
  }
}

/** Values of Helm, patches of Kustomize and the like are no objects; half an object is a mistake. */
function incomplete(value: Json, apiVersion: unknown, kind: unknown, place: Place): Found {
  const looksLikeOne = 'metadata' in value && ('spec' in value || kind !== undefined || apiVersion !== undefined);
  if (!looksLikeOne && !(kind !== undefined && 'spec' in value)) return { sort: 'other' };
  const [missing, given] = isName(kind) ? ['apiVersion', apiVersion] : ['kind', kind];
  return {
    sort: 'malformed',
    message: `${missing} is ${given === undefined || given === null ? 'missing' : 'not a name'}`,
    where: place,
  };
}
