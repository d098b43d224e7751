import type { GrantedRule, PolicyRule } from '../../inventory/facts/rbac.ts';
import { BOOTSTRAP_ROLES, type BuiltInRole } from '../tables/built-in-rbac.ts';
import { keyOf, type Named } from './named.ts';
import { canonicalRule } from './rules.ts';

/** A ClusterRole that Kubernetes ships for people, and fills by aggregation. */
export type UserRole = 'admin' | 'edit' | 'view';

export const USER_ROLES: readonly UserRole[] = ['admin', 'edit', 'view'];

/** Each contains what those after it allow. */
const CONTAINED: Readonly<Record<UserRole, readonly UserRole[]>> = {
  admin: ['admin', 'edit', 'view'],
  edit: ['edit', 'view'],
  view: ['view'],
};

const EMPTY: PolicyRule = { apiGroups: [], resources: [], verbs: [], resourceNames: [], nonResourceURLs: [] };

function grantedBy({ kind, name, namespace, rules }: BuiltInRole): readonly GrantedRule[] {
  const role = { kind, name, ...(namespace !== undefined && { namespace }) };
  return rules.map((rule) => ({ rule: { ...EMPTY, ...rule }, role }));
}

const builtInRoles: ReadonlyMap<string, BuiltInRole> = new Map(BOOTSTRAP_ROLES.map((role) => [keyOf(role), role]));

function rulesShippedIn(userRole: UserRole): readonly GrantedRule[] {
  const contributing = new Set(CONTAINED[userRole].map((each) => `system:aggregate-to-${each}`));
  return BOOTSTRAP_ROLES.filter(({ name }) => contributing.has(name)).flatMap(grantedBy);
}

interface Shipped {
  readonly rules: readonly GrantedRule[];
  readonly texts: ReadonlySet<string>;
}

const shipped: ReadonlyMap<UserRole, Shipped> = new Map(
  USER_ROLES.map((userRole) => {
    const rules = rulesShippedIn(userRole);
    return [userRole, { rules, texts: new Set(rules.map(({ rule }) => canonicalRule(rule))) }];
  }),
);

/** Which of the roles for people this is; undefined for any other. */
export const userRoleOf = ({ kind, name }: Named): UserRole | undefined =>
  kind === 'ClusterRole' ? USER_ROLES.find((each) => each === name) : undefined;

/** What Kubernetes ships in a role for people, its aggregation resolved. */
export const shippedUserRules = (userRole: UserRole): readonly GrantedRule[] => shipped.get(userRole)?.rules ?? [];

/** Whether Kubernetes ships this in a role for people, in whichever object the rule stands. */
export const isShippedUserRule = (userRole: UserRole, rule: PolicyRule): boolean =>
  shipped.get(userRole)?.texts.has(canonicalRule(rule)) === true;

/** What a role that comes with Kubernetes allows as it is shipped; undefined for any other role. */
export function shippedRulesOf(role: Named): readonly GrantedRule[] | undefined {
  const userRole = userRoleOf(role);
  if (userRole !== undefined) return shippedUserRules(userRole);
  const builtIn = builtInRoles.get(keyOf(role));
  return builtIn === undefined ? undefined : grantedBy(builtIn);
}
