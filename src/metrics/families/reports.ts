import type { Registry } from 'prom-client';
import { WRITE_RESULTS, type WriteResult } from '../../reports/write.ts';
import { addCounter, addHistogram, counter, histogram, type MetricFamily } from '../rows.ts';

/** Up to the size at which findings are cut from a report. */
const SIZE_BYTES = [1, 2, 4, 8, 16, 32, 64, 128, 256].map((kibibytes) => kibibytes * 1024);

const SCAN_SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1];

const rows = {
  writes: counter(
    'plimsoll_report_writes_total',
    'Attempts to bring a report up to date, by result; unchanged ones cost no request.',
    ['result'],
  ),
  size: histogram('plimsoll_report_size_bytes', 'Bytes of the JSON of a report that was written.', [], SIZE_BYTES),
  scanDuration: histogram(
    'plimsoll_scan_duration_seconds',
    'Seconds that judging one subject took, without reading and writing.',
    [],
    SCAN_SECONDS,
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

export interface ReportHooks {
  /** `detectionSeconds`: since the event that made the subject dirty; left out if no event did (a resync, a sweep). */
  readonly onWrite: (result: WriteResult, detectionSeconds?: number) => void;
  /** Of a report that was written. */
  readonly onSize: (sizeBytes: number) => void;
}

export interface CheckHooks {
  readonly onError: (check: string) => void;
  /** How long it took to judge one subject. */
  readonly onScanned: (seconds: number) => void;
}

/** Registers what becomes of judgements. Results and `checkIds` start at zero, so that a first error is a visible rise. */
export function addReports(registry: Registry, checkIds: readonly string[]): ReportHooks & CheckHooks {
  const writes = addCounter(registry, rows.writes);
  const size = addHistogram(registry, rows.size);
  const scanDuration = addHistogram(registry, rows.scanDuration);
  const latency = addHistogram(registry, rows.detectionLatency);
  const checkErrors = addCounter(registry, rows.checkErrors);
  for (const result of WRITE_RESULTS) writes.inc({ result }, 0);
  for (const check of checkIds) checkErrors.inc({ check }, 0);
  return {
    onWrite: (result, detectionSeconds) => {
      writes.inc({ result });
      if (detectionSeconds !== undefined) latency.observe(detectionSeconds);
    },
    onSize: (sizeBytes) => size.observe(sizeBytes),
    onScanned: (seconds) => scanDuration.observe(seconds),
    onError: (check) => checkErrors.inc({ check }),
  };
}
