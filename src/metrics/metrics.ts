import { Registry } from 'prom-client';
import type { QueueHooks } from '../controllers/queue.ts';
import type { ElectionHooks } from '../kube/lease.ts';
import type { OnRecordChange } from '../reports/records.ts';
import { addClient, clientFamily, type RequestHooks } from './families/client.ts';
import { addCoverage, coverageFamily, type CoverageSources } from './families/coverage.ts';
import { addExceptions, exceptionsFamily, type ExceptionCounts } from './families/exceptions.ts';
import {
  addFindings,
  findingsFamily,
  findingsText,
  type KnownCheck,
  type ViolationCounts,
  type ViolationHooks,
} from './families/findings.ts';
import {
  addNotifications,
  notificationsFamily,
  type NotificationHooks,
  type NotificationSources,
} from './families/notifications.ts';
import { addProcess, addRuntime, processFamily, type Build, type ProcessSources } from './families/process.ts';
import { addQueues, queueFamily, type QueueSource } from './families/queue.ts';
import { addReports, reportsFamily, type CheckHooks, type ReportHooks } from './families/reports.ts';
import {
  addDropped,
  singleObjects,
  singleObjectsFamily,
  type SingleObjects,
  type SingleObjectsOptions,
} from './families/single-objects.ts';
import { addWatches, watchesFamily, type WatchHooks, type WatchSources } from './families/watches.ts';
import type { MetricFamily } from './rows.ts';

/** Every metric of our own making, in the order of the documentation. */
export const METRIC_FAMILIES: readonly MetricFamily[] = [
  findingsFamily,
  singleObjectsFamily,
  coverageFamily,
  exceptionsFamily,
  reportsFamily,
  notificationsFamily,
  watchesFamily,
  queueFamily,
  clientFamily,
  processFamily,
];

/** What is read at each scrape; all of it is kept by others, so that a scrape only prints. */
export interface MetricSources extends WatchSources, ProcessSources, CoverageSources {
  readonly violations: ViolationCounts;
  readonly exceptions: ExceptionCounts;
  readonly notifications: NotificationSources;
  readonly knownChecks: readonly KnownCheck[];
  /** Whether what the reports say is shown: by the leader alone, and not before its first pass is done. */
  readonly exposeFindings: () => boolean;
  /** Seconds of a clock that never runs backwards. */
  readonly monotonicSeconds: () => number;
}

export interface MetricsOptions extends Build, SingleObjectsOptions {
  readonly sources: MetricSources;
  /** Whether Node's own metrics are shown too; they observe the process for as long as it lives. */
  readonly runtime: boolean;
}

/** The callbacks that each part is handed to tell what it does, and the printed result. */
export interface Metrics {
  readonly reflectorHooks: WatchHooks;
  readonly clientHooks: RequestHooks;
  readonly reportHooks: ReportHooks;
  readonly checkHooks: CheckHooks;
  readonly violationHooks: ViolationHooks;
  readonly notificationHooks: NotificationHooks;
  readonly electionHooks: Pick<Required<ElectionHooks>, 'onSlowRenewal'>;
  /** Any change of what is stored. */
  readonly onRecordChange: OnRecordChange;
  /** Adds a work queue and the controller that it feeds. */
  readonly queueHooks: (name: string, source: QueueSource) => Required<QueueHooks>;
  /** The exposition in Prometheus' text format. */
  readonly render: () => Promise<string>;
  readonly contentType: string;
}

/** What only the leader shows, and only when everything has been judged once. */
function addLeaderMetrics(
  sources: MetricSources,
  objects: SingleObjects,
): { readonly violationHooks: ViolationHooks; readonly render: () => Promise<string> } {
  const registry = new Registry();
  const violationHooks = addFindings(registry, sources.violations, sources.knownChecks);
  addCoverage(registry, sources);
  const exceptions = addExceptions(registry, sources.exceptions);
  addDropped(registry, () => objects.dropped() + exceptions.dropped());
  return {
    violationHooks,
    render: async () => [findingsText(sources.violations), objects.text(), await registry.metrics(), ''].join('\n'),
  };
}

/** All metrics of one operator, on registries of their own. */
export function createMetrics(options: MetricsOptions): Metrics {
  const { sources, runtime } = options;
  const objects = singleObjects(options);
  const leader = addLeaderMetrics(sources, objects);
  const operation = new Registry();
  const reports = addReports(
    operation,
    sources.knownChecks.map(({ id }) => id),
  );
  const notificationHooks = addNotifications(operation, sources.notifications);
  const reflectorHooks = addWatches(operation, sources);
  const queueHooks = addQueues(operation, sources.monotonicSeconds);
  const clientHooks = addClient(operation);
  const electionHooks = addProcess(operation, options, sources);
  if (runtime) addRuntime(operation);
  return {
    reflectorHooks,
    clientHooks,
    reportHooks: reports,
    checkHooks: reports,
    violationHooks: leader.violationHooks,
    notificationHooks,
    electionHooks,
    onRecordChange: objects.onRecordChange,
    queueHooks,
    render: async () => (sources.exposeFindings() ? await leader.render() : '') + (await operation.metrics()),
    contentType: operation.contentType,
  };
}
