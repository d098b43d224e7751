import { setTimeout as delay } from 'node:timers/promises';

/** Time and chance, handed in so that tests need neither. */
export interface Timers {
  /** Monotonic milliseconds; only differences mean something. */
  readonly now: () => number;
  /** Unix milliseconds by this machine's clock. */
  readonly wallMs: () => number;
  /** Resolves after the time, or as soon as the signal is aborted; never rejects. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

export const systemTimers: Timers = {
  now: () => performance.now(),
  wallMs: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, signal === undefined ? {} : { signal });
    } catch {
      // Aborted: the caller looks at its signal.
    }
  },
  random: Math.random,
};
