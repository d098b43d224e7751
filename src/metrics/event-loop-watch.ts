import type { HealthCheck } from './health.ts';

export interface EventLoopWatch {
  readonly check: HealthCheck;
  readonly stop: () => void;
}

const TICK_MS = 1000;
/** Far above what judging the largest cluster takes in one go (0.2 s), below what a probe's failures add up to. */
const STALLED_AFTER_MS = 10_000;

/**
 * Watches that timers run. A loop that stands still answers no probe at all, and that is what restarts it; this one
 * tells of a loop that still serves sockets while its timers starve, and with them every retry, deadline and renewal.
 */
export function watchEventLoop(nowMs: () => number): EventLoopWatch {
  let lastTickMs = nowMs();
  const ticker = setInterval(() => {
    lastTickMs = nowMs();
  }, TICK_MS);
  ticker.unref();
  return {
    check: {
      name: 'event-loop',
      problem: () => {
        const silentMs = nowMs() - lastTickMs;
        return silentMs < STALLED_AFTER_MS ? undefined : `timers have not run for ${Math.floor(silentMs / 1000)} s`;
      },
    },
    stop: () => clearInterval(ticker),
  };
}
