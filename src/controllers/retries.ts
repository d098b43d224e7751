const BASE_MS = 500;
const MAX_MS = 60_000;

/** Doubles with each failure up to a minute, spread over the upper half so that keys which failed together part. */
export function retryDelayMs(failures: number, random: () => number): number {
  const full = Math.min(BASE_MS * 2 ** (failures - 1), MAX_MS);
  return full * (0.5 + random() / 2);
}

/** Keys whose last try failed, and the timers that bring them back. */
export interface Retries<K> {
  /** Counts a failure; the key comes again, later each time. */
  readonly fail: (key: K) => void;
  readonly succeed: (key: K) => void;
  readonly failing: () => Iterable<K>;
  /** Lets no key come back any more. */
  readonly stop: () => void;
}

export function createRetries<K>(again: (key: K) => void, random: () => number): Retries<K> {
  const failures = new Map<K, number>();
  const timers = new Map<K, NodeJS.Timeout>();
  let isStopped = false;
  return {
    fail(key) {
      const count = (failures.get(key) ?? 0) + 1;
      failures.set(key, count);
      clearTimeout(timers.get(key));
      if (isStopped) return;
      const timer = setTimeout(
        () => {
          timers.delete(key);
          again(key);
        },
        retryDelayMs(count, random),
      );
      timers.set(key, timer.unref());
    },
    succeed: (key) => void failures.delete(key),
    failing: () => failures.keys(),
    stop() {
      isStopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
