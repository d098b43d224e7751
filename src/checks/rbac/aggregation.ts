import { isAggregatedTo, nameOfRole, type PolicyRule, type RoleFacts } from '../../inventory/facts/rbac.ts';
import { finding, roleCheck, SKIP, verdict } from '../check.ts';
import type { Violation } from '../check.ts';
import { isBuiltInRule } from './built-in.ts';
import { powerAt, type HeldRule, type PowerHeld } from './evidence.ts';
import { clusterRoleYaml, ruleYaml } from './examples.ts';
import { withoutImplied } from './implied.ts';
import { powerIn } from './power.ts';
import { POWERS } from './powers.ts';
import { WHOLE_CLUSTER } from './reach.ts';
import { describeRule } from './rules.ts';
import { shippedUserRules, USER_ROLES, type UserRole } from './user-roles.ts';

/** From the mildest, as a role that widens `view` mostly widens `edit` and `admin` too. */
const FROM_THE_MILDEST: readonly UserRole[] = USER_ROLES.toReversed();

/** What is worth a word here: each owns the cluster, or near to it. */
const WIDENING = POWERS.filter(({ severity: { cluster } }) => cluster === 'Critical' || cluster === 'High');

const held = (rules: readonly HeldRule['granted'][]): readonly HeldRule[] =>
  rules.map((granted) => ({ granted, reach: WHOLE_CLUSTER, via: '' }));

/** What Kubernetes ships in these roles already is no finding, such as reading Secrets for `edit`. */
export const aggregatedRoleBroadened = roleCheck({
  id: 'aggregated-role-broadened',
  severity: 'High',
  title: 'ClusterRole widens a role that people have',
  why: 'Everybody who is bound to view, edit or admin gets the right with it, and nobody sees that in their bindings.',
  fix: 'Remove the rule or the label rbac.authorization.k8s.io/aggregate-to-…, and bind the ClusterRole by itself.',
  references: {
    nsa: ['Authentication and authorization'],
    mitre: ['T1098'],
    gatekeeper: ['block-endpoint-edit-default-role'],
    urls: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles'],
  },
  maySkip: true,
  evaluate: ({ role, ownRules, server }) => {
    const widened = FROM_THE_MILDEST.filter((userRole) => isAggregatedTo(userRole, role));
    if (widened.length === 0) return SKIP;
    const own = addedRules(role, ownRules);
    const added = WIDENING.flatMap((power) => powerAt(powerIn(server, power), own, WHOLE_CLUSTER) ?? []);
    return verdict(withoutImplied(added).flatMap((each) => widening(each, widened)));
  },
  example: {
    before: clusterRoleYaml(
      [ruleYaml('', 'secrets', 'get, list')],
      "rbac.authorization.k8s.io/aggregate-to-view: 'true'",
    ),
    after: clusterRoleYaml(
      [ruleYaml('shop.example', 'orders', 'get, list')],
      "rbac.authorization.k8s.io/aggregate-to-view: 'true'",
    ),
  },
});

function addedRules(role: RoleFacts, ownRules: readonly PolicyRule[]): readonly HeldRule[] {
  const rules = ownRules.filter((rule) => !isBuiltInRule(role.ref, rule));
  return held(rules.map((rule) => ({ rule, role: nameOfRole(role) })));
}

/** Told once for each power, of the mildest role that has not got it anyway. */
function widening({ power, evidence }: PowerHeld, widened: readonly UserRole[]): readonly Violation[] {
  const userRole = widened.find((each) => powerAt(power, held(shippedUserRules(each)), WHOLE_CLUSTER) === undefined);
  if (userRole === undefined) return [];
  const rules = [...new Set(evidence.map((each) => describeRule(each.held.granted.rule)))].sort().join('; ');
  const message = `it lets everybody who is bound to ClusterRole ${userRole} ${power.does} (${rules})`;
  return [finding('rules', message, { key: power.id })];
}
