import type { Timers } from '../../kube/timers.ts';

/** Rings at a time, which may be set anew before it has come. */
export interface Alarm {
  /** Milliseconds from now; undefined for never. */
  readonly set: (inMs: number | undefined) => void;
}

/** Node's timers hold no more than 24 days, and clocks are set meanwhile: who is woken early looks, and sets it anew. */
const MAX_SLEEP_MS = 60 * 60 * 1000;

export function createAlarm(
  ring: () => void,
  { timers, signal }: { readonly timers: Pick<Timers, 'sleep'>; readonly signal: AbortSignal },
): Alarm {
  let current = new AbortController();

  async function wait(inMs: number, own: AbortController): Promise<void> {
    await timers.sleep(Math.min(inMs, MAX_SLEEP_MS), AbortSignal.any([own.signal, signal]));
    if (!own.signal.aborted && !signal.aborted) ring();
  }

  return {
    set(inMs) {
      current.abort();
      current = new AbortController();
      if (inMs !== undefined && !signal.aborted) void wait(inMs, current);
    },
  };
}
