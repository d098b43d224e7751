import { setImmediate as turn } from 'node:timers/promises';
import type { Timers } from '../../src/kube/timers.ts';

/** Time that stands still until it is moved. */
export interface VirtualTimers extends Timers {
  /** Moves on, waking sleepers in their order, and lets each do what needs no I/O. */
  readonly advance: (ms: number) => Promise<void>;
  /** In how many milliseconds the sleepers wake, the next one first. */
  readonly sleepers: () => readonly number[];
}

const WALL_START_MS = Date.parse('2026-11-24T04:00:00Z');

export function virtualTimers(random = 0.5): VirtualTimers {
  let nowMs = 0;
  const sleeping = new Set<{ readonly atMs: number; readonly wake: () => void }>();
  const inOrder = () => [...sleeping].sort((a, b) => a.atMs - b.atMs);
  return {
    now: () => nowMs,
    wallMs: () => WALL_START_MS + nowMs,
    random: () => random,
    sleepers: () => inOrder().map(({ atMs }) => atMs - nowMs),
    async sleep(ms, signal) {
      if (signal?.aborted === true) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const sleeper = { atMs: nowMs + ms, wake: resolve };
      sleeping.add(sleeper);
      signal?.addEventListener('abort', () => resolve(), { once: true });
      await promise;
      sleeping.delete(sleeper);
    },
    async advance(ms) {
      const endMs = nowMs + ms;
      for (let next = inOrder()[0]; next !== undefined && next.atMs <= endMs; next = inOrder()[0]) {
        nowMs = next.atMs;
        next.wake();
        sleeping.delete(next);
        await turn();
      }
      nowMs = endMs;
      await turn();
    },
  };
}
