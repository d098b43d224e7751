import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';

/** How long `eventually` tries, and how often. */
export interface Patience {
  /** Default 20,000. */
  readonly timeoutMs?: number;
  /** Default 100. */
  readonly intervalMs?: number;
}

type Attempt<T> = T | false | undefined;

/**
 * Try until `attempt` neither throws nor answers false or undefined, and return its answer. (A forgotten `return` then
 * ends in a failure that says so, never in a test that passes without having looked; an attempt made of assertions
 * ends with `return true`.)
 *
 * `what` completes the sentence "waited 20 s until …". The error carries the last failure, as its cause too, so that an
 * assertion inside `attempt` shows its difference.
 */
export async function eventually<T>(
  what: string,
  attempt: () => Attempt<T> | Promise<Attempt<T>>,
  { timeoutMs = 20_000, intervalMs = 100 }: Patience = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    let last: unknown;
    try {
      const answer = await attempt();
      if (answer !== false && answer !== undefined) return answer;
      last = `the attempt answered ${inspect(answer)}`;
    } catch (error) {
      last = error;
    }
    if (performance.now() >= deadline) {
      const reason = last instanceof Error ? last.message : String(last);
      throw new Error(`waited ${timeoutMs / 1000} s in vain until ${what}: ${reason}`, { cause: last });
    }
    await sleep(intervalMs);
  }
}
