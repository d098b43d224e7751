import { serverVersion, type ServerVersion } from '../../kube/discovery.ts';
import type { Connected } from './context.ts';

const RETRY_MS = 2000;
const POLL_MS = 5 * 60 * 1000;
/** While several API servers are upgraded one after the other, either may answer. */
const TIMES_IN_A_ROW = 3;

/** Asks until the API server answers; undefined if the signal comes first. */
export async function firstServerVersion(
  { client, logger, timers }: Connected,
  signal: AbortSignal,
): Promise<ServerVersion | undefined> {
  while (!signal.aborted) {
    try {
      return await serverVersion(client);
    } catch (error) {
      logger.warn('cannot reach the API server; will try again', { error });
      await timers.sleep(RETRY_MS, signal);
    }
  }
  return undefined;
}

/** Resolves when the API server has been upgraded to another version than the one that judges, or with the signal. */
export async function serverUpgrade(
  judging: ServerVersion,
  { client, logger, timers }: Connected,
  signal: AbortSignal,
): Promise<void> {
  let seen = 0;
  while (seen < TIMES_IN_A_ROW && !signal.aborted) {
    await timers.sleep(POLL_MS, signal);
    try {
      const { gitVersion } = await serverVersion(client);
      seen = gitVersion === judging.gitVersion ? 0 : seen + 1;
    } catch (error) {
      logger.debug('cannot ask for the version of the API server', { error });
    }
  }
}
