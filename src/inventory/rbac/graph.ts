import type { ObjectRef } from '../facts/object-ref.ts';
import {
  nameOfRole,
  roleNameOf,
  type BindingFacts,
  type EffectiveGrant,
  type Grant,
  type GrantedRule,
  type RoleFacts,
  type RoleName,
} from '../facts/rbac.ts';
import { ruleAllows, type AccessRequest } from './authorizer.ts';
import { createGrantIndex } from './grants.ts';
import { identityOfAccount, MASTERS, principalsOf, type Identity, type Principal } from './identity.ts';
import { createRoleIndex, roleKey } from './roles.ts';

/** Why a request is allowed: the binding, the subject entry that means the caller, and the rule with the role it stands in. */
export type GrantPath = Grant & GrantedRule;

/** Who may do what: subjects, bindings, roles and rules, kept up with each change. */
export interface RbacGraph {
  readonly changeRole: (change: Versions<RoleFacts>) => void;
  readonly changeBinding: (change: Versions<BindingFacts>) => void;
  /** What a role allows, aggregation resolved; undefined if there is no such role. */
  readonly rulesOf: (role: RoleName) => readonly GrantedRule[] | undefined;
  /** Whether a binding refers to the role, or to one that aggregates it. */
  readonly isBound: (role: RoleName) => boolean;
  /** Every binding that reaches the ServiceAccount, by its name, as a user or by a group that every such account is in. */
  readonly grantsOf: (namespace: string, serviceAccount: string) => readonly EffectiveGrant[];
  /**
   * The way on which the API server's RBAC authorizer would allow a request, one of the whole cluster before one of the
   * namespace, or that the caller is of system:masters; undefined if it would not allow it. `namespace` is empty for
   * cluster-scoped requests.
   */
  readonly allows: (
    identity: Identity,
    request: AccessRequest,
    namespace: string,
  ) => GrantPath | typeof MASTERS | undefined;
  /** Bindings that may give something else after a change of a role. */
  readonly bindingsAffectedBy: (change: Versions<RoleFacts>) => Iterable<BindingFacts>;
  /** Other roles that may allow something else, or be bound or not, after a change of a role. */
  readonly rolesAffectedBy: (change: Versions<RoleFacts>) => Iterable<RoleFacts>;
  /** What the role of a binding aggregates, if this is the only binding of it or it has none left. */
  readonly partsTurnedBy: (binding: BindingFacts) => Iterable<RoleFacts>;
}

interface Versions<F> {
  readonly before: F | undefined;
  readonly after: F | undefined;
}

export function createRbacGraph(): RbacGraph {
  const roles = createRoleIndex();
  const grants = createGrantIndex();
  const rulesBehind = (binding: BindingFacts): readonly GrantedRule[] | undefined => roles.rulesOf(roleNameOf(binding));

  const bindingsTo = (role: RoleName): number => grants.bindingsTo(roleKey(role)).length;

  function firstPath(
    principals: readonly Principal[],
    request: AccessRequest,
    isInForce: (binding: ObjectRef) => boolean,
  ): GrantPath | undefined {
    for (const principal of principals) {
      for (const grant of grants.grantsOf(principal)) {
        if (!isInForce(grant.binding.ref)) continue;
        const granted = rulesBehind(grant.binding)?.find(({ rule }) => ruleAllows(rule, request));
        if (granted !== undefined) return { ...grant, ...granted };
      }
    }
    return undefined;
  }

  return {
    changeRole: ({ before, after }) => roles.change(before, after),
    changeBinding: ({ before, after }) => grants.change(before, after),
    rulesOf: roles.rulesOf,
    isBound(role) {
      const facts = roles.get(role);
      const others = facts === undefined ? [] : roles.aggregating(facts).map(nameOfRole);
      return [role, ...others].some((each) => bindingsTo(each) > 0);
    },
    grantsOf: (namespace, serviceAccount) =>
      principalsOf(identityOfAccount(namespace, serviceAccount)).flatMap((principal) =>
        grants.grantsOf(principal).map((grant) => ({ ...grant, rules: rulesBehind(grant.binding) })),
      ),
    allows(identity, request, namespace) {
      if (identity.groups.includes(MASTERS)) return MASTERS;
      const principals = principalsOf(identity);
      const everywhere = firstPath(principals, request, ({ kind }) => kind === 'ClusterRoleBinding');
      // No RoleBinding gives a path that is no resource.
      if (everywhere !== undefined || namespace === '' || 'path' in request) return everywhere;
      return firstPath(principals, request, (ref) => ref.kind === 'RoleBinding' && ref.namespace === namespace);
    },
    *rolesAffectedBy({ before, after }) {
      for (const role of [before, after]) {
        if (role === undefined) continue;
        yield* roles.partsOf(role);
        yield* roles.aggregating(role);
      }
    },
    partsTurnedBy(binding) {
      const role = roleNameOf(binding);
      const facts = bindingsTo(role) > 1 ? undefined : roles.get(role);
      return facts === undefined ? [] : roles.partsOf(facts);
    },
    *bindingsAffectedBy({ before, after }) {
      for (const key of roles.affectedBy(before, after)) yield* grants.bindingsTo(key);
    },
  };
}
