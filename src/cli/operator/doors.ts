import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { watchHealth } from '../../controllers/watching/watch-health.ts';
import { WATCHED, watchName } from '../../inventory/watched.ts';
import { watchEventLoop } from '../../metrics/event-loop-watch.ts';
import type { ExceptionCounts } from '../../metrics/families/exceptions.ts';
import type { NotificationSources } from '../../metrics/families/notifications.ts';
import type { ProcessSources } from '../../metrics/families/process.ts';
import { createMetrics, type Metrics, type MetricSources } from '../../metrics/metrics.ts';
import { startServer } from '../../metrics/serving/server.ts';
import type { Connected, Shared } from './context.ts';
import { scrapeAccess } from './scrape-access.ts';

/** Nothing is excepted and nobody is notified yet. */
const NO_EXCEPTIONS: ExceptionCounts = { states: () => [], expirations: () => [] };
const NO_NOTIFICATIONS: NotificationSources = { queues: () => [] };

/** Tells one set of settings from another, and shows none of them. */
function configHash({ settings }: Shared): string {
  return hash('sha256', canonicalize(settings) ?? '', 'hex').slice(0, 16);
}

/** The metrics of this operator, read from its parts at each scrape. */
export function operatorMetrics(shared: Shared, skewSeconds: () => number): Metrics {
  const { context, settings } = shared;
  return createMetrics({
    version: context.version,
    revision: context.revision,
    configHash: configHash(shared),
    level: settings.metricsLevel,
    maxSeries: settings.metricsMaxSeries,
    runtime: true,
    sources: { ...engineSources(shared), ...processSources(shared, skewSeconds) },
  });
}

type EngineSources = Omit<MetricSources, keyof ProcessSources | 'nowSeconds' | 'monotonicSeconds'>;

/** What the engine knows, once there is one. */
function engineSources({ settings: { read }, selection, parts }: Shared): EngineSources {
  const watched = WATCHED.filter(({ optional }) => optional === undefined || read.includes(optional));
  return {
    violations: {
      namespaces: () => parts.engine?.counts.namespaces() ?? [],
      checks: () => parts.engine?.counts.checks() ?? [],
      namespaceChecks: () => parts.engine?.counts.namespaceChecks() ?? [],
      reports: () => parts.engine?.counts.reports() ?? [],
    },
    exceptions: NO_EXCEPTIONS,
    notifications: NO_NOTIFICATIONS,
    knownChecks: selection.checks,
    exposeFindings: () => parts.engine?.isFirstPassDone() ?? false,
    workloads: () => parts.engine?.workloads(),
    judgedUntilSeconds: () => parts.engine?.judgedUntilSeconds(),
    firstPassSeconds: () => parts.engine?.firstPassSeconds(),
    cacheSizes: () =>
      watched.map((row) => ({ resource: watchName(row), objects: parts.engine?.inventory.count(row.kind) ?? 0 })),
  };
}

function processSources(
  { settings: { leaderElect, leaseName }, parts, timers }: Shared,
  skewSeconds: () => number,
): Omit<MetricSources, keyof EngineSources> {
  return {
    monotonicSeconds: () => timers.now() / 1000,
    nowSeconds: () => timers.wallMs() / 1000,
    clockSkewSeconds: skewSeconds,
    ...(leaderElect ? { leader: { lease: leaseName, isLeader: () => parts.election?.isLeader() ?? false } } : {}),
  };
}

/** Serves metrics and health from the first moment, so that a start that takes long can be watched. */
export async function openDoors({
  settings,
  parts,
  timers,
  logger,
  client,
  metrics,
}: Connected): Promise<{ readonly close: () => Promise<void> }> {
  const eventLoop = watchEventLoop(timers.now);
  const isLeading = (): boolean => !settings.leaderElect || (parts.election?.isLeader() ?? false);
  const { moving, synced, firstPass } = watchHealth(() => parts.engine, isLeading, timers);
  const server = await startServer({
    metricsAddress: settings.metricsAddress,
    healthAddress: settings.healthAddress,
    metrics,
    metricsSecurity: settings.metricsSecure
      ? { certFolder: settings.metricsCertDir, askAccess: scrapeAccess(client), timers }
      : undefined,
    alive: [eventLoop.check, moving],
    ready: [synced, firstPass],
    nowMs: timers.now,
    logger,
  });
  return {
    async close() {
      eventLoop.stop();
      await server.close();
    },
  };
}
