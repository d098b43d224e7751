import type { Severity, UnknownReason } from '../crds/index.ts';

/** What is wrong, and where. */
export interface Violation {
  /** The field, from the top of the judged object (of the Pod, for templates); for display only. */
  readonly path?: string;
  /** One sentence. Never a secret value, a pod name or a count that changes by itself. */
  readonly message: string;
  readonly container?: string;
  /** Tells several violations of one check in one container apart, whatever their order: a volume, a capability. */
  readonly key?: string;
  /** Only where the evidence decides; otherwise the check's own holds. */
  readonly severity?: Severity;
}

/** Data or permission is missing, so nothing may be claimed. */
export interface Undecided {
  readonly reason: UnknownReason;
  readonly message: string;
}

/** The rule was looked at and holds. */
export const PASS = 'pass';
/** The rule does not apply to this object. */
export const SKIP = 'skip';

/** The rule was applied: it holds, or there is at least one violation. */
export type Decision = typeof PASS | readonly Violation[];

/** The answer of a check: pass, skip, at least one violation, or undecided with the reason. */
export type Outcome = Decision | typeof SKIP | Undecided;

/** A violation at a field; `more` carries key, container or severity. */
export function finding(path: string, message: string, more: Omit<Violation, 'path' | 'message'> = {}): Violation {
  return { path, message, ...more };
}

/** The given violations, or a pass if there is none. */
export function verdict(violations: readonly Violation[]): Decision {
  return violations.length === 0 ? PASS : violations;
}
