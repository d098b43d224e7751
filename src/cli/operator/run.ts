import { startEngine } from '../../controllers/engine.ts';
import type { EngineHooks, EngineOptions } from '../../controllers/works.ts';
import { chooseFrameworks } from '../../checks/frameworks/choice.ts';
import { DEFAULT_PARAMETERS } from '../../checks/parameters.ts';
import { selectChecks, selectionOf, type Selection } from '../../checks/selection.ts';
import { createScope } from '../../controllers/scope.ts';
import { loadKubeConfig } from '../../kube/auth.ts';
import { directConfigz, proxiedConfigz } from '../../kube/kubelet-configz.ts';
import { createClock } from '../../kube/clock.ts';
import { systemTimers } from '../../kube/timers.ts';
import { createClient } from '../../kube/transport.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { createLogger } from '../logging.ts';
import type { EventsOptions } from '../../notify/event-writer.ts';
import { expiryEvents } from '../../notify/expiry-events.ts';
import { worseningEvents } from '../../notify/worsening-events.ts';
import { DEFAULT_POLICY } from '../../reports/exceptions/policy.ts';
import type { OperatorSettings } from '../operator-options.ts';
import type { Connected, OperatorContext, Shared } from './context.ts';
import { openDoors, operatorMetrics } from './doors.ts';
import { elect, lead } from './leadership.ts';
import { warnOfAbsentApis } from './absent-apis.ts';
import { firstServerVersion, serverUpgrade } from './server-version.ts';

function engineHooks({ settings, context, client, logger, now }: Connected, metrics: Metrics): EngineHooks {
  const events: EventsOptions = {
    client,
    instance: context.hostName,
    now,
    onError: (error) => logger.warn('an Event could not be written', { error }),
  };
  return {
    reflector: metrics.reflectorHooks,
    queue: (depth) => metrics.queueHooks('subjects', { depth, workers: settings.concurrency }),
    onWrite: metrics.reportHooks.onWrite,
    onCheckError: metrics.checkHooks.onError,
    onStored: worseningEvents(events),
    onExceptionExpired: expiryEvents(events),
  };
}

/** Runs from the first answer of the API server to the signal, or to an upgrade of that server. */
async function watchAndJudge(shared: Connected, hooks: EngineHooks, electionSignal: AbortSignal): Promise<void> {
  const { settings, context, client, logger, timers, now, parts, selection } = shared;
  const server = await firstServerVersion(shared, context.signal);
  if (server === undefined) return;
  await warnOfAbsentApis(shared);
  const podSecurityMinor = settings.podSecurityMinor ?? server.minor;
  const ending = new AbortController();
  const engine = startEngine({
    client,
    selection,
    exceptionPolicy: DEFAULT_POLICY,
    parameters: { ...DEFAULT_PARAMETERS, allowedRegistries: settings.allowedRegistries },
    frameworks: chooseFrameworks(settings.frameworks, server.minor, podSecurityMinor),
    scope: createScope({ include: settings.namespaces, exclude: settings.excludeNamespaces }),
    concurrency: settings.concurrency,
    optionalReads: settings.read,
    writesPerSecond: settings.writeQps,
    server,
    podSecurityMinor,
    ...kubeletReading(shared),
    now,
    timers,
    logger,
    signal: ending.signal,
    hooks,
  });
  parts.engine = engine;
  logger.info('watching', { server: server.gitVersion, podSecurityVersion: `v1.${podSecurityMinor}` });
  if (settings.leaderElect) parts.election = elect(engine, shared, electionSignal);
  else void lead(engine, undefined, shared);
  await serverUpgrade(server, shared, context.signal);
  logger.info(
    context.signal.aborted ? 'ending' : 'ending: the API server was upgraded, and its new version is to judge',
  );
  await within(settings.shutdownTimeoutSeconds * 1000, engine.stop(), shared);
  ending.abort();
  await engine.watching.done;
}

/** How kubelets are asked, if they are. */
function kubeletReading({ settings, context, client }: Connected): Pick<EngineOptions, 'readKubelet'> {
  const { kubeletConfigSource: source, kubeletInsecureTls: insecureTls } = settings;
  const userAgent = `plimsoll/${context.version}`;
  if (source === 'proxy') return { readKubelet: proxiedConfigz(client) };
  if (source !== 'direct') return {};
  return { readKubelet: directConfigz({ loadConfig: () => loadKubeConfig(settings), userAgent, insecureTls }) };
}

/** The checks that were asked for; those of kubelets only if their configuration is read at all. */
function selectionFor({ checks, skip, kubeletConfigSource }: OperatorSettings): Selection {
  const selection = selectChecks({ include: checks, exclude: skip });
  if (kubeletConfigSource !== 'off') return selection;
  return selectionOf(selection.checks.filter(({ target }) => target !== 'kubelet'));
}

/** Waits for the work, but not for ever. */
async function within(limitMs: number, work: Promise<void>, { timers }: Shared): Promise<void> {
  const done = new AbortController();
  await Promise.race([work, timers.sleep(limitMs, done.signal)]);
  done.abort();
}

/**
 * Runs the operator until the signal. Resolves to the exit code.
 * @throws UsageError, KubeConfigError or ListenError if it cannot start at all
 */
export async function runOperator(settings: OperatorSettings, context: OperatorContext): Promise<number> {
  const timers = systemTimers;
  // Read again whenever credentials change; a first time now, so that a bad file ends the start.
  loadKubeConfig(settings);
  const logger = createLogger({ level: settings.logLevel, format: settings.logFormat, stream: context.output });
  const clock = createClock({ monotonicMs: timers.now, wallMs: timers.wallMs });
  const selection = selectionFor(settings);
  const shared: Shared = { settings, selection, context, logger, timers, now: clock.now, parts: {} };
  const metrics = operatorMetrics(shared, clock.skewSeconds);
  const client = createClient({
    loadConfig: () => loadKubeConfig(settings),
    userAgent: `plimsoll/${context.version}`,
    hooks: { ...metrics.clientHooks, onServerDate: clock.observe },
    timers,
  });
  const leaving = new AbortController();
  const doors = await openDoors(shared, metrics);
  try {
    const connected = { ...shared, client };
    await watchAndJudge(connected, engineHooks(connected, metrics), leaving.signal);
  } finally {
    // Not before: only now that nothing is written any more may another replica take over.
    leaving.abort();
    await shared.parts.election?.done;
    await doors.close();
    await client.close();
  }
  logger.info('ended');
  return 0;
}
