import { createBackoff } from '../../kube/backoff.ts';
import type { Timers } from '../../kube/timers.ts';

/** When a target may be tried again. */
export interface Pace {
  /** Milliseconds until then; 0 if at once. */
  readonly waitMs: () => number;
  /** It did not work; returns how long to wait now: longer each time, and not less than the target asked for. */
  readonly failed: (retryAfterMs?: number) => number;
  /** It works, or may work now: no waiting any more. */
  readonly reset: () => void;
  readonly isFailing: () => boolean;
}

const FIRST_MS = 1000;
const MAX_MS = 5 * 60_000;

/** It is of the target, not of a message: what waits behind one that failed need not find out by itself. */
export function createPace({ now, random }: Pick<Timers, 'now' | 'random'>): Pace {
  const backoff = createBackoff(FIRST_MS, MAX_MS, random);
  let notBeforeMs = 0;
  let isFailing = false;
  return {
    isFailing: () => isFailing,
    waitMs: () => (isFailing ? Math.max(0, notBeforeMs - now()) : 0),
    failed(retryAfterMs = 0) {
      isFailing = true;
      const delayMs = Math.max(backoff.next(), retryAfterMs);
      notBeforeMs = now() + delayMs;
      return delayMs;
    },
    reset() {
      isFailing = false;
      backoff.reset();
    },
  };
}
