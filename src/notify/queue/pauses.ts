import type { Timers } from '../../kube/timers.ts';

/** Pauses of one lane that can be cut short. */
export interface Pauses {
  readonly pause: (ms: number) => Promise<void>;
  /** Ends the pause that is now. */
  readonly cut: () => void;
  /** Ends it, and there are no more. */
  readonly end: () => void;
  readonly areEnded: () => boolean;
}

export function createPauses({ sleep }: Pick<Timers, 'sleep'>): Pauses {
  let current = new AbortController();
  let areEnded = false;
  function cut(): void {
    current.abort();
    current = new AbortController();
  }
  return {
    cut,
    areEnded: () => areEnded,
    async pause(ms) {
      if (ms > 0 && !areEnded) await sleep(ms, current.signal);
    },
    end() {
      areEnded = true;
      cut();
    },
  };
}
