/** Delays that grow while something keeps failing. */
export interface Backoff {
  /** The next delay in milliseconds. */
  readonly next: () => number;
  /** It works again: start over with the shortest delay. */
  readonly reset: () => void;
}

/**
 * Doubling delays from `baseMs` up to `maxMs`, each drawn from the upper half of its range, so that many clients that lost
 * one server do not return in step.
 */
export function createBackoff(baseMs: number, maxMs: number, random: () => number): Backoff {
  let ceilingMs = baseMs;
  return {
    next: () => {
      const delayMs = ceilingMs * (0.5 + random() / 2);
      ceilingMs = Math.min(ceilingMs * 2, maxMs);
      return delayMs;
    },
    reset: () => {
      ceilingMs = baseMs;
    },
  };
}
