import type { V1Container } from '@kubernetes/client-node';
import { podCheck, verdict } from './check.ts';
import type { CheckOf, Violation } from './check.ts';
import { containersOf, MalformedField } from './pod-security/fields.ts';
import type { Place } from './pod-security/fields.ts';

/** A pod check that looks at one container at a time; a field of a wrong type makes it undecided. */
export function containerCheck(
  rule: Omit<CheckOf<'pod'>, 'target' | 'evaluate'> & {
    readonly evaluate: (container: Place<V1Container>) => readonly Violation[];
  },
): CheckOf<'pod'> {
  return podCheck({
    ...rule,
    evaluate: (pod) => {
      try {
        return verdict(containersOf(pod).flatMap((container) => rule.evaluate(container)));
      } catch (error) {
        if (error instanceof MalformedField) return { reason: 'Malformed', message: error.message };
        throw error;
      }
    },
  });
}
