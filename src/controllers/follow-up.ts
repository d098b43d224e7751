import type { Timers } from '../kube/timers.ts';
import { createQueue } from './queue.ts';

export interface FollowUpOptions<K> {
  /** Brings one of them up to date. Rejecting means: again, after a while. */
  readonly work: (key: K) => Promise<void>;
  /** All that may have to be brought up to date; the same may be named twice. */
  readonly keys: () => Iterable<K>;
  /** A burst of changes is one write: they are gathered for so long. */
  readonly gatherMs: number;
  readonly timers: Timers;
  readonly signal: AbortSignal;
}

/** Brings up to date what follows from all judgements together, one after the other, as far as it leads. */
export interface FollowUp {
  /** Something was judged, or changed: what follows from it is written soon. */
  readonly touch: () => void;
  /** From now on everything has been judged once. Settles when all is written that can be. */
  readonly lead: () => Promise<void>;
  readonly follow: () => void;
  readonly stop: () => Promise<void>;
}

export function createFollowUp<K>({ work, keys, gatherMs, timers, signal }: FollowUpOptions<K>): FollowUp {
  const queue = createQueue<K>({ work, concurrency: 1, nowMs: timers.now, random: timers.random });
  let isLeading = false;
  let isGathering = false;

  function addAll(): void {
    for (const key of keys()) queue.add(key);
  }

  async function addSoon(): Promise<void> {
    await timers.sleep(gatherMs, signal);
    isGathering = false;
    if (isLeading && !signal.aborted) addAll();
  }

  return {
    touch() {
      if (isGathering || !isLeading) return;
      isGathering = true;
      void addSoon();
    },
    async lead() {
      isLeading = true;
      addAll();
      queue.resume();
      await queue.idle();
    },
    follow() {
      isLeading = false;
      queue.pause();
    },
    stop: queue.stop,
  };
}
