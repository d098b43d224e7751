import {
  roleNameOf,
  type BindingFacts,
  type EffectiveGrant,
  type GrantedRule,
  type RbacSubject,
} from '../../inventory/facts/rbac.ts';
import { RESERVED_USER_PREFIXES } from '../tables/built-in-rbac.ts';
import { isDistributionGrant, withoutBuiltIn } from './built-in.ts';
import type { HeldRule } from './evidence.ts';
import type { CompiledParameters } from '../parameters.ts';
import { keyOf } from './named.ts';
import { reachOf } from './reach.ts';
import { isShippedUserRule, shippedRulesOf, userRoleOf } from './user-roles.ts';

/** A rule that a subject holds by a binding. */
export interface SubjectRule extends HeldRule {
  readonly binding: BindingFacts;
  readonly subject: RbacSubject;
  /** What Kubernetes ships in `admin` and `edit` for the owners of a namespace, bound in one. */
  readonly isOwners: boolean;
}

/** The API server reserves both for itself; a provider of identities cannot give them to a person. */
export const isReservedUser = (name: string): boolean =>
  RESERVED_USER_PREFIXES.some((prefix) => name.startsWith(prefix));

/** A person or a group of people, as opposed to a ServiceAccount or an identity of Kubernetes. */
export function isOfPeople({ kind, name }: RbacSubject): boolean {
  return kind !== 'ServiceAccount' && !isReservedUser(name);
}

/**
 * The rules that a binding gives a subject beyond what Kubernetes itself does. A role that comes with Kubernetes and is not
 * there (files name it without holding it) allows what is shipped.
 */
const ownRules = (
  binding: BindingFacts,
  subject: RbacSubject,
  rules: readonly GrantedRule[] | undefined,
): readonly GrantedRule[] => withoutBuiltIn(rules ?? shippedRulesOf(roleNameOf(binding)) ?? [], binding, subject);

/** What a binding lets a subject do beyond what Kubernetes itself gives it, and where. */
export function rulesHeld(
  binding: BindingFacts,
  subject: RbacSubject,
  rules: readonly GrantedRule[] | undefined,
  parameters: CompiledParameters,
): readonly SubjectRule[] {
  const own = ownRules(binding, subject, rules);
  if (own.length === 0) return [];
  const userRole = userRoleOf(roleNameOf(binding));
  const reach = reachOf(binding, parameters);
  // Being named comes before being in a group.
  const via = [subject.kind === 'Group' ? 1 : 0, keyOf(binding.ref), keyOf(subject)].join('/');
  return own.map((granted) => {
    const isOwners = userRole !== undefined && reach.sort === 'namespace' && isShippedUserRule(userRole, granted.rule);
    return { granted, reach, via, binding, subject, isOwners };
  });
}

/** Whether a binding grants a subject anything beyond what Kubernetes itself gives it. */
export const isOwnGrant = ({ binding, subject, rules }: EffectiveGrant): boolean =>
  !isDistributionGrant(binding, subject) && ownRules(binding, subject, rules).length > 0;
