import { randomUUID } from 'node:crypto';
import type { Engine } from '../../controllers/engine.ts';
import { loadKubeConfig } from '../../kube/auth.ts';
import type { Predecessor } from '../../kube/lease-lock.ts';
import { startElection, type Election } from '../../kube/lease.ts';
import { UsageError } from '../settings.ts';
import type { Connected } from './context.ts';

function leaseNamespace({ settings }: Connected): string {
  const config = loadKubeConfig(settings);
  const namespace = settings.leaderElectionNamespace ?? config.getContextObject(config.getCurrentContext())?.namespace;
  if (namespace !== undefined) return namespace;
  throw new UsageError('--leader-election-namespace is needed outside a cluster, or --no-leader-elect');
}

/**
 * A leader that is cut off has not written what it saw last: the report of a subject that was so young then was rather never
 * written than lost. Better an old finding is told as new once than a new one never.
 */
const UNWRITTEN_MS = 15_000;

/** Until when what a leader saw is written. */
function watchedUntil({ renewTime, hasReleased }: Predecessor): Date {
  return hasReleased ? renewTime : new Date(renewTime.getTime() - UNWRITTEN_MS);
}

/** Who is told to lead and to follow. */
type Leading = Pick<Engine, 'lead' | 'follow'>;

/** Runs the first pass, and says so. */
export async function lead(engine: Leading, until: Date | undefined, { logger, timers }: Connected): Promise<void> {
  logger.info('leading: the first pass begins');
  const startedMs = timers.now();
  try {
    const isDone = await engine.lead(until);
    if (isDone) logger.info('the first pass is done', { seconds: Math.round((timers.now() - startedMs) / 100) / 10 });
  } catch (error) {
    logger.error('the first pass failed', { error });
  }
}

/** Competes for the lease until the signal, and lets the engine write only while it is held. */
export function elect(engine: Leading, shared: Connected, signal: AbortSignal): Election {
  const { client, settings, context, logger, timers, now, metrics } = shared;
  return startElection({
    client,
    namespace: leaseNamespace(shared),
    name: settings.leaseName,
    identity: `${context.hostName}_${randomUUID()}`,
    hooks: {
      ...metrics.electionHooks,
      onStarted: (predecessor) => void lead(engine, predecessor && watchedUntil(predecessor), shared),
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
