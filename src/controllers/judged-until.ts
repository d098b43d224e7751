import type { Reflector } from '../kube/reflector-api.ts';
import type { Timers } from '../kube/timers.ts';

export interface JudgedUntilSources {
  readonly reflectors: readonly Pick<Reflector, 'state' | 'lastEventTime'>[];
  /** When the longest-waiting change was noticed, on the monotonic clock; undefined if none waits. */
  readonly oldestMs: () => number | undefined;
  readonly timers: Pick<Timers, 'now' | 'wallMs'>;
}

/** What may not be read, or is not served, is reported as unknown: it holds nothing up. */
const isFollowed = ({ state }: Pick<Reflector, 'state'>): boolean => !['Forbidden', 'Absent'].includes(state().state);

/**
 * Up to which moment, in seconds of Unix time, all that happened in the cluster was seen and judged: since the longest-waiting
 * change was noticed, or a watch last brought something, it may be otherwise. A quiet watch brings a bookmark about once a
 * minute, so that nothing is taken for seen because nothing was heard.
 */
export function judgedUntilSeconds({ reflectors, oldestMs, timers }: JudgedUntilSources): number {
  const now = timers.wallMs();
  const waitingSinceMs = oldestMs();
  const waiting = waitingSinceMs === undefined ? now : now - (timers.now() - waitingSinceMs);
  const heard = reflectors.filter(isFollowed).map((reflector) => reflector.lastEventTime() ?? now);
  return Math.min(now, waiting, ...heard) / 1000;
}
