import type { EffectiveGrant } from '../../inventory/facts/rbac.ts';
import type { ServerFacts } from '../check.ts';
import { COMBINATIONS } from './combinations.ts';
import { powerAt, worstFirst, type PowerHeld } from './evidence.ts';
import { rulesHeld, type SubjectRule } from './held-rules.ts';
import { withoutImplied } from './implied.ts';
import { powerIn, type Power } from './power.ts';
import { POWERS } from './powers.ts';
import { covers, reachSort, WHOLE_CLUSTER, type Reach } from './reach.ts';

/** What a ServiceAccount can do, by which of the rules that it holds. */
export type AccountPower = PowerHeld<SubjectRule>;

const ALL: readonly Power[] = [...COMBINATIONS, ...POWERS];

/** From the whole cluster to an ordinary namespace; the same for the same places. */
const SORTS = ['cluster', 'privileged', 'namespace'] as const;

/** The places that any of the rules reaches. */
function placesOf(rules: readonly SubjectRule[]): readonly Reach[] {
  const namespaces = rules.map(({ reach }) => reach.namespace).filter((namespace) => namespace !== undefined);
  return [WHOLE_CLUSTER, ...[...new Set(namespaces)].sort().map((namespace) => ({ namespace }))];
}

/** The power wherever it holds; in a namespace only if it is not held everywhere, or is worse there. */
function everywhere(power: Power, rules: readonly SubjectRule[], places: readonly Reach[]): readonly AccountPower[] {
  const found = places.flatMap((place) => powerAt(power, rules, place) ?? []);
  return found.filter(
    (each) =>
      !found.some(
        (wider) => wider !== each && covers(wider.reach, each.reach) && worstFirst(wider.severity, each.severity) <= 0,
      ),
  );
}

/**
 * Everything that a ServiceAccount can do by all that is granted to it together, the worst first; what Kubernetes itself
 * grants does not count, nor what follows from something that is listed.
 */
export function powersOfAccount(grants: readonly EffectiveGrant[], server: ServerFacts): readonly AccountPower[] {
  const rules = grants.flatMap(({ binding, subject, rules: granted }) => rulesHeld(binding, subject, granted));
  if (rules.length === 0) return [];
  const places = placesOf(rules);
  const powers = withoutImplied(ALL.flatMap((power) => everywhere(powerIn(server, power), rules, places)));
  // The sort is stable: the same severity and reach stay in the order of the tables, and of the names of namespaces.
  return powers.toSorted(
    (a, b) =>
      worstFirst(a.severity, b.severity) || SORTS.indexOf(reachSort(a.reach)) - SORTS.indexOf(reachSort(b.reach)),
  );
}
