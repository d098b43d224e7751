import type { BindingFacts } from './facts/rbac.ts';
import { roleNameOf } from './facts/rbac.ts';
import type { ControllerFacts, PodFacts } from './facts/workload.ts';
import { ownerSort } from './owners.ts';
import type { Change } from './store.ts';
import { keyOfRef, subjectKey, type SubjectKey } from './subject-key.ts';
import { workloadsRunningAs, type WorkloadSources } from './workloads.ts';

type Marks = readonly SubjectKey[];

const RBAC = 'rbac.authorization.k8s.io';

const accountKey = (namespace: string, name: string): SubjectKey => subjectKey('', 'ServiceAccount', namespace, name);

/** A role is judged otherwise once it is bound, and again when it is not. */
export function roleBound(binding: BindingFacts): SubjectKey {
  const { kind, namespace = '', name } = roleNameOf(binding);
  return subjectKey(RBAC, kind, namespace, name);
}

/** Bindings that name a ServiceAccount which comes or goes: that it is missing is a finding on them. */
export function bindingsNaming<F>(
  { namespace, name, before, after }: Change<F>,
  naming: (namespace: string, account: string) => Iterable<BindingFacts>,
): Marks {
  if (before !== undefined && after !== undefined) return [];
  return [...naming(namespace, name)].map(({ ref }) => keyOfRef(ref));
}

/** Whom it concerns that a controller runs as another ServiceAccount than before, or as one at all. */
export function usersOfController<V>(change: Change<ControllerFacts<V>>, sources: WorkloadSources<V>): Marks {
  const accountOf = (facts: ControllerFacts<V> | undefined): string | undefined =>
    facts?.finished === false ? facts.template?.serviceAccountName : undefined;
  return [...changed(change, accountOf)].flatMap((account) => concerned(change.namespace, account, sources));
}

/** The same for a Pod; what controllers that are read own tells nothing that their templates do not. */
export function usersOfPod<V>(change: Change<PodFacts<V>>, sources: WorkloadSources<V>): Marks {
  const accountOf = (facts: PodFacts<V> | undefined): string | undefined =>
    facts?.finished === false ? facts.spec.serviceAccountName : undefined;
  return [...changed(change, accountOf)].flatMap((account) => {
    const owner = (change.after ?? change.before)?.owner;
    const sort = ownerSort(owner);
    return sort === 'Self' || sort === 'Foreign'
      ? concerned(change.namespace, account, sources)
      : [accountKey(change.namespace, account)];
  });
}

function changed<F>(
  { before, after }: Change<F>,
  accountOf: (facts: F | undefined) => string | undefined,
): Set<string> {
  const accounts = [accountOf(before), accountOf(after)];
  return accounts[0] === accounts[1] ? new Set() : new Set(accounts.filter((account) => account !== undefined));
}

/**
 * The ServiceAccount, the workloads that now share it or have ceased to, and the other ServiceAccounts of the namespace that
 * now have a neighbour or none. Where there are more than two of either, one more or less changes nothing.
 */
function concerned<V>(namespace: string, account: string, sources: WorkloadSources<V>): Marks {
  const workloads = atMostTwo(workloadsRunningAs(namespace, account, sources));
  const accounts = atMostTwo(sources.members.accountsIn(namespace));
  return [accountKey(namespace, account), ...workloads, ...accounts.map((each) => accountKey(namespace, each))];
}

/** The distinct values; none if there are more than two. */
function atMostTwo<T>(values: Iterable<T | undefined>): readonly T[] {
  const found = new Set<T>();
  for (const value of values) {
    if (value !== undefined) found.add(value);
    if (found.size > 2) return [];
  }
  return [...found];
}
