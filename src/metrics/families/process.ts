import { collectDefaultMetrics, type Registry } from 'prom-client';
import { addGauge, gauge, type MetricFamily } from '../rows.ts';

const rows = {
  buildInfo: gauge('plimsoll_build_info', 'Always 1; the labels say which build this is.', ['version', 'revision']),
  clockSkew: gauge(
    'plimsoll_clock_skew_seconds',
    "How far this machine's clock is ahead of the API server's; negative if behind, absent until known.",
    [],
  ),
  leader: gauge(
    'leader_election_master_status',
    "Gauge of if the reporting system is master of the relevant lease, 0 indicates backup, 1 indicates master. 'name' is the string used to identify the lease.",
    ['name'],
  ),
};

export const processFamily: MetricFamily = { title: 'The operator itself', rows };

export interface Build {
  readonly version: string;
  /** The commit that it was built from. */
  readonly revision: string;
}

export interface ProcessSources {
  /** Undefined until the API server told its time. */
  readonly clockSkewSeconds: () => number | undefined;
  /** The lease and whether we hold it. Left out if there is no election. */
  readonly leader?: { readonly lease: string; readonly isLeader: () => boolean };
}

/** Registers what this process is. */
export function addProcess(registry: Registry, { version, revision }: Build, sources: ProcessSources): void {
  const { leader } = sources;
  addGauge(registry, rows.buildInfo, () => [[{ version, revision }, 1]]);
  addGauge(registry, rows.clockSkew, () => {
    const skew = sources.clockSkewSeconds();
    return skew === undefined ? [] : [[{}, skew]];
  });
  if (leader !== undefined) {
    addGauge(registry, rows.leader, () => [[{ name: leader.lease }, leader.isLeader() ? 1 : 0]]);
  }
}

/** prom-client's own, of which the first is kept: the delay that a callback met at the time of the scrape. */
const LAG_STATISTICS = ['min', 'max', 'mean', 'stddev', 'p50', 'p90', 'p99'];

/**
 * Registers prom-client's `process_*` and `nodejs_*`, once per process. All but the statistics of the event loop's
 * lag cost nothing between scrapes: those keep a timer of 10 ms (0.5 % of a core on an idle operator) and, with a slower
 * one, show its period for the lag. So their timer sleeps and they are left out.
 */
export function addRuntime(registry: Registry): void {
  const anHourMs = 3_600_000;
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: anHourMs });
  for (const statistic of LAG_STATISTICS) registry.removeSingleMetric(`nodejs_eventloop_lag_${statistic}_seconds`);
}
