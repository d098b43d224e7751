import PQueue from 'p-queue';
import type { Method } from '../kube/client.ts';
import type { Timers } from '../kube/timers.ts';

export interface TurnsOptions {
  /** At most so many writes a second; reads are not counted. */
  readonly writesPerSecond: number;
  readonly concurrency: number;
  readonly timers: Pick<Timers, 'now'>;
  /** A write has waited for so long because so many others came before it in this second. */
  readonly onDelay?: ((method: Method, seconds: number) => void) | undefined;
}

/** Sends a write when it is its turn. */
export type InTurn = <T>(method: Method, request: () => Promise<T>) => Promise<T>;

/** Spares the API server a flood: whatever there is to write, it comes at a bounded rate. */
export function createTurns({ writesPerSecond, concurrency, timers, onDelay }: TurnsOptions): InTurn {
  const writes = new PQueue({ concurrency, interval: 1000, intervalCap: writesPerSecond });
  return async (method, request) => {
    const sinceMs = timers.now();
    return writes.add(() => {
      onDelay?.(method, (timers.now() - sinceMs) / 1000);
      return request();
    });
  };
}
