import { Registry } from 'prom-client';
import type { QueueHooks } from '../controllers/queue.ts';
import type { ClientHooks } from '../kube/client.ts';
import { addClient, clientFamily } from './families/client.ts';
import { addFindings, findingsFamily, type KnownCheck, type ViolationCounts } from './families/findings.ts';
import { addProcess, addRuntime, processFamily, type Build, type ProcessSources } from './families/process.ts';
import { addQueues, queueFamily, type QueueSource } from './families/queue.ts';
import { addReports, reportsFamily, type CheckHooks, type ReportHooks } from './families/reports.ts';
import { addWatches, watchesFamily, type WatchHooks, type WatchSources } from './families/watches.ts';
import type { MetricFamily } from './rows.ts';

/** Every metric of our own making, in the order of the documentation. */
export const METRIC_FAMILIES: readonly MetricFamily[] = [
  findingsFamily,
  reportsFamily,
  watchesFamily,
  queueFamily,
  clientFamily,
  processFamily,
];

/** What is read at each scrape; all of it is kept by others, so that a scrape only prints. */
export interface MetricSources extends WatchSources, ProcessSources {
  readonly violations: ViolationCounts;
  readonly knownChecks: readonly KnownCheck[];
  /** Whether what the reports say is shown: by the leader alone, and not before its first pass is done. */
  readonly exposeFindings: () => boolean;
  /** Seconds of a clock that never runs backwards. */
  readonly monotonicSeconds: () => number;
}

export interface MetricsOptions extends Build {
  readonly sources: MetricSources;
  /** Whether Node's own metrics are shown too; they observe the process for as long as it lives. */
  readonly runtime: boolean;
}

/** The callbacks that each part is handed to tell what it does, and the printed result. */
export interface Metrics {
  readonly reflectorHooks: WatchHooks;
  readonly clientHooks: Pick<Required<ClientHooks>, 'onRequest' | 'onRetry'>;
  readonly reportHooks: ReportHooks;
  readonly checkHooks: CheckHooks;
  /** Adds a work queue and the controller that it feeds. */
  readonly queueHooks: (name: string, source: QueueSource) => Required<QueueHooks>;
  /** The exposition in Prometheus' text format. */
  readonly render: () => Promise<string>;
  readonly contentType: string;
}

/** All metrics of one operator, on registries of their own. */
export function createMetrics({ version, revision, sources, runtime }: MetricsOptions): Metrics {
  const findings = new Registry();
  const operation = new Registry();
  addFindings(findings, sources.violations, sources.knownChecks);
  const reports = addReports(
    operation,
    sources.knownChecks.map(({ id }) => id),
  );
  const reflectorHooks = addWatches(operation, sources);
  const queueHooks = addQueues(operation, sources.monotonicSeconds);
  const clientHooks = addClient(operation);
  addProcess(operation, { version, revision }, sources);
  if (runtime) addRuntime(operation);
  return {
    reflectorHooks,
    clientHooks,
    reportHooks: reports,
    checkHooks: reports,
    queueHooks,
    render: async () => (sources.exposeFindings() ? `${await findings.metrics()}\n` : '') + (await operation.metrics()),
    contentType: operation.contentType,
  };
}
