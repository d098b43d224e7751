import type { Exceptions } from './exceptions.ts';

/** Beside what the status says: active, but not for long any more. */
type CountedState = 'active' | 'expiring' | 'expired' | 'unmatched' | 'denied';

/** What metrics say of exceptions. */
export interface ExceptionCounts {
  readonly states: () => Iterable<{ readonly state: CountedState; readonly count: number }>;
  /** When each that has an end, and is in force or has been, ends; Unix time. */
  readonly expirations: () => Iterable<{
    readonly namespace: string;
    readonly name: string;
    readonly timeSeconds: number;
  }>;
}

/** People are warned for so long before one ends. */
const EXPIRING_SECONDS = 7 * 24 * 60 * 60;

export function exceptionCounts(
  { all, outcomeOf }: Pick<Exceptions, 'all' | 'outcomeOf'>,
  now: () => Date,
): ExceptionCounts {
  function stateOf(stored: Parameters<typeof outcomeOf>[0]): CountedState {
    const { standing, matched } = outcomeOf(stored);
    if (standing.state !== 'Active') return standing.state === 'Denied' ? 'denied' : 'expired';
    if (matched === 0) return 'unmatched';
    const leftSeconds = (stored.exception.expirationSeconds ?? Infinity) - now().getTime() / 1000;
    return leftSeconds <= EXPIRING_SECONDS ? 'expiring' : 'active';
  }
  return {
    states() {
      const counts = new Map<CountedState, number>();
      for (const stored of all()) counts.set(stateOf(stored), (counts.get(stateOf(stored)) ?? 0) + 1);
      return Array.from(counts, ([state, count]) => ({ state, count }));
    },
    *expirations() {
      for (const stored of all()) {
        const { namespace = '', name, expirationSeconds } = stored.exception;
        if (expirationSeconds === undefined || stateOf(stored) === 'denied') continue;
        yield { namespace, name, timeSeconds: expirationSeconds };
      }
    },
  };
}
