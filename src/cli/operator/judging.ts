import { once } from 'node:events';
import { chooseFrameworks } from '../../checks/frameworks/choice.ts';
import { DEFAULT_PARAMETERS } from '../../checks/parameters.ts';
import { createEngineHost, type EngineHost } from '../../controllers/engine-host.ts';
import { startEngine } from '../../controllers/engine.ts';
import { effectiveOf, type BaseSettings, type Effective } from '../../controllers/profile/effective.ts';
import { watchProfile } from '../../controllers/profile/watch-profile.ts';
import type { EngineOptions } from '../../controllers/engine-options.ts';
import { loadKubeConfig } from '../../kube/auth.ts';
import type { ServerVersion } from '../../kube/discovery.ts';
import { directConfigz, proxiedConfigz } from '../../kube/kubelet-configz.ts';
import type { OperatorSettings } from '../operator-options.ts';
import type { Connected } from './context.ts';

/** The engine, judging by settings and profile, whatever these become. */
export interface Judging extends Pick<EngineHost<Effective>, 'lead' | 'follow' | 'stop'> {
  readonly end: () => Promise<void>;
}

/** What the settings say, which holds where the profile says nothing. */
export function baseSettings(settings: OperatorSettings): BaseSettings {
  const { checks, skip, namespaces, excludeNamespaces, allowedRegistries, kubeletConfigSource } = settings;
  return {
    checks,
    skip,
    scope: { include: namespaces, exclude: excludeNamespaces },
    parameters: { ...DEFAULT_PARAMETERS, allowedRegistries },
    judgesKubelets: kubeletConfigSource !== 'off',
  };
}

/** How kubelets are asked, if they are. */
function kubeletReading({ settings, context, client }: Connected): Pick<EngineOptions, 'readKubelet'> {
  const { kubeletConfigSource: source, kubeletInsecureTls: insecureTls } = settings;
  const userAgent = `plimsoll/${context.version}`;
  if (source === 'proxy') return { readKubelet: proxiedConfigz(client) };
  if (source !== 'direct') return {};
  return { readKubelet: directConfigz({ loadConfig: () => loadKubeConfig(settings), userAgent, insecureTls }) };
}

function engineOptions(
  shared: Connected,
  server: ServerVersion,
): Omit<EngineOptions, keyof Effective | 'hooks' | 'outbox' | 'signal'> {
  const { settings, client, now, timers, logger } = shared;
  const podSecurityMinor = settings.podSecurityMinor ?? server.minor;
  return {
    client,
    frameworks: chooseFrameworks(settings.frameworks, server.minor, podSecurityMinor),
    concurrency: settings.concurrency,
    optionalReads: settings.read,
    writesPerSecond: settings.writeQps,
    remembersContainers: settings.metricsLevel === 'violation',
    server,
    podSecurityMinor,
    ...kubeletReading(shared),
    now,
    timers,
    logger,
  };
}

/**
 * Starts to watch and to judge, once it is known which profile there is; undefined if the signal comes first. `ending` ends the
 * watch of the profile.
 */
export async function startJudging(
  shared: Connected,
  server: ServerVersion,
  { hooks, outbox }: Pick<EngineOptions, 'hooks' | 'outbox'>,
): Promise<Judging | undefined> {
  const { settings, context, parts, logger } = shared;
  const base = baseSettings(settings);
  const options = engineOptions(shared, server);
  const ending = new AbortController();
  const profile = watchProfile({
    ...shared,
    hooks: hooks.reflector,
    signal: ending.signal,
    onChange: () => void host.replace(effectiveOf(base, profile.acting())),
  });
  const end = async (): Promise<void> => {
    ending.abort();
    await profile.done;
  };
  if (!context.signal.aborted) await Promise.race([profile.settled, once(context.signal, 'abort')]);
  if (context.signal.aborted) {
    await end();
    return undefined;
  }
  const host = createEngineHost(effectiveOf(base, profile.acting()), {
    start: (effective, signal) => (parts.engine = startEngine({ ...options, ...effective, hooks, outbox, signal })),
    now: shared.now,
    logger,
    onReplaced(isDone) {
      logger.info(isDone ? 'everything was judged by what acts now' : 'the profile has changed: judging anew');
      profile.setReady(isDone);
    },
  });
  return {
    async lead(watchedUntil) {
      profile.lead();
      return host.lead(watchedUntil);
    },
    follow() {
      profile.follow();
      host.follow();
      outbox.follow();
    },
    stop: async () => void (await Promise.all([host.stop(), profile.stop()])),
    end: async () => void (await Promise.all([host.end(), end()])),
  };
}
