import { COMPLIANCE_LIMITS, type ComplianceControl, type ComplianceState } from '../../crds/index.ts';
import type { ReportedControl } from './scope.ts';
import type { ControlCounts } from './tally.ts';

/** What is known of all subjects when the state of a control is told. */
export interface ComplianceEvidence {
  readonly countsOf: (control: ReportedControl) => ControlCounts;
  readonly isUndecided: (check: string) => boolean;
  /** Whether the check has come to a verdict on at least one subject. */
  readonly hasJudged: (check: string) => boolean;
  /** Why no control may be called kept now, whatever its own checks say. */
  readonly reservation: string | undefined;
}

/** Ids in a message, as many as have room in it. */
const MOST_NAMED = 8;

function named(checks: readonly string[]): string {
  const shown = checks.slice(0, MOST_NAMED).join(', ');
  return checks.length > MOST_NAMED ? `${shown} and ${checks.length - MOST_NAMED} more` : shown;
}

/** Why none of the checks of a control could run; undefined if some do. */
function whyNoneRuns({ running, switchedOff, optional }: ReportedControl): string | undefined {
  if (running.length > 0) return undefined;
  if (switchedOff.length > 0) return `switched off: ${named(switchedOff)}`;
  return optional.length > 0
    ? `off unless asked for: ${named(optional)}; --checks switches them on`
    : 'no check decides it yet';
}

/** Why a control that nothing was found against is not kept for all that; undefined if it is. */
function doubt(
  reported: ReportedControl,
  { isUndecided, hasJudged, reservation }: ComplianceEvidence,
): string | undefined {
  const { running, switchedOff } = reported;
  const none = whyNoneRuns(reported);
  if (none !== undefined) return none;
  const undecided = running.filter(isUndecided);
  if (undecided.length > 0) return `could not be decided everywhere: ${named(undecided)}; the security reports say why`;
  if (switchedOff.length > 0) return `only in part, as there is switched off: ${named(switchedOff)}`;
  if (!running.some(hasJudged)) return 'there is nothing in this cluster that it applies to';
  return reservation;
}

interface Told {
  readonly state: ComplianceState;
  readonly failing?: number;
  readonly message?: string;
}

function tell(reported: ReportedControl, evidence: ComplianceEvidence): Told {
  const { control } = reported;
  if (control.how === 'manual') return { state: 'Manual', message: `decided by hand, since ${control.reason}` };
  if (control.how === 'undecidable')
    return { state: 'NotEvaluated', message: `not decided here, since ${control.reason}` };
  const { open, suppressed } = evidence.countsOf(reported);
  if (open > 0) return { state: 'Fail', failing: open };
  const message = doubt(reported, evidence);
  if (message !== undefined) return { state: 'NotEvaluated', message };
  return { state: suppressed > 0 ? 'Exempt' : 'Pass' };
}

/**
 * A control as it is reported. Strict: one finding fails it; without one it is kept only if all its checks ran and decided
 * everywhere; violations under exceptions are not kept, but exempt.
 */
export function complianceControl(reported: ReportedControl, evidence: ComplianceEvidence): ComplianceControl {
  const { control, running } = reported;
  const checks = running.slice(0, COMPLIANCE_LIMITS.maxItems['controls.checks']);
  return {
    id: control.id,
    title: control.title,
    ...(checks.length === 0 ? {} : { checks }),
    ...tell(reported, evidence),
  };
}
