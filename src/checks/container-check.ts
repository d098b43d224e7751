import type { V1Container } from '@kubernetes/client-node';
import { podCheck, verdict } from './check.ts';
import type { CheckOf, Violation } from './check.ts';
import { containersOf, unlessMalformed } from './fields.ts';
import type { Place } from './fields.ts';

/** A pod check that looks at one container at a time; a field of a wrong type makes it undecided. */
export function containerCheck(
  rule: Omit<CheckOf<'pod'>, 'target' | 'evaluate'> & {
    readonly evaluate: (container: Place<V1Container>) => readonly Violation[];
  },
): CheckOf<'pod'> {
  return podCheck({
    ...rule,
    evaluate: (pod) =>
      unlessMalformed(() => verdict(containersOf(pod).flatMap((container) => rule.evaluate(container)))),
  });
}
