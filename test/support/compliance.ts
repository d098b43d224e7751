import { byChecks } from '../../src/checks/frameworks/framework.ts';
import type { ReportedControl } from '../../src/reports/compliance/scope.ts';
import type { ComplianceEvidence } from '../../src/reports/compliance/state.ts';

/** A control that these checks decide, all of which run but for what is given. */
export function reported(running: readonly string[], more: Partial<ReportedControl> = {}): ReportedControl {
  return { control: byChecks('1.1', 'All is well'), running, switchedOff: [], optional: [], ...more };
}

/** Everything was judged, and nothing found, but for what is given. */
export function evidence(more: Partial<ComplianceEvidence> = {}): ComplianceEvidence {
  return {
    countsOf: () => ({ open: 0, suppressed: 0 }),
    isUndecided: () => false,
    hasJudged: () => true,
    reservation: undefined,
    ...more,
  };
}
