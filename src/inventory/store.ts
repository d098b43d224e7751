import { isDeepStrictEqual } from 'node:util';
import type { RawObject } from '../kube/raw-object.ts';
import type { ReflectorSink } from '../kube/reflector-api.ts';
import { UNMARKED, type SubjectMarks } from './facts/marks.ts';
import type { ObjectRef } from './facts/object-ref.ts';
import { MARKED_FIELDS, marksOf } from './projections/marks.ts';
import { digestOf } from './digest.ts';

/** How one kind of object is kept: what of it matters, and what becomes of it. */
export interface Projection<F> {
  readonly apiVersion: string;
  readonly kind: string;
  /** Fields whose bytes tell whether anything changed that is judged; all else may change unseen. */
  readonly relevant: readonly string[];
  /** Facts of an object. Throws on what is malformed; the reflector counts and names it, and goes on. */
  readonly project: (object: RawObject, ref: ObjectRef) => F;
  /** Lets go of what facts hold in shared pools. */
  readonly release?: (facts: F) => void;
  readonly equal: (a: F, b: F) => boolean;
  /** Whether exceptions may be about the object, so that its labels and annotations matter. Default: it is no subject. */
  readonly isSubject?: (facts: F) => boolean;
}

/** `before` is absent for a new object, `after` for one that is gone. */
export interface Change<F> {
  readonly namespace: string;
  readonly name: string;
  readonly before: F | undefined;
  readonly after: F | undefined;
}

/** All that is known of one kind, by namespace and name. */
export interface Store<F> extends ReflectorSink {
  readonly get: (namespace: string, name: string) => F | undefined;
  readonly marks: (namespace: string, name: string) => SubjectMarks | undefined;
  readonly values: () => Iterable<F>;
  readonly entries: () => Iterable<readonly [namespace: string, name: string, facts: F]>;
  readonly size: () => number;
}

interface Entry<F> {
  readonly uid: string;
  readonly digest: string;
  readonly facts: F;
  readonly marks: SubjectMarks;
  pass: number;
}

/** No name or namespace of Kubernetes holds a slash. */
const storeKey = (namespace: string, name: string): string => [namespace, name].join('/');

function splitKey(key: string): readonly [namespace: string, name: string] {
  const slash = key.indexOf('/');
  return [key.slice(0, slash), key.slice(slash + 1)];
}

function identify(object: RawObject): { namespace: string; name: string; uid: string } {
  const name = object.text('metadata.name');
  const uid = object.text('metadata.uid');
  if (name === undefined || uid === undefined) throw new TypeError('object without metadata.name or metadata.uid');
  return { namespace: object.text('metadata.namespace') ?? '', name, uid };
}

/**
 * Keeps the facts of one kind up to date from the bytes that a reflector hands over. An object whose relevant bytes are
 * known costs a digest and nothing else; `onChange` is called only when facts differ.
 */
export function createStore<F>(projection: Projection<F>, onChange: (change: Change<F>) => void): Store<F> {
  const { apiVersion, kind, isSubject = (): boolean => false } = projection;
  const relevant = [...projection.relevant, ...(projection.isSubject === undefined ? [] : MARKED_FIELDS)];
  const entries = new Map<string, Entry<F>>();
  let pass = 0;

  function drop(key: string, entry: Entry<F>, namespace: string, name: string): void {
    entries.delete(key);
    onChange({ namespace, name, before: entry.facts, after: undefined });
    projection.release?.(entry.facts);
  }

  const isSame = (known: Entry<F>, entry: Entry<F>): boolean =>
    known.uid === entry.uid &&
    projection.equal(known.facts, entry.facts) &&
    isDeepStrictEqual(known.marks, entry.marks);

  function upsert(object: RawObject): void {
    const { namespace, name, uid } = identify(object);
    const key = storeKey(namespace, name);
    const known = entries.get(key);
    const digest = digestOf(object, relevant);
    if (known?.uid === uid && known.digest === digest) {
      known.pass = pass;
      return;
    }
    const ref: ObjectRef = { apiVersion, kind, name, uid, ...(namespace === '' ? {} : { namespace }) };
    const facts = projection.project(object, ref);
    const entry: Entry<F> = { uid, digest, facts, marks: isSubject(facts) ? marksOf(object) : UNMARKED, pass };
    entries.set(key, entry);
    if (known === undefined || !isSame(known, entry)) {
      onChange({ namespace, name, before: known?.facts, after: facts });
    }
    if (known !== undefined) projection.release?.(known.facts);
  }

  return {
    upsert,
    remove(object) {
      const { namespace, name, uid } = identify(object);
      const key = storeKey(namespace, name);
      const known = entries.get(key);
      // Late news of an earlier object must not remove its successor.
      if (known?.uid === uid) drop(key, known, namespace, name);
    },
    startReplace() {
      pass += 1;
    },
    endReplace() {
      for (const [key, entry] of entries) if (entry.pass !== pass) drop(key, entry, ...splitKey(key));
    },
    get: (namespace, name) => entries.get(storeKey(namespace, name))?.facts,
    marks: (namespace, name) => entries.get(storeKey(namespace, name))?.marks,
    *values() {
      for (const { facts } of entries.values()) yield facts;
    },
    *entries() {
      for (const [key, { facts }] of entries) yield [...splitKey(key), facts] as const;
    },
    size: () => entries.size,
  };
}
