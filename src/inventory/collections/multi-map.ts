/** A map from a key to several values; a key without values takes no memory. */
export interface MultiMap<K, V> {
  readonly add: (key: K, value: V) => void;
  readonly delete: (key: K, value: V) => void;
  readonly get: (key: K) => Iterable<V>;
  readonly has: (key: K) => boolean;
}

export function createMultiMap<K, V>(): MultiMap<K, V> {
  const sets = new Map<K, Set<V>>();
  return {
    add(key, value) {
      const known = sets.get(key);
      if (known === undefined) sets.set(key, new Set([value]));
      else known.add(value);
    },
    delete(key, value) {
      const known = sets.get(key);
      if (known === undefined) return;
      known.delete(value);
      if (known.size === 0) sets.delete(key);
    },
    get: (key) => sets.get(key) ?? [],
    has: (key) => sets.has(key),
  };
}
