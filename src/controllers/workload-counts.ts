import { parseSubjectKey, type SubjectKey } from '../inventory/subject-key.ts';
import type { ReportRecord } from '../reports/records.ts';
import { isWorkload } from './assess/assess-subject.ts';

/** How it stands with the workloads of the cluster. */
export interface WorkloadCounts {
  /** For the records of reports. */
  readonly onRecordChange: (
    key: unknown,
    before: Pick<ReportRecord, 'subject' | 'isStored'> | undefined,
    after: Pick<ReportRecord, 'subject' | 'isStored'> | undefined,
  ) => void;
  /** A subject out of scope may have come or gone. */
  readonly onExcluded: (subject: SubjectKey) => void;
  /** Each workload once: those with a report that is up to date, those out of scope, and those whose last try failed. */
  readonly states: () => Readonly<Record<'scanned' | 'excluded' | 'failed', number>>;
}

export interface WorkloadCountsOptions {
  /** Whether there is such a workload, in scope or not. */
  readonly isThere: (subject: SubjectKey) => boolean;
  /** Subjects whose last try failed. */
  readonly failing: () => Iterable<SubjectKey>;
}

const isWorkloadKey = (key: SubjectKey): boolean => isWorkload(parseSubjectKey(key));

/** So many are looked at again at the latest, so that they are not gathered for ever where nobody asks for the counts. */
const MAX_TOUCHED = 1000;

/** Counts kept up with each change: in a large cluster to count anew takes longer than all else of a scrape. */
export function createWorkloadCounts({ isThere, failing }: WorkloadCountsOptions): WorkloadCounts {
  const reported = new Set<SubjectKey>();
  const excluded = new Set<SubjectKey>();
  /** Workloads out of scope that may have come or gone: each pod names its own, so that they are asked for once, later. */
  const touched = new Set<SubjectKey>();

  function lookAtTouched(): void {
    for (const key of touched) {
      if (isThere(key)) excluded.add(key);
      else excluded.delete(key);
    }
    touched.clear();
  }

  return {
    onRecordChange(_, before, after) {
      if (before?.isStored === true) reported.delete(before.subject);
      if (after?.isStored === true && isWorkloadKey(after.subject)) reported.add(after.subject);
    },
    onExcluded(subject) {
      if (isWorkloadKey(subject)) touched.add(subject);
      if (touched.size >= MAX_TOUCHED) lookAtTouched();
    },
    states() {
      lookAtTouched();
      const failed = [...failing()].filter((key) => isWorkloadKey(key) && !excluded.has(key));
      const scanned = reported.size - failed.filter((key) => reported.has(key)).length;
      return { scanned, excluded: excluded.size, failed: failed.length };
    },
  };
}
