import type { SecurityExceptionStatus } from '../../crds/index.ts';
import { toTime } from '../../reports/first-seen.ts';
import type { Standing } from '../../reports/exceptions/policy.ts';
import { conditionsOf, type ConditionFact } from '../status/conditions.ts';
import type { StoredException } from './exception-store.ts';

/** What an exception came to, when everything had been judged. */
export interface Outcome {
  readonly standing: Standing;
  /** Findings that it matches. */
  readonly matched: number;
}

type State = 'Active' | 'Denied' | 'Expired' | 'Unmatched';
const fact = (type: State, holds: boolean, reason: string, message: string): ConditionFact => ({
  type,
  status: holds ? 'True' : 'False',
  reason,
  message,
});

const CONDITIONS: readonly ((outcome: Outcome) => ConditionFact)[] = [
  ({ standing: { state, message } }) => fact('Active', state === 'Active', state, message),
  ({ standing: { state, reason, message } }) =>
    state === 'Denied' ? fact('Denied', true, reason, message) : fact('Denied', false, 'Allowed', 'It is allowed.'),
  ({ standing: { state, message } }) =>
    state === 'Expired'
      ? fact('Expired', true, 'Expired', message)
      : fact('Expired', false, 'NotExpired', 'Its end has not come.'),
  ({ standing: { state }, matched }) =>
    state === 'Active' && matched === 0
      ? fact('Unmatched', true, 'NoFinding', 'There is nothing that it accepts: it may be deleted.')
      : fact('Unmatched', false, state === 'Active' ? 'Matched' : state, 'It matches findings, or is not active.'),
];

/**
 * The status of an exception; equal to the one it has if nothing of it changed, as times stand still with what they are about.
 */
export function statusOf({ exception, status }: StoredException, outcome: Outcome, now: Date): SecurityExceptionStatus {
  const { matched } = outcome;
  const facts = CONDITIONS.map((factOf) => factOf(outcome));
  const conditions = conditionsOf(facts, status?.conditions, exception.generation, now);
  const lastMatchedTime = matched > 0 && matched !== status?.matchedFindings ? toTime(now) : status?.lastMatchedTime;
  return {
    observedGeneration: exception.generation,
    conditions,
    matchedFindings: matched,
    ...(lastMatchedTime === undefined ? {} : { lastMatchedTime }),
  };
}
