import picomatch from 'picomatch';
import { reportNamespace } from '../reports/naming.ts';
import type { Subject } from '../inventory/subject-key.ts';

/** Which namespaces are judged. Cluster-scoped subjects always are. */
export interface Scope {
  readonly covers: (subject: Subject) => boolean;
  readonly coversNamespace: (namespace: string) => boolean;
}

export interface ScopeOptions {
  /** Globs; empty means every namespace. */
  readonly include: readonly string[];
  /** Globs; they win over `include`. */
  readonly exclude: readonly string[];
}

export function createScope({ include, exclude }: ScopeOptions): Scope {
  const isIncluded = include.length === 0 ? (): boolean => true : picomatch([...include]);
  const isExcluded = exclude.length === 0 ? (): boolean => false : picomatch([...exclude]);
  const coversNamespace = (namespace: string): boolean => isIncluded(namespace) && !isExcluded(namespace);
  return {
    coversNamespace,
    covers(subject) {
      const namespace = reportNamespace(subject);
      return namespace === '' || coversNamespace(namespace);
    },
  };
}
