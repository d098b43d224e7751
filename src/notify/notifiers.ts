import type { Logger } from '../kube/logger.ts';
import type { Timers } from '../kube/timers.ts';
import type { ChangeSet } from './change-set.ts';
import type { NotifyConfig } from './config/config.ts';
import { followNotifyConfig } from './config/follow.ts';
import { loadNotifyConfig } from './config/load.ts';
import { createLanes } from './queue/lanes.ts';
import { createRoute, type Route } from './route.ts';
import { proxiesOf } from './sending/proxies.ts';

/**
 * What became of a change set: sent, failed (refused, or given up), or dropped as too much waits already; each that is
 * offered is counted once, but for those that the end of the notifiers leaves over. And: a request was repeated.
 */
export type NotifyResult = 'sent' | 'failed' | 'dropped' | 'retried';

export interface Notifiers {
  /** Which targets are to be told of which of these findings. */
  readonly route: Route;
  /**
   * Tells one target. Resolves true once it was delivered, in a digest when that went out; false if it was refused, given
   * up or dropped, if there is no such target, or if the notifiers were stopped. Never rejects.
   */
  readonly offer: (target: string, changes: ChangeSet) => Promise<boolean>;
  /** How many findings wait for this target. */
  readonly queueDepth: (target: string) => number;
  /** Names of the targets there are now. */
  readonly targets: () => readonly string[];
  /** Uses these settings from now on. */
  readonly reload: (config: NotifyConfig) => void;
  /** Begins to follow changes of the file. */
  readonly start: () => void;
  /** Takes no more, sends what it can in that time, and abandons the rest. */
  readonly stop: (graceMs: number) => Promise<void>;
}

export interface NotifiersOptions {
  /** The file that says whom to tell what. */
  readonly configPath: string;
  /** `plimsoll/<version>` */
  readonly userAgent: string;
  /** The environment; the usual variables may name proxies in it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly onResult?: (target: string, result: NotifyResult) => void;
}

/** @throws NotifyConfigError or ProxyError, whose messages say what to mend and hold no secrets */
export function createNotifiers(options: NotifiersOptions): Notifiers {
  const { configPath, userAgent, env, timers, logger, onResult = (): void => undefined } = options;
  const loaded = loadNotifyConfig(configPath);
  const ending = new AbortController();
  const lanes = createLanes({
    userAgent,
    proxies: proxiesOf(env),
    wallMs: timers.wallMs,
    timers,
    logger,
    onRetry: (target) => onResult(target, 'retried'),
  });
  let route = createRoute(loaded.config);
  let following: Promise<void> | undefined;

  function reload(config: NotifyConfig): void {
    route = createRoute(config);
    lanes.reload(config);
  }

  lanes.reload(loaded.config);
  return {
    route: (changes) => route(changes),
    async offer(target, changes) {
      const outcome = await lanes.offer(target, changes);
      if (outcome !== 'abandoned') onResult(target, outcome);
      return outcome === 'sent';
    },
    queueDepth: lanes.depth,
    targets: lanes.names,
    reload,
    start() {
      const { signal } = ending;
      following ??= followNotifyConfig({ path: configPath, loaded, onConfig: reload, signal, timers, logger });
    },
    async stop(graceMs) {
      ending.abort();
      await following;
      await lanes.stop(graceMs);
    },
  };
}
