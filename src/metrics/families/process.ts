import { collectDefaultMetrics, type Registry } from 'prom-client';
import type { ElectionHooks } from '../../kube/lease.ts';
import { addCounter, addGauge, counter, gauge, type MetricFamily } from '../rows.ts';

const rows = {
  buildInfo: gauge('plimsoll_build_info', 'Always 1; the labels say which build this is.', ['version', 'revision']),
  configInfo: gauge(
    'plimsoll_config_info',
    'Always 1; the label is a fingerprint of the settings, the same for all replicas that are set up alike.',
    ['hash'],
  ),
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
  slowPath: counter(
    'leader_election_slowpath_total',
    "Total number of slow path exercised in renewing leader leases. 'name' is the string used to identify the lease. Please make sure to group by name.",
    ['name'],
  ),
};

export const processFamily: MetricFamily = { title: 'The operator itself', rows };

export interface Build {
  readonly version: string;
  /** The commit that it was built from. */
  readonly revision: string;
  /** Fingerprint of the settings. */
  readonly configHash: string;
}

export interface ProcessSources {
  /** Undefined until the API server told its time. */
  readonly clockSkewSeconds: () => number | undefined;
  /** The lease and whether we hold it. Left out if there is no election. */
  readonly leader?: { readonly lease: string; readonly isLeader: () => boolean };
}

/** Registers what this process is. */
export function addProcess(
  registry: Registry,
  { version, revision, configHash }: Build,
  { leader, clockSkewSeconds }: ProcessSources,
): Pick<Required<ElectionHooks>, 'onSlowRenewal'> {
  addGauge(registry, rows.buildInfo, () => [[{ version, revision }, 1]]);
  addGauge(registry, rows.configInfo, () => [[{ hash: configHash }, 1]]);
  addGauge(registry, rows.clockSkew, () => {
    const skew = clockSkewSeconds();
    return skew === undefined ? [] : [[{}, skew]];
  });
  if (leader === undefined) return { onSlowRenewal: () => undefined };
  const name = leader.lease;
  addGauge(registry, rows.leader, () => [[{ name }, leader.isLeader() ? 1 : 0]]);
  const slowPath = addCounter(registry, rows.slowPath);
  slowPath.inc({ name }, 0);
  return { onSlowRenewal: () => slowPath.inc({ name }) };
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
