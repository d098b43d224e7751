import type { Logger } from '../../kube/logger.ts';
import type { Timers } from '../../kube/timers.ts';
import type { NotifyConfig } from './config.ts';
import { loadNotifyConfig, type LoadedConfig } from './load.ts';

export interface FollowOptions {
  readonly path: string;
  /** What is known of it. */
  readonly loaded: LoadedConfig;
  readonly onConfig: (config: NotifyConfig) => void;
  readonly signal: AbortSignal;
  readonly timers: Pick<Timers, 'sleep'>;
  readonly logger: Logger;
}

/** The kubelet itself takes up to a minute or two to bring a changed Secret. */
const PERIOD_MS = 10_000;

/**
 * Hands over each new state of the settings until the signal. It reads all files every few seconds: watching a mounted
 * Secret means watching two symbolic links that are swapped, and still misses changes on other file systems.
 */
export async function followNotifyConfig(options: FollowOptions): Promise<void> {
  const { path, loaded, onConfig, signal, timers, logger } = options;
  let { digest } = loaded;
  let problem = '';
  for (;;) {
    await timers.sleep(PERIOD_MS, signal);
    if (signal.aborted) return;
    try {
      const next = loadNotifyConfig(path);
      problem = '';
      if (next.digest === digest) continue;
      ({ digest } = next);
      onConfig(next.config);
      logger.info('notifications have new settings', { targets: next.config.targets.map(({ name }) => name) });
    } catch (error) {
      // The same again would be said every few seconds.
      if (String(error) !== problem) logger.error('notifications keep their settings: the new ones are bad', { error });
      problem = String(error);
    }
  }
}
