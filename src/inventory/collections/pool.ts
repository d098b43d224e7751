/**
 * Values shared by all that are equal, kept only while somebody holds one. Memory then follows the number of distinct
 * pod specs, not of pods.
 */
export interface Pool<V> {
  /** The value known under the digest, or a new one; the caller must release it once. */
  readonly acquire: (digest: string, make: () => V) => V;
  readonly release: (digest: string) => void;
}

export function createPool<V>(): Pool<V> {
  const entries = new Map<string, { readonly value: V; holders: number }>();
  return {
    acquire(digest, make) {
      const known = entries.get(digest);
      if (known !== undefined) {
        known.holders += 1;
        return known.value;
      }
      const value = make();
      entries.set(digest, { value, holders: 1 });
      return value;
    },
    release(digest) {
      const known = entries.get(digest);
      if (known === undefined) return;
      known.holders -= 1;
      if (known.holders === 0) entries.delete(digest);
    },
  };
}
