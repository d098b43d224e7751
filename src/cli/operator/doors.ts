import { watchHealth } from '../../controllers/watching/watch-health.ts';
import { WATCHED, watchName } from '../../inventory/watched.ts';
import { watchEventLoop } from '../../metrics/event-loop-watch.ts';
import { createMetrics, type Metrics } from '../../metrics/metrics.ts';
import { startServer } from '../../metrics/serving/server.ts';
import type { Connected, Shared } from './context.ts';
import { scrapeAccess } from './scrape-access.ts';

/** The metrics of this operator, read from its parts at each scrape. */
export function operatorMetrics(
  { settings, selection, context, parts, timers }: Shared,
  skewSeconds: () => number,
): Metrics {
  const { leaderElect, leaseName, read } = settings;
  const watched = WATCHED.filter(({ optional }) => optional === undefined || read.includes(optional));
  return createMetrics({
    version: context.version,
    revision: context.revision,
    runtime: true,
    sources: {
      violations: {
        namespaces: () => parts.engine?.counts.namespaces() ?? [],
        checks: () => parts.engine?.counts.checks() ?? [],
        reports: () => parts.engine?.counts.reports() ?? [],
      },
      knownChecks: selection.checks,
      exposeFindings: () => parts.engine?.isFirstPassDone() ?? false,
      monotonicSeconds: () => timers.now() / 1000,
      nowSeconds: () => timers.wallMs() / 1000,
      cacheSizes: () =>
        watched.map((row) => ({ resource: watchName(row), objects: parts.engine?.inventory.count(row.kind) ?? 0 })),
      clockSkewSeconds: skewSeconds,
      ...(leaderElect ? { leader: { lease: leaseName, isLeader: () => parts.election?.isLeader() ?? false } } : {}),
    },
  });
}

/** Serves metrics and health from the first moment, so that a start that takes long can be watched. */
export async function openDoors(
  { settings, parts, timers, logger, client }: Connected,
  metrics: Metrics,
): Promise<{ readonly close: () => Promise<void> }> {
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
