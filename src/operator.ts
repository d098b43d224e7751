import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { CATALOGUE } from './checks/catalogue.ts';
import { createLogger } from './cli/logging.ts';
import type { OperatorSettings } from './cli/operator-options.ts';
import { UsageError } from './cli/settings.ts';
import { startEngine, type Engine, type EngineHooks } from './controllers/engine.ts';
import { createScope } from './controllers/scope.ts';
import { watchHealth } from './controllers/watch-health.ts';
import { WATCHED } from './inventory/watched.ts';
import { loadKubeConfig } from './kube/auth.ts';
import { createClock, type Clock } from './kube/clock.ts';
import { serverVersion, type ServerVersion } from './kube/discovery.ts';
import { startElection, type Election } from './kube/lease.ts';
import type { Logger } from './kube/logger.ts';
import { systemTimers } from './kube/timers.ts';
import { createClient, type KubeClient } from './kube/transport.ts';
import { watchEventLoop } from './metrics/event-loop-watch.ts';
import { createMetrics, type Metrics } from './metrics/metrics.ts';
import { startServer, type RunningServer } from './metrics/server.ts';

export interface OperatorContext {
  readonly version: string;
  readonly revision: string;
  readonly hostName: string;
  readonly output: NodeJS.WritableStream;
  /** Aborted when the operator shall end. */
  readonly signal: AbortSignal;
}

const timers = systemTimers;
const VERSION_RETRY_MS = 2000;
const VERSION_POLL_MS = 5 * 60 * 1000;

/** What is there once it has been started; metrics and health look here at each question. */
interface Parts {
  engine?: Engine;
  election?: Election;
}

function metricsOf(settings: OperatorSettings, context: OperatorContext, parts: Parts, clock: Clock): Metrics {
  const { version, revision } = context;
  const { leaderElect, leaseName } = settings;
  return createMetrics({
    version,
    revision,
    runtime: true,
    sources: {
      violations: {
        namespaces: () => parts.engine?.counts.namespaces() ?? [],
        checks: () => parts.engine?.counts.checks() ?? [],
        reports: () => parts.engine?.counts.reports() ?? [],
      },
      knownChecks: CATALOGUE,
      exposeFindings: () => parts.engine?.isFirstPassDone() ?? false,
      monotonicSeconds: () => timers.now() / 1000,
      nowSeconds: () => timers.wallMs() / 1000,
      cacheSizes: () =>
        WATCHED.map(({ kind, resource }) => ({ resource, objects: parts.engine?.inventory.count(kind) ?? 0 })),
      clockSkewSeconds: clock.skewSeconds,
      ...(leaderElect ? { leader: { lease: leaseName, isLeader: () => parts.election?.isLeader() ?? false } } : {}),
    },
  });
}

/** Serves metrics and health from the first moment, so that a start that takes long can be watched. */
async function openDoors(
  settings: OperatorSettings,
  metrics: Metrics,
  parts: Parts,
  logger: Logger,
): Promise<RunningServer & { stop: () => Promise<void> }> {
  const eventLoop = watchEventLoop(timers.now);
  const isLeading = (): boolean => !settings.leaderElect || (parts.election?.isLeader() ?? false);
  const { moving, synced, firstPass } = watchHealth(() => parts.engine, isLeading, timers);
  const server = await startServer({
    metricsAddress: settings.metricsAddress,
    healthAddress: settings.healthAddress,
    metrics,
    alive: [eventLoop.check, moving],
    ready: [synced, firstPass],
    nowMs: timers.now,
    logger,
  });
  return {
    ...server,
    async stop() {
      eventLoop.stop();
      await server.close();
    },
  };
}

/** Asks until the API server answers; undefined if the operator shall end first. */
async function reachServer(
  client: KubeClient,
  logger: Logger,
  signal: AbortSignal,
): Promise<ServerVersion | undefined> {
  while (!signal.aborted) {
    try {
      return await serverVersion(client);
    } catch (error) {
      logger.warn('cannot reach the API server; will try again', { error });
      await timers.sleep(VERSION_RETRY_MS, signal);
    }
  }
  return undefined;
}

function leaseNamespace(settings: OperatorSettings): string {
  const config = loadKubeConfig(settings);
  const namespace = settings.leaderElectionNamespace ?? config.getContextObject(config.getCurrentContext())?.namespace;
  if (namespace !== undefined) return namespace;
  throw new UsageError('--leader-election-namespace is needed outside a cluster, or --no-leader-elect');
}

function elect(
  settings: OperatorSettings,
  context: OperatorContext,
  parts: Required<Pick<Parts, 'engine'>>,
  tools: Tools,
): Election {
  const { logger, client, signal } = tools;
  return startElection({
    client,
    namespace: leaseNamespace(settings),
    name: settings.leaseName,
    identity: `${context.hostName}_${randomUUID()}`,
    hooks: {
      onStarted: (previousRenewTime) => void lead(parts.engine, previousRenewTime, logger),
      onStopped: (reason) => {
        logger.info('not leading any more', { reason });
        parts.engine.follow();
      },
    },
    logger,
    timers,
    signal,
  });
}

/** What talks to the outside; the signal ends the election, after all else. */
interface Tools {
  readonly client: KubeClient;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

async function lead(engine: Engine, watchedUntil: Date | undefined, logger: Logger): Promise<void> {
  logger.info('leading: the first pass begins');
  const startedMs = timers.now();
  try {
    await engine.lead(watchedUntil);
    logger.info('the first pass is done', { seconds: Math.round((timers.now() - startedMs) / 100) / 10 });
  } catch (error) {
    logger.error('the first pass failed', { error });
  }
}

/** Resolves when the server speaks another minor version than the one that judges, three times in a row. */
async function versionChange(judging: ServerVersion, { client, logger }: Tools, signal: AbortSignal): Promise<void> {
  for (let seen = 0; seen < 3 && !signal.aborted;) {
    await timers.sleep(VERSION_POLL_MS, signal);
    try {
      const { major, minor } = await serverVersion(client);
      seen = major === judging.major && minor === judging.minor ? 0 : seen + 1;
    } catch (error) {
      logger.debug('cannot ask for the version of the API server', { error });
    }
  }
}

/** Runs from the first answer of the API server to the signal, or to an upgrade of that server. */
async function runEngine(
  settings: OperatorSettings,
  context: OperatorContext,
  parts: Parts,
  tools: Tools,
  hooks: EngineHooks,
  now: () => Date,
): Promise<void> {
  const { signal } = context;
  const server = await reachServer(tools.client, tools.logger, signal);
  if (server === undefined) return;
  const ending = new AbortController();
  const engine = startEngine({
    client: tools.client,
    scope: createScope({ include: settings.namespaces, exclude: settings.excludeNamespaces }),
    concurrency: settings.concurrency,
    writesPerSecond: settings.writeQps,
    server,
    podSecurityMinor: settings.podSecurityMinor ?? server.minor,
    now,
    timers,
    logger: tools.logger,
    signal: ending.signal,
    hooks,
  });
  parts.engine = engine;
  tools.logger.info('watching', {
    server: server.gitVersion,
    podSecurityVersion: `v1.${settings.podSecurityMinor ?? server.minor}`,
  });
  if (settings.leaderElect) parts.election = elect(settings, context, { engine }, tools);
  else void lead(engine, undefined, tools.logger);
  await Promise.race([aborted(signal), versionChange(server, tools, signal)]);
  tools.logger.info(
    signal.aborted ? 'ending' : 'ending: the API server was upgraded, and is to be judged by its new version',
  );
  await Promise.race([engine.stop(), timers.sleep(settings.shutdownTimeoutSeconds * 1000)]);
  ending.abort();
  await engine.watching.done;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

/**
 * Runs the operator until the signal. Resolves to the exit code.
 * @throws UsageError, KubeConfigError or ListenError if it cannot start at all
 */
export async function runOperator(settings: OperatorSettings, context: OperatorContext): Promise<number> {
  const logger = createLogger({ level: settings.logLevel, format: settings.logFormat, stream: context.output });
  const parts: Parts = {};
  const clock = createClock({ monotonicMs: timers.now, wallMs: timers.wallMs });
  const metrics = metricsOf(settings, context, parts, clock);
  const client = createClient({
    loadConfig: () => loadKubeConfig(settings),
    userAgent: `plimsoll/${context.version}`,
    hooks: { ...metrics.clientHooks, onServerDate: clock.observe },
    timers,
  });
  const leaving = new AbortController();
  const doors = await openDoors(settings, metrics, parts, logger);
  try {
    await runEngine(
      settings,
      context,
      parts,
      { client, logger, signal: leaving.signal },
      engineHooks(settings, metrics),
      clock.now,
    );
  } finally {
    // Only now that nothing is written any more may another replica take over.
    leaving.abort();
    await parts.election?.done;
    await doors.stop();
    await client.close();
  }
  logger.info('ended');
  return 0;
}

function engineHooks({ concurrency }: OperatorSettings, metrics: Metrics): EngineHooks {
  return {
    reflector: metrics.reflectorHooks,
    queue: (depth) => metrics.queueHooks('subjects', { depth, workers: concurrency }),
    onWrite: metrics.reportHooks.onWrite,
    onCheckError: metrics.checkHooks.onError,
  };
}
