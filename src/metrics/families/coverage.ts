import type { Registry } from 'prom-client';
import type { WorkloadCounts } from '../../controllers/workload-counts.ts';
import { addGauge, gauge, type MetricFamily, type Sample } from '../rows.ts';

const rows = {
  workloads: gauge(
    'plimsoll_workloads',
    'Workloads by state: scanned (the report is up to date), excluded (out of scope) or failed (the last try to judge it or to write its report failed).',
    ['state'],
  ),
  lastFullScan: gauge(
    'plimsoll_last_full_scan_timestamp_seconds',
    'Unix time up to which all that happened in the cluster was seen and judged. It follows the present by about a minute, and stands still while a change waits or a watch is broken.',
    [],
  ),
  fullScanDuration: gauge(
    'plimsoll_full_scan_duration_seconds',
    'Seconds that the first pass over everything took; after it only what changes is judged.',
    [],
  ),
};

export const coverageFamily: MetricFamily = { title: 'What is judged', rows };

export interface CoverageSources {
  readonly workloads: () => ReturnType<WorkloadCounts['states']> | undefined;
  /** Unix time in seconds up to which everything is judged. */
  readonly judgedUntilSeconds: () => number | undefined;
  readonly firstPassSeconds: () => number | undefined;
}

/** Registers how much of the cluster is judged, and up to when. */
export function addCoverage(registry: Registry, sources: CoverageSources): void {
  addGauge(registry, rows.workloads, () =>
    Object.entries(sources.workloads() ?? {}).map(([state, count]) => [{ state }, count]),
  );
  addGauge(registry, rows.lastFullScan, () => valueIfKnown(sources.judgedUntilSeconds()));
  addGauge(registry, rows.fullScanDuration, () => valueIfKnown(sources.firstPassSeconds()));
}

const valueIfKnown = (value: number | undefined): readonly Sample<never>[] =>
  value === undefined ? [] : [[{}, value]];
