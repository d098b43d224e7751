import {
  roleNameOf,
  type BindingFacts,
  type GrantedRule,
  type PolicyRule,
  type RbacSubject,
} from '../../inventory/facts/rbac.ts';
import { BOOTSTRAP_BINDINGS, BOOTSTRAP_ROLES, DISTRIBUTION_BINDINGS } from '../tables/built-in-rbac.ts';
import { keyOf } from './named.ts';
import type { Named } from './named.ts';
import { canonicalRule } from './rules.ts';

const bindingKey = (binding: Named, { kind, name }: Named): string => `${keyOf(binding)}/${kind}/${name}`;

const shippedRules: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  BOOTSTRAP_ROLES.map((role) => [keyOf(role), new Set(role.rules.map((rule) => canonicalRule(rule)))]),
);

const shippedSubjects: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...BOOTSTRAP_BINDINGS, ...DISTRIBUTION_BINDINGS].map((binding) => [
    bindingKey(binding, binding.roleRef),
    new Set(binding.subjects.map((subject) => keyOf(subject))),
  ]),
);

/**
 * Whether Kubernetes itself ships this rule in the role of this name. Names and labels alone prove nothing: anyone who
 * may write roles can take a `system:` name, or add a rule to a role that has one.
 */
export function isBuiltInRule(role: Named, rule: PolicyRule): boolean {
  return shippedRules.get(keyOf(role))?.has(canonicalRule(rule)) === true;
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

/** Of these rules of a binding those that Kubernetes itself does not grant to this subject by it; only of them there is anything to say. */
export function withoutBuiltIn(
  rules: readonly GrantedRule[],
  binding: BindingFacts,
  subject: RbacSubject,
): readonly GrantedRule[] {
  if (!isBuiltInSubject(binding, subject)) return rules;
  // What distributions put into roles of their own is not in the table; who is bound to them is.
  if (!shippedRules.has(keyOf(roleNameOf(binding)))) return [];
  return rules.filter(({ rule, role }) => !isBuiltInRule(role, rule));
}

const controlPlaneAccounts: ReadonlySet<string> = new Set(
  [...BOOTSTRAP_BINDINGS, ...DISTRIBUTION_BINDINGS].flatMap(({ subjects }) =>
    subjects.map((subject) => keyOf(subject)),
  ),
);

/** Whether Kubernetes or its distribution binds a ServiceAccount of this name: most are of controllers that run outside of pods. */
export const isControlPlaneAccount = (namespace: string, name: string): boolean =>
  controlPlaneAccounts.has(keyOf({ kind: 'ServiceAccount', namespace, name }));
