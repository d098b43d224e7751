/** Gives equal values one object, so that thousands of workloads can share what they have in common. */
export type Intern<V> = (key: string, make: () => V) => V;

/**
 * Sharing at its best effort: what is known is forgotten when there is too much of it, so that nothing leaks, and values
 * that come later are shared among themselves.
 */
export function createIntern<V>(limit: number): Intern<V> {
  const known = new Map<string, V>();
  return (key, make) => {
    const value = known.get(key);
    if (value !== undefined) return value;
    if (known.size >= limit) known.clear();
    const made = make();
    known.set(key, made);
    return made;
  };
}
