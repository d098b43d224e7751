import { roleNameOf, type BindingFacts, type Grant } from '../facts/rbac.ts';
import { createSortedLists } from '../collections/sorted-lists.ts';
import { principalOf, type Principal } from './identity.ts';
import { roleKey, type RoleKey } from './roles.ts';

/** Bindings by whom they reach and by what they give; lists are sorted, so that nothing depends on what came first. */
export interface GrantIndex {
  readonly change: (before: BindingFacts | undefined, after: BindingFacts | undefined) => void;
  /** Every binding with a subject that means the user or group, once per kind of such a subject; ClusterRoleBindings first. */
  readonly grantsOf: (principal: Principal) => readonly Grant[];
  readonly bindingsTo: (role: RoleKey) => readonly BindingFacts[];
}

const compareTexts = (a: string, b: string): number => Number(a > b) - Number(a < b);

function compareBindings({ ref: a }: BindingFacts, { ref: b }: BindingFacts): number {
  const byNamespace = compareTexts(a.namespace ?? '', b.namespace ?? '');
  return compareTexts(a.kind, b.kind) || byNamespace || compareTexts(a.name, b.name);
}

const compareGrants = (a: Grant, b: Grant): number =>
  compareBindings(a.binding, b.binding) || compareTexts(a.subject.kind, b.subject.kind);

export function createGrantIndex(): GrantIndex {
  const grants = createSortedLists<Principal, Grant>(compareGrants);
  const bindings = createSortedLists<RoleKey, BindingFacts>(compareBindings);

  function settle(how: 'add' | 'delete', binding: BindingFacts): void {
    bindings[how](roleKey(roleNameOf(binding)), binding);
    for (const subject of binding.subjects) {
      const principal = principalOf(subject);
      if (principal !== undefined) grants[how](principal, { binding, subject });
    }
  }

  return {
    change(before, after) {
      if (before !== undefined) settle('delete', before);
      if (after !== undefined) settle('add', after);
    },
    grantsOf: grants.get,
    bindingsTo: bindings.get,
  };
}
