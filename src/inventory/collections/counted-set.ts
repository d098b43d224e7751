/** Values with the number of those who hold them. */
export interface CountedSet<V> {
  readonly add: (value: V) => void;
  readonly delete: (value: V) => void;
  readonly count: (value: V) => number;
  /** Each once. */
  readonly values: () => Iterable<V>;
  readonly isEmpty: () => boolean;
}

export function createCountedSet<V>(): CountedSet<V> {
  const counts = new Map<V, number>();
  function change(value: V, difference: number): void {
    const count = (counts.get(value) ?? 0) + difference;
    if (count === 0) counts.delete(value);
    else counts.set(value, count);
  }
  return {
    add: (value) => change(value, 1),
    delete: (value) => change(value, -1),
    count: (value) => counts.get(value) ?? 0,
    values: () => counts.keys(),
    isEmpty: () => counts.size === 0,
  };
}
