import { effectiveOf } from '../../controllers/profile/effective.ts';
import type { EngineHooks } from '../../controllers/engine-options.ts';
import { loadKubeConfig } from '../../kube/auth.ts';
import { createClock } from '../../kube/clock.ts';
import { systemTimers } from '../../kube/timers.ts';
import { createClient } from '../../kube/transport.ts';
import { createLogger } from '../logging.ts';
import type { EventsOptions } from '../../notify/event-writer.ts';
import { expiryEvents } from '../../notify/expiry-events.ts';
import { worseningEvents } from '../../notify/worsening-events.ts';
import type { OperatorSettings } from '../operator-options.ts';
import type { Connected, OperatorContext, Shared } from './context.ts';
import { openDoors, operatorMetrics } from './doors.ts';
import type { Outbox } from '../../controllers/outbox/outbox.ts';
import { startNotifying } from './notifying.ts';
import { baseSettings, startJudging } from './judging.ts';
import { elect, lead } from './leadership.ts';
import { warnOfAbsentApis } from './absent-apis.ts';
import { firstServerVersion, serverUpgrade } from './server-version.ts';

/** What is not told by then is told by whoever leads next. */
const NOTIFY_GRACE_MS = 1000;

const NO_DEPTH = (): number => 0;

function engineHooks({ settings, context, client, logger, now, metrics }: Connected): EngineHooks {
  const { reportHooks, checkHooks, clientHooks } = metrics;
  // One queue after the other, as the profile changes, is one series.
  const current = { depth: NO_DEPTH };
  const queueHooks = metrics.queueHooks('subjects', { depth: () => current.depth(), workers: settings.concurrency });
  const events: EventsOptions = {
    client,
    instance: context.hostName,
    now,
    onError: (error) => logger.warn('an Event could not be written', { error }),
  };
  return {
    reflector: metrics.reflectorHooks,
    queue(depth) {
      current.depth = depth;
      return queueHooks;
    },
    onWrite: reportHooks.onWrite,
    onReportSize: reportHooks.onSize,
    onWriteDelay: clientHooks.onRateLimited,
    onCheckError: checkHooks.onError,
    onScanned: checkHooks.onScanned,
    onRecordChange: metrics.onRecordChange,
    onViolations: metrics.violationHooks.onViolations,
    onStored: worseningEvents(events),
    onExceptionExpired: expiryEvents(events),
  };
}

/** Runs from the first answer of the API server to the signal, or to an upgrade of that server. */
async function watchAndJudge(shared: Connected, outbox: Outbox, electionSignal: AbortSignal): Promise<void> {
  const { settings, context, logger, parts } = shared;
  const server = await firstServerVersion(shared, context.signal);
  if (server === undefined) return;
  await warnOfAbsentApis(shared);
  const judging = await startJudging(shared, server, { hooks: engineHooks(shared), outbox });
  if (judging === undefined) return;
  logger.info('watching', {
    server: server.gitVersion,
    podSecurityVersion: `v1.${settings.podSecurityMinor ?? server.minor}`,
  });
  if (settings.leaderElect) parts.election = elect(judging, shared, electionSignal);
  else void lead(judging, undefined, shared);
  await serverUpgrade(server, shared, context.signal);
  logger.info(
    context.signal.aborted ? 'ending' : 'ending: the API server was upgraded, and its new version is to judge',
  );
  await within(settings.shutdownTimeoutSeconds * 1000, judging.stop(), shared);
  await judging.end();
}

/** Waits for the work, but not for ever. */
async function within(limitMs: number, work: Promise<void>, { timers }: Shared): Promise<void> {
  const done = new AbortController();
  await Promise.race([work, timers.sleep(limitMs, done.signal)]);
  done.abort();
}

/**
 * Runs the operator until the signal. Resolves to the exit code.
 * @throws UsageError, KubeConfigError, CertificateError or ListenError if it cannot start at all
 */
export async function runOperator(settings: OperatorSettings, context: OperatorContext): Promise<number> {
  const timers = systemTimers;
  // Read again whenever credentials change; a first time now, so that a bad file ends the start.
  loadKubeConfig(settings);
  const logger = createLogger({ level: settings.logLevel, format: settings.logFormat, stream: context.output });
  const clock = createClock({ monotonicMs: timers.now, wallMs: timers.wallMs });
  const { selection } = effectiveOf(baseSettings(settings), {});
  const shared: Shared = { settings, selection, context, logger, timers, now: clock.now, parts: {} };
  const metrics = operatorMetrics(shared, clock.skewSeconds);
  const client = createClient({
    loadConfig: () => loadKubeConfig(settings),
    userAgent: `plimsoll/${context.version}`,
    hooks: { ...metrics.clientHooks, onServerDate: clock.observe },
    timers,
  });
  const leaving = new AbortController();
  const connected: Connected = { ...shared, client, metrics };
  const notifying = startNotifying(connected);
  const doors = await openDoors(connected);
  try {
    await watchAndJudge(connected, notifying.outbox, leaving.signal);
  } finally {
    await notifying.stop(NOTIFY_GRACE_MS);
    // Not before: only now that nothing is written any more may another replica take over.
    leaving.abort();
    await shared.parts.election?.done;
    await doors.close();
    await client.close();
  }
  logger.info('ended');
  return 0;
}
