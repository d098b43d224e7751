import type { V1Container } from '@kubernetes/client-node';
import { podCheck, SKIP, verdict } from './check.ts';
import type { CheckRow, CheckOf, PodInput, Violation } from './check.ts';
import { containersOf, unlessMalformed } from './fields.ts';
import type { Place } from './fields.ts';

/**
 * A pod check that looks at one container at a time; a field of a wrong type makes it undecided. `skips` tells the pods to
 * which it does not apply, by default none.
 */
export function containerCheck({
  skips,
  evaluate,
  ...rule
}: CheckRow & {
  readonly evaluate: (container: Place<V1Container>, pod: PodInput) => readonly Violation[];
  readonly skips?: (pod: PodInput) => boolean;
}): CheckOf<'pod'> {
  return podCheck({
    ...rule,
    maySkip: skips !== undefined,
    mayBeUndecided: true,
    evaluate: (pod) =>
      unlessMalformed(() =>
        skips?.(pod) === true ? SKIP : verdict(containersOf(pod).flatMap((container) => evaluate(container, pod))),
      ),
  });
}
