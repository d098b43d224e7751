import type { Registry } from 'prom-client';
import type { WriteResult } from '../../reports/write.ts';
import { addCounter, addHistogram, counter, histogram, type MetricFamily } from '../rows.ts';

const rows = {
  writes: counter(
    'plimsoll_report_writes_total',
    'Attempts to bring a report up to date, by result; unchanged ones cost no request.',
    ['result'],
  ),
  detectionLatency: histogram(
    'plimsoll_detection_latency_seconds',
    'Seconds from the event that changed a subject until its report was stored.',
    [],
    [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 15, 30, 60, 120, 300],
  ),
  checkErrors: counter('plimsoll_check_errors_total', 'Evaluations of a check that ended with an error.', ['check']),
};

export const reportsFamily: MetricFamily = { title: 'Judging and writing', rows };

const WRITE_RESULTS: readonly WriteResult[] = ['created', 'updated', 'unchanged', 'deleted', 'error'];

export interface ReportHooks {
  /** `detectionSeconds`: since the event that made the subject dirty; left out if no event did (a resync, a sweep). */
  readonly onWrite: (result: WriteResult, detectionSeconds?: number) => void;
}

export interface CheckHooks {
  readonly onError: (check: string) => void;
}

/** Registers what becomes of judgements. Results and `checkIds` start at zero, so that a first error is a visible rise. */
export function addReports(registry: Registry, checkIds: readonly string[]): ReportHooks & CheckHooks {
  const writes = addCounter(registry, rows.writes);
  const latency = addHistogram(registry, rows.detectionLatency);
  const checkErrors = addCounter(registry, rows.checkErrors);
  for (const result of WRITE_RESULTS) writes.inc({ result }, 0);
  for (const check of checkIds) checkErrors.inc({ check }, 0);
  return {
    onWrite: (result, detectionSeconds) => {
      writes.inc({ result });
      if (detectionSeconds !== undefined) latency.observe(detectionSeconds);
    },
    onError: (check) => checkErrors.inc({ check }),
  };
}
