import type { BindingInput, GrantInput, RoleInput } from '../../../../src/checks/check.ts';
import type { BuiltInBinding, BuiltInRole } from '../../../../src/checks/tables/built-in-rbac.ts';
import {
  nameOfRole,
  roleNameOf,
  type BindingFacts,
  type EffectiveGrant,
  type PolicyRule,
  type RbacSubject,
  type RoleFacts,
} from '../../../../src/inventory/facts/rbac.ts';
import { SERVER } from '../../../support/server.ts';
import { UNTOLD } from '../../../support/parameters.ts';

const apiVersion = 'rbac.authorization.k8s.io/v1';
const uid = 'uid';

/** A rule with what is given; the other lists are empty. */
export const rule = (more: Partial<PolicyRule>): PolicyRule => ({
  apiGroups: [],
  resources: [],
  verbs: [],
  resourceNames: [],
  nonResourceURLs: [],
  ...more,
});

/** The facts of a role that stands somewhere without its empty lists. */
export const roleFacts = ({ rules, ...name }: BuiltInRole): RoleFacts => ({
  ref: { apiVersion, uid, ...name },
  rules: rules.map((each) => rule(each)),
});

export const bindingFacts = ({ roleRef, subjects, ...name }: BuiltInBinding): BindingFacts => ({
  ref: { apiVersion, uid, ...name },
  roleRef,
  subjects,
});

/** A ClusterRole of our own. */
export const clusterRole = (...rules: readonly Partial<PolicyRule>[]): RoleFacts =>
  roleFacts({ kind: 'ClusterRole', name: 'shop-operator', rules });

/** A ClusterRoleBinding of our own. */
export const clusterBinding = (clusterRoleName: string, ...subjects: readonly RbacSubject[]): BindingFacts =>
  bindingFacts({
    kind: 'ClusterRoleBinding',
    name: 'shop-operator',
    roleRef: { kind: 'ClusterRole', name: clusterRoleName },
    subjects,
  });

/** A RoleBinding of our own. */
export const binding = (
  namespace: string,
  roleRef: BindingFacts['roleRef'],
  ...subjects: readonly RbacSubject[]
): BindingFacts => bindingFacts({ kind: 'RoleBinding', namespace, name: 'shop', roleRef, subjects });

export const user = (name: string): RbacSubject => ({ kind: 'User', name });
export const group = (name: string): RbacSubject => ({ kind: 'Group', name });
export const account = (namespace: string, name: string): RbacSubject => ({ kind: 'ServiceAccount', namespace, name });

/** A binding with what its role allows: nothing, unless rules are given. */
export const bound = (facts: BindingFacts, ...rules: readonly Partial<PolicyRule>[]): BindingInput => ({
  binding: facts,
  rules: rules.map((each) => ({ rule: rule(each), role: roleNameOf(facts) })),
  serviceAccountExists: () => true,
  parameters: UNTOLD,
});

/** What a binding grants by a role of these rules. */
export const granting = (facts: BindingFacts, ...rules: readonly Partial<PolicyRule>[]): GrantInput => {
  const role = roleNameOf(facts);
  return {
    role,
    rules: rules.map((each) => ({ rule: rule(each), role })),
    binding: facts,
    server: SERVER,
    parameters: UNTOLD,
  };
};

/** What a role grants that nothing binds. */
export const unbound = (facts: RoleFacts): GrantInput => {
  const role = nameOfRole(facts);
  return {
    role,
    rules: facts.rules.map((each) => ({ rule: each, role })),
    binding: undefined,
    server: SERVER,
    parameters: UNTOLD,
  };
};

/** A role that is bound. */
export const inUse = (role: RoleFacts): RoleInput => ({ role, ownRules: role.rules, isInUse: true, server: SERVER });

/** A role that nothing binds. */
export const unused = (role: RoleFacts): RoleInput => ({ role, ownRules: role.rules, isInUse: false, server: SERVER });

/** The grant of a binding to its only subject. */
export const grantBy = (facts: BindingFacts, ...rules: readonly Partial<PolicyRule>[]): EffectiveGrant => {
  const [subject] = facts.subjects;
  if (subject === undefined) throw new Error('the binding binds nobody');
  return { binding: facts, subject, rules: granting(facts, ...rules).rules };
};
