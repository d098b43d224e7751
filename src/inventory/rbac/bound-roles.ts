import { roleNameOf, type BindingFacts, type RoleName } from '../facts/rbac.ts';

/** Which roles a binding refers to, whether or not they exist. */
export interface BoundRoles {
  readonly change: (before: BindingFacts | undefined, after: BindingFacts | undefined) => void;
  readonly isBound: (role: RoleName) => boolean;
}

const keyOf = ({ kind, namespace = '', name }: RoleName): string => [kind, namespace, name].join('/');

export function createBoundRoles(): BoundRoles {
  const bindings = new Map<string, number>();
  function count(binding: BindingFacts, difference: 1 | -1): void {
    const key = keyOf(roleNameOf(binding));
    const now = (bindings.get(key) ?? 0) + difference;
    if (now === 0) bindings.delete(key);
    else bindings.set(key, now);
  }
  return {
    change(before, after) {
      if (before !== undefined) count(before, -1);
      if (after !== undefined) count(after, 1);
    },
    isBound: (role) => bindings.has(keyOf(role)),
  };
}
