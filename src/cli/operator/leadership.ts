import { randomUUID } from 'node:crypto';
import type { Engine } from '../../controllers/engine.ts';
import { loadKubeConfig } from '../../kube/auth.ts';
import { startElection, type Election } from '../../kube/lease.ts';
import { UsageError } from '../settings.ts';
import type { Connected } from './context.ts';

function leaseNamespace({ settings }: Connected): string {
  const config = loadKubeConfig(settings);
  const namespace = settings.leaderElectionNamespace ?? config.getContextObject(config.getCurrentContext())?.namespace;
  if (namespace !== undefined) return namespace;
  throw new UsageError('--leader-election-namespace is needed outside a cluster, or --no-leader-elect');
}

/** Runs the first pass, and says so. */
export async function lead(
  engine: Engine,
  watchedUntil: Date | undefined,
  { logger, timers }: Connected,
): Promise<void> {
  logger.info('leading: the first pass begins');
  const startedMs = timers.now();
  try {
    const isDone = await engine.lead(watchedUntil);
    if (isDone) logger.info('the first pass is done', { seconds: Math.round((timers.now() - startedMs) / 100) / 10 });
  } catch (error) {
    logger.error('the first pass failed', { error });
  }
}

/** Competes for the lease until the signal, and lets the engine write only while it is held. */
export function elect(engine: Engine, shared: Connected, signal: AbortSignal): Election {
  const { client, settings, context, logger, timers, now, metrics } = shared;
  return startElection({
    client,
    namespace: leaseNamespace(shared),
    name: settings.leaseName,
    identity: `${context.hostName}_${randomUUID()}`,
    hooks: {
      ...metrics.electionHooks,
      onStarted: (previousRenewTime) => void lead(engine, previousRenewTime, shared),
      onStopped: (reason) => {
        logger.info('not leading any more', { reason });
        engine.follow();
      },
    },
    logger,
    timers,
    wallTime: now,
    signal,
  });
}
