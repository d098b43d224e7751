import type { Change } from '../store.ts';

/** The facts of one kind by their namespace. */
export interface NamespacedIndex<F> {
  readonly change: (change: Change<F>) => void;
  readonly in: (namespace: string) => readonly F[];
}

/** Facts are kept by name, not by identity: a change that changes no fact is not told. */
export function createNamespacedIndex<F>(): NamespacedIndex<F> {
  const namespaces = new Map<string, Map<string, F>>();
  return {
    change({ namespace, name, after }) {
      const known = namespaces.get(namespace) ?? new Map<string, F>();
      if (after === undefined) known.delete(name);
      else known.set(name, after);
      if (known.size === 0) namespaces.delete(namespace);
      else namespaces.set(namespace, known);
    },
    in: (namespace) => [...(namespaces.get(namespace)?.values() ?? [])],
  };
}
