import type { Severity, UnknownReason } from '../crds/index.ts';
import type { CheckOf, Inputs, Outcome, Target, Violation } from './check.ts';
import { PASS, SKIP } from './check.ts';

/** A violation with the check that found it. */
export interface Judged {
  readonly check: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path?: string;
  readonly container?: string;
  readonly key?: string;
}

/** A check that could not decide about an object. */
export interface UndecidedCheck {
  readonly check: string;
  readonly reason: UnknownReason;
  readonly message: string;
}

/** What a list of checks says of one object. A check that stands in none of the three lists has passed. */
export interface Judgement {
  readonly findings: readonly Judged[];
  readonly undecided: readonly UndecidedCheck[];
  readonly skipped: readonly string[];
}

/** Told of a check that threw: a defect of ours, or an object such as no API server would store. */
export type OnCheckError = (check: string, error: unknown) => void;

function attribute(
  { id, severity }: { readonly id: string; readonly severity: Severity },
  violation: Violation,
): Judged {
  return { check: id, severity, ...violation };
}

function evaluate<T extends Target>(check: CheckOf<T>, input: Inputs[T], onError: OnCheckError): Outcome {
  try {
    return check.evaluate(input);
  } catch (error) {
    onError(check.id, error);
    return { reason: 'Error', message: 'the check failed on this object; the operator log says why' };
  }
}

/** Runs every check on one input. One that throws is undecided, and the others go on. */
export function judge<T extends Target>(
  checks: readonly CheckOf<T>[],
  input: Inputs[T],
  onError: OnCheckError,
): Judgement {
  const findings: Judged[] = [];
  const undecided: UndecidedCheck[] = [];
  const skipped: string[] = [];
  for (const check of checks) {
    const outcome = evaluate(check, input, onError);
    if (outcome === PASS) continue;
    if (outcome === SKIP) skipped.push(check.id);
    else if ('reason' in outcome) undecided.push({ check: check.id, ...outcome });
    else findings.push(...outcome.map((violation) => attribute(check, violation)));
  }
  return { findings, undecided, skipped };
}
