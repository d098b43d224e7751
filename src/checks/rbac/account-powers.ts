import { compareTexts } from '../../inventory/collections/compare-texts.ts';
import type { EffectiveGrant } from '../../inventory/facts/rbac.ts';
import type { ServiceAccountInput } from '../check.ts';
import { COMBINATIONS } from './combinations.ts';
import { powerAt, worstFirst, type PowerHeld } from './evidence.ts';
import { rulesHeld, type SubjectRule } from './held-rules.ts';
import { withoutImplied } from './implied.ts';
import { powerIn, type Power } from './power.ts';
import { POWERS } from './powers.ts';
import { covers, WHOLE_CLUSTER, type Reach } from './reach.ts';

/** What a ServiceAccount can do, by which of the rules that it holds. */
export type AccountPower = PowerHeld<SubjectRule>;

const ALL: readonly Power[] = [...COMBINATIONS, ...POWERS];

/** From the whole cluster to an ordinary namespace; the same for the same places. */
const SORTS = ['cluster', 'privileged', 'namespace'] as const;

/** The places that any of the rules reaches. */
function placesOf(rules: readonly SubjectRule[]): readonly Reach[] {
  const places = new Map(
    rules.flatMap(({ reach }) => (reach.namespace === undefined ? [] : [[reach.namespace, reach] as const])),
  );
  return [WHOLE_CLUSTER, ...[...places].sort(([a], [b]) => compareTexts(a, b)).map(([, reach]) => reach)];
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
export function powersOfAccount(
  grants: readonly EffectiveGrant[],
  { server, parameters }: Pick<ServiceAccountInput, 'server' | 'parameters'>,
): readonly AccountPower[] {
  const rules = grants.flatMap(({ binding, subject, rules: granted }) =>
    rulesHeld(binding, subject, granted, parameters),
  );
  if (rules.length === 0) return [];
  const places = placesOf(rules);
  const powers = withoutImplied(ALL.flatMap((power) => everywhere(powerIn(server, power), rules, places)));
  // The sort is stable: the same severity and reach stay in the order of the tables, and of the names of namespaces.
  return powers.toSorted(
    (a, b) => worstFirst(a.severity, b.severity) || SORTS.indexOf(a.reach.sort) - SORTS.indexOf(b.reach.sort),
  );
}
