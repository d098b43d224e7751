import {
  roleNameOf,
  type BindingFacts,
  type GrantedRule,
  type PolicyRule,
  type RbacSubject,
} from '../../inventory/facts/rbac.ts';
import { BOOTSTRAP_BINDINGS, BOOTSTRAP_ROLES, type BuiltInRole } from '../tables/built-in-rbac.ts';
import { DISTRIBUTION_BINDINGS, DISTRIBUTION_WILDCARDS } from '../tables/distributions/index.ts';
import { isEverybody } from './everybody.ts';
import { keyOf } from './named.ts';
import type { Named } from './named.ts';
import { canonicalRule } from './rules.ts';
import { userRoleOf } from './user-roles.ts';

const bindingKey = (binding: Named, { kind, name }: Named): string => `${keyOf(binding)}/${kind}/${name}`;

const rulesByRole = (roles: readonly BuiltInRole[]): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(roles.map((role) => [keyOf(role), new Set(role.rules.map((rule) => canonicalRule(rule)))]));

const shippedRules = rulesByRole(BOOTSTRAP_ROLES);
const shippedWildcards = rulesByRole(DISTRIBUTION_WILDCARDS);

const shippedSubjects: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...BOOTSTRAP_BINDINGS, ...DISTRIBUTION_BINDINGS].map((binding) => [
    bindingKey(binding, binding.roleRef),
    new Set(binding.subjects.map((subject) => keyOf(subject))),
  ]),
);

/**
 * Whether Kubernetes or its distribution ships this rule in the role of this name. Names and labels alone prove nothing: anyone who
 * may write roles can take a `system:` name, or add a rule to a role that has one.
 */
export function isBuiltInRule(role: Named, rule: PolicyRule): boolean {
  return [shippedRules, shippedWildcards].some((rules) => rules.get(keyOf(role))?.has(canonicalRule(rule)) === true);
}

/**
 * Whether Kubernetes or its distribution binds this subject by the binding of this name to this role. The API server puts
 * missing subjects of its bindings back at start, but leaves added ones, so that a binding is let off only by the subject.
 */
export function isBuiltInSubject({ ref, roleRef }: BindingFacts, subject: RbacSubject): boolean {
  return shippedSubjects.get(bindingKey(ref, roleRef))?.has(keyOf(subject)) === true;
}

/** Whether Kubernetes ships a binding of this name to this role, for whomever. */
export function isBuiltInBinding({ ref, roleRef }: BindingFacts): boolean {
  return shippedSubjects.has(bindingKey(ref, roleRef));
}

/**
 * Whether a distribution binds the subject to a role of its own. What such roles allow is not in the table, and who but a
 * control plane is bound to them is.
 */
export const isDistributionGrant = (binding: BindingFacts, subject: RbacSubject): boolean =>
  isBuiltInSubject(binding, subject) && !isInTable(binding);

/** Of the roles for people, which a distribution may widen by aggregation, the table knows not all either. */
function isInTable(binding: BindingFacts): boolean {
  const role = roleNameOf(binding);
  return shippedRules.has(keyOf(role)) && userRoleOf(role) === undefined;
}

/**
 * Of these rules of a binding those that Kubernetes itself does not grant to this subject by it; only of them there is
 * anything to say. What everybody is given by a role of a distribution stays: none of it is worth a word, and what is was
 * added.
 */
export function withoutBuiltIn(
  rules: readonly GrantedRule[],
  binding: BindingFacts,
  subject: RbacSubject,
): readonly GrantedRule[] {
  if (!isBuiltInSubject(binding, subject)) return rules;
  if (isInTable(binding)) return rules.filter(({ rule, role }) => !isBuiltInRule(role, rule));
  return isEverybody(subject) ? rules : [];
}

const controlPlaneAccounts: ReadonlySet<string> = new Set(
  [...BOOTSTRAP_BINDINGS, ...DISTRIBUTION_BINDINGS].flatMap(({ subjects }) =>
    subjects.map((subject) => keyOf(subject)),
  ),
);

/** Whether Kubernetes or its distribution binds a ServiceAccount of this name: most are of controllers that run outside of pods. */
export const isControlPlaneAccount = (namespace: string, name: string): boolean =>
  controlPlaneAccounts.has(keyOf({ kind: 'ServiceAccount', namespace, name }));
