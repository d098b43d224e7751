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
import { keyOf } from './named.ts';
import { reachOf, reachSort } from './reach.ts';
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
 * What a binding lets a subject do beyond what Kubernetes itself gives it. A role that comes with Kubernetes and is not
 * there (files name it without holding it) allows what is shipped.
 */
export function rulesHeld(
  binding: BindingFacts,
  subject: RbacSubject,
  rules: readonly GrantedRule[] | undefined,
): readonly SubjectRule[] {
  const role = roleNameOf(binding);
  const own = withoutBuiltIn(rules ?? shippedRulesOf(role) ?? [], binding, subject);
  if (own.length === 0) return [];
  const userRole = userRoleOf(role);
  const reach = reachOf(binding);
  // Being named comes before being in a group.
  const via = [subject.kind === 'Group' ? 1 : 0, keyOf(binding.ref), keyOf(subject)].join('/');
  return own.map((granted) => {
    const isOwners =
      userRole !== undefined && reachSort(reach) === 'namespace' && isShippedUserRule(userRole, granted.rule);
    return { granted, reach, via, binding, subject, isOwners };
  });
}

/** Whether a binding grants a subject anything beyond what Kubernetes itself gives it. */
export const isOwnGrant = ({ binding, subject, rules }: EffectiveGrant): boolean =>
  !isDistributionGrant(binding, subject) && rulesHeld(binding, subject, rules).length > 0;
