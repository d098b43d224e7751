import { createCountedSet } from '../collections/counted-set.ts';
import type { NetworkPolicyFacts, OtherPolicies, OtherPolicyFacts } from '../facts/network-policy.ts';
import type { Change } from '../store.ts';

/** The NetworkPolicies of each namespace, and whether policies of other kinds may govern it. */
export interface PolicyIndex {
  readonly change: (change: Change<NetworkPolicyFacts>) => void;
  readonly changeOther: (change: Change<OtherPolicyFacts>) => void;
  readonly policiesIn: (namespace: string) => readonly NetworkPolicyFacts[];
  readonly othersIn: (namespace: string) => OtherPolicies;
}

export function createPolicyIndex(): PolicyIndex {
  const policies = new Map<string, Map<string, NetworkPolicyFacts>>();
  const others = createCountedSet<string>();

  return {
    change({ namespace, name, after }) {
      const known = policies.get(namespace) ?? new Map<string, NetworkPolicyFacts>();
      if (after === undefined) known.delete(name);
      else known.set(name, after);
      if (known.size === 0) policies.delete(namespace);
      else policies.set(namespace, known);
    },
    changeOther({ namespace, before, after }) {
      if (before !== undefined) others.delete(namespace);
      if (after !== undefined) others.add(namespace);
    },
    policiesIn: (namespace) => [...(policies.get(namespace)?.values() ?? [])],
    othersIn(namespace) {
      if (others.count(namespace) > 0) return 'Namespace';
      return others.count('') > 0 ? 'Cluster' : 'None';
    },
  };
}
