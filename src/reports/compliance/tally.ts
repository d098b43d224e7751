import type { OnRecordChange, ReportRecord } from '../records.ts';
import type { ReportedControl } from './scope.ts';

/** How many subjects violate the checks of a control. */
export interface ControlCounts {
  /** By an open finding. */
  readonly open: number;
  /** By a finding under an exception. */
  readonly suppressed: number;
}

/** What all reports together say of controls, kept up with each change of one. */
export interface ComplianceTally {
  readonly change: OnRecordChange;
  readonly countsOf: (control: ReportedControl) => ControlCounts;
  /** Whether a report says that the check could not be decided. */
  readonly isUndecided: (check: string) => boolean;
  /** Whether a report was cut, so that it may hold more than it shows. */
  readonly isCut: () => boolean;
}

interface Violated {
  readonly open: ReadonlySet<string>;
  readonly suppressed: ReadonlySet<string>;
}

/** The checks that a report finds violated; one that follows from another counts like it. */
function violatedIn({ findings }: ReportRecord): Violated {
  const open = new Set<string>();
  const suppressed = new Set<string>();
  for (const { check, implies = [], isSuppressed } of findings) {
    const side = isSuppressed === true ? suppressed : open;
    side.add(check);
    for (const implied of implies) side.add(implied);
  }
  return { open, suppressed };
}

/** Counts for these controls, by subject: however many findings a subject has, it counts once for each control. */
export function createComplianceTally(controls: readonly ReportedControl[]): ComplianceTally {
  const counts = new Map(controls.map((control) => [control, { open: 0, suppressed: 0 }]));
  const byCheck = new Map<string, ReportedControl[]>();
  for (const control of controls) {
    for (const check of control.running) byCheck.set(check, [...(byCheck.get(check) ?? []), control]);
  }
  const undecided = new Map<string, number>();
  let cut = 0;

  function count(checks: ReadonlySet<string>, side: 'open' | 'suppressed', sign: 1 | -1): void {
    const touched = new Set([...checks].flatMap((check) => byCheck.get(check) ?? []));
    for (const control of touched) {
      const entry = counts.get(control);
      if (entry !== undefined) entry[side] += sign;
    }
  }

  function add(record: ReportRecord | undefined, sign: 1 | -1): void {
    if (record?.isStored !== true) return;
    const { open, suppressed } = violatedIn(record);
    count(open, 'open', sign);
    count(suppressed, 'suppressed', sign);
    for (const check of record.unknown) undecided.set(check, (undecided.get(check) ?? 0) + sign);
    if (record.isCut) cut += sign;
  }

  return {
    change(_, before, after) {
      add(before, -1);
      add(after, 1);
    },
    countsOf: (control) => counts.get(control) ?? { open: 0, suppressed: 0 },
    isUndecided: (check) => (undecided.get(check) ?? 0) > 0,
    isCut: () => cut > 0,
  };
}
