import type { SecurityExceptionStatus } from '../../crds/index.ts';
import type { RawObject } from '../../kube/raw-object.ts';
import type { ReflectorSink } from '../../kube/reflector-api.ts';
import { readException, type Exception, type ExceptionKind } from '../../reports/exceptions/exception.ts';

/** `namespace/name`; one of the whole cluster has an empty namespace. */
export type ExceptionKey = string & { readonly exceptionKey: true };

const exceptionKey = (namespace: string, name: string): ExceptionKey => `${namespace}/${name}` as ExceptionKey;
export const keyOfException = ({ namespace = '', name }: Exception): ExceptionKey => exceptionKey(namespace, name);

/** An exception, and what its status says so far. */
export interface StoredException {
  readonly exception: Exception;
  readonly status: SecurityExceptionStatus | undefined;
}

/** All exceptions there are. */
export interface ExceptionStore {
  readonly sink: (kind: ExceptionKind) => ReflectorSink;
  readonly get: (key: ExceptionKey) => StoredException | undefined;
  /** Notes the status that was just written. */
  readonly written: (key: ExceptionKey, status: SecurityExceptionStatus) => void;
  readonly all: () => Iterable<StoredException>;
}

const keyOf = (object: RawObject): ExceptionKey =>
  exceptionKey(object.text('metadata.namespace') ?? '', object.text('metadata.name') ?? '');

const isSameSpec = (a: Exception | undefined, b: Exception): boolean =>
  a?.uid === b.uid && a.generation === b.generation;

/** @param onChange is told of each exception that came, went or was changed by people, as it was and as it is */
export function createExceptionStore(
  onChange: (before: Exception | undefined, after: Exception | undefined) => void,
): ExceptionStore {
  const stored = new Map<ExceptionKey, StoredException>();

  function drop(key: ExceptionKey): void {
    const known = stored.get(key);
    stored.delete(key);
    if (known !== undefined) onChange(known.exception, undefined);
  }

  function upsert(object: RawObject): void {
    const key = keyOf(object);
    const before = stored.get(key)?.exception;
    try {
      const value = object.parse('') as { readonly status?: SecurityExceptionStatus };
      const exception = readException(value);
      stored.set(key, { exception, status: value.status });
      if (!isSameSpec(before, exception)) onChange(before, exception);
    } catch (error) {
      // Only a CRD that was tampered with lets one through that cannot be read: it accepts nothing, and touches no other.
      drop(key);
      throw error;
    }
  }

  return {
    sink(kind) {
      let seen = new Set<ExceptionKey>();
      const isOurs = (key: ExceptionKey): boolean => key.startsWith('/') === (kind === 'ClusterSecurityException');
      return {
        startReplace: () => void (seen = new Set()),
        upsert(object) {
          seen.add(keyOf(object));
          upsert(object);
        },
        remove(object) {
          const key = keyOf(object);
          if (stored.get(key)?.exception.uid === object.text('metadata.uid')) drop(key);
        },
        endReplace: () => [...stored.keys()].filter((key) => isOurs(key) && !seen.has(key)).forEach(drop),
      };
    },
    get: (key) => stored.get(key),
    written(key, status) {
      const known = stored.get(key);
      if (known !== undefined) stored.set(key, { ...known, status });
    },
    all: () => stored.values(),
  };
}
