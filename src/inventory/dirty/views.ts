import type { NodeFacts } from '../facts/node.ts';
import type { BindingFacts, RoleFacts } from '../facts/rbac.ts';
import type { ServiceAccountFacts } from '../facts/service-account.ts';
import type { Indexes } from '../indexes/indexes.ts';
import type { RbacGraph } from '../rbac/graph.ts';
import type { Reach } from '../rbac/identity.ts';
import type { Change } from '../store.ts';
import type { SubjectKey } from '../subject-key.ts';
import type { SurroundingViews } from './surroundings.ts';
import type { WorkloadSources } from '../workloads/workloads.ts';

/** How a ServiceAccount is called. */
export interface AccountName {
  readonly namespace: string;
  readonly name: string;
}

/** What is looked up to name those that a change of accounts and their rights concerns. */
export interface AccountViews<V> {
  readonly sources: WorkloadSources<V>;
  /** ServiceAccounts that exist, or that somebody runs as. */
  readonly accountsWithin: (reach: Reach) => Iterable<AccountName>;
  /** Bindings that may give something else after a change of a role. */
  readonly bindingsAffectedBy: (change: Change<RoleFacts>) => Iterable<BindingFacts>;
  readonly rolesAffectedBy: RbacGraph['rolesAffectedBy'];
  readonly partsTurnedBy: RbacGraph['partsTurnedBy'];
  readonly grantsOf: RbacGraph['grantsOf'];
}

/** What is looked up to name those that a change concerns. */
export interface DirtyViews<V> extends AccountViews<V>, SurroundingViews<V> {
  /** Other nodes whose verdict rests on whether there are nodes beside the control plane. */
  readonly nodesJudgedAnewBy: (change: Change<NodeFacts>) => Iterable<SubjectKey>;
}

function* everyAccount<V>(
  namespace: string | undefined,
  { sources }: Pick<AccountViews<V>, 'sources'>,
  existing: () => Iterable<ServiceAccountFacts>,
): Iterable<AccountName> {
  const seen = new Set<string>();
  for (const { ref } of existing()) {
    const account = { namespace: ref.namespace ?? '', name: ref.name };
    if (namespace !== undefined && namespace !== account.namespace) continue;
    seen.add(`${account.namespace}/${account.name}`);
    yield account;
  }
  const { namespaces, accountsIn } = sources.members.accountUsers;
  for (const each of namespace === undefined ? namespaces() : [namespace]) {
    for (const name of accountsIn(each)) if (!seen.has(`${each}/${name}`)) yield { namespace: each, name };
  }
}

/** @param existing the ServiceAccounts that there are */
export function accountViews<V>(
  sources: WorkloadSources<V>,
  { rbac }: Indexes<V>,
  existing: () => Iterable<ServiceAccountFacts>,
): AccountViews<V> {
  return {
    sources,
    bindingsAffectedBy: rbac.bindingsAffectedBy,
    rolesAffectedBy: rbac.rolesAffectedBy,
    partsTurnedBy: rbac.partsTurnedBy,
    grantsOf: rbac.grantsOf,
    accountsWithin: ({ namespace, name }) =>
      namespace !== undefined && name !== undefined
        ? [{ namespace, name }]
        : everyAccount(namespace, { sources }, existing),
  };
}
