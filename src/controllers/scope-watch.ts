import { parseSubjectKey, type SubjectKey } from '../inventory/subject-key.ts';
import { reportNamespace } from '../reports/naming.ts';
import type { Scope } from './scope.ts';

export interface ScopeWatchOptions {
  readonly scope: Scope;
  readonly subjects: () => Iterable<SubjectKey>;
  /** These have come into scope: what is found on them is no news. */
  readonly enter: (keys: readonly SubjectKey[]) => void;
  /** These are to be looked at again. */
  readonly add: (key: SubjectKey) => void;
}

/** Sees namespaces come into scope and leave it, as their labels change. */
export interface ScopeWatch {
  /** Notes what is in scope now, of all namespaces there are. */
  readonly begin: (namespaces: Iterable<string>) => void;
  /** A namespace came, was changed, or went. */
  readonly onNamespace: (name: string, exists: boolean) => void;
}

export function createScopeWatch({ scope, subjects, enter, add }: ScopeWatchOptions): ScopeWatch {
  const covered = new Map<string, boolean>();

  function moved(name: string, isCovered: boolean): void {
    const inside = [...subjects()].filter((key) => reportNamespace(parseSubjectKey(key)) === name);
    if (isCovered) enter(inside);
    inside.forEach(add);
  }

  return {
    begin(namespaces) {
      for (const name of namespaces) covered.set(name, scope.coversNamespace(name));
    },
    onNamespace(name, exists) {
      const before = covered.get(name);
      if (!exists) {
        covered.delete(name);
        return;
      }
      const isCovered = scope.coversNamespace(name);
      covered.set(name, isCovered);
      // One that was not there before is new, and so is what it holds.
      if (before !== undefined && before !== isCovered) moved(name, isCovered);
    },
  };
}
