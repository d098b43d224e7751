/** The API server's time, as well as it is known here. */
export interface Clock {
  /** Whole seconds. Never goes backwards. */
  readonly now: () => Date;
  /** Takes note of a Date header, received at that monotonic time. */
  readonly observe: (serverDate: Date, receivedAtMs: number) => void;
  /** By how many seconds this machine's clock is ahead of the server's; 0 before the first observation. */
  readonly skewSeconds: () => number;
}

/** A Date header is cut to the second, and an answer under load is some time on its way. */
const TOLERANCE_MS = 2000;

/**
 * A clock that ticks with this machine and is set by the server: times in reports must make sense beside the times that
 * the API server writes, and a step of the local clock must not move them. Until the first Date header it shows local time.
 *
 * The server's time is never before the Date that has arrived, so the latest such bound is the estimate: at most a second
 * late, never in the server's future. A header that lies further back than that can explain sets the clock anew.
 */
export function createClock({ monotonicMs, wallMs }: { monotonicMs: () => number; wallMs: () => number }): Clock {
  let offsetMs = wallMs() - monotonicMs();
  let observed = false;
  let lastShownMs = 0;
  return {
    now: () => {
      const seconds = Math.floor((monotonicMs() + offsetMs) / 1000);
      lastShownMs = Math.max(lastShownMs, seconds * 1000);
      return new Date(lastShownMs);
    },
    observe: (serverDate, receivedAtMs) => {
      const boundMs = serverDate.getTime() - receivedAtMs;
      if (!Number.isFinite(boundMs)) return;
      if (!observed || boundMs > offsetMs || boundMs < offsetMs - TOLERANCE_MS) offsetMs = boundMs;
      observed = true;
    },
    skewSeconds: () => (observed ? (wallMs() - monotonicMs() - offsetMs) / 1000 : 0),
  };
}
