/** Sorted lists under keys. Of items that compare as equal one is kept; a key without items takes no memory. */
export interface SortedLists<K, T> {
  readonly add: (key: K, item: T) => void;
  readonly delete: (key: K, item: T) => void;
  readonly get: (key: K) => readonly T[];
}

export function createSortedLists<K, T>(compare: (a: T, b: T) => number): SortedLists<K, T> {
  const lists = new Map<K, T[]>();

  /** Where among the items this one is or belongs, and whether it is there. */
  function find(items: readonly T[], item: T): { readonly index: number; readonly isThere: boolean } {
    let low = 0;
    let high = items.length;
    let isThere = false;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = compare(items[middle] as T, item);
      if (order === 0) isThere = true;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return { index: low, isThere };
  }

  return {
    add(key, item) {
      const items = lists.get(key);
      if (items === undefined) {
        lists.set(key, [item]);
        return;
      }
      const { index, isThere } = find(items, item);
      items.splice(index, isThere ? 1 : 0, item);
    },
    delete(key, item) {
      const items = lists.get(key) ?? [];
      const { index, isThere } = find(items, item);
      if (isThere) items.splice(index, 1);
      if (items.length === 0) lists.delete(key);
    },
    get: (key) => lists.get(key) ?? [],
  };
}
