import type { Condition } from '../../crds/index.ts';
import { toTime } from '../../reports/first-seen.ts';

/** What a condition says, without when. */
export type ConditionFact = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

/** The conditions of an object by what is so now; the time of one stands still with its status. */
export function conditionsOf(
  facts: readonly ConditionFact[],
  before: readonly Condition[] | undefined,
  generation: number,
  now: Date,
): readonly Condition[] {
  const known = new Map(before?.map((condition) => [condition.type, condition]));
  return facts.map((fact): Condition => {
    const same = known.get(fact.type);
    const lastTransitionTime = same?.status === fact.status ? same.lastTransitionTime : toTime(now);
    return { ...fact, observedGeneration: generation, lastTransitionTime };
  });
}
