import type { CustomCheck, Json } from '../custom-check.ts';
import type { Answer, Job } from './protocol.ts';
import { startSession, type JobResult, type Session, type WorkerBounds } from './session.ts';

export interface RunnerOptions extends WorkerBounds {
  readonly checks: readonly CustomCheck[];
  readonly params: Json;
  /** Told once of a check that will not be evaluated again. */
  readonly onDisabled: (check: CustomCheck, why: string) => void;
}

/** What came of a job at last; `failed` if nobody is to blame, and a second try went no better. */
export type RunnerResult =
  Exclude<Answer, { readonly type: 'ready' }> | Extract<JobResult, { readonly type: 'failed' }>;

export interface Runner {
  /** One at a time. */
  readonly run: (job: Job) => Promise<RunnerResult>;
  readonly close: () => Promise<void>;
}

const TRIES = 2;

/**
 * Does jobs in a thread that is started for the first. A check that runs too long, or takes all memory, ends its thread; it is
 * disabled, and the job done again in a new one. Memory counts against a check only in a fresh thread: an older one holds more
 * than what this check took.
 */
export function createRunner({ checks, onDisabled, ...options }: RunnerOptions): Runner {
  const disabled = new Map<number, string>();
  let session: Session | undefined;
  let isClosed = false;

  const end = async (): Promise<void> => {
    const ending = session;
    session = undefined;
    await ending?.close();
  };
  const disable = (index: number, why: string): void => {
    disabled.set(index, why);
    const check = checks[index];
    if (check !== undefined) onDisabled(check, why);
  };

  /** The result of one try, and whether it was the first job of its thread. */
  const attempt = async (job: Job): Promise<{ readonly result: JobResult; readonly isFresh: boolean }> => {
    try {
      session ??= startSession({ checks, disabled, ...options });
    } catch (error) {
      // Parameters or test cases that nest too deeply to be handed over.
      return { result: { type: 'failed', why: error instanceof Error ? error.message : String(error) }, isFresh: true };
    }
    const isFresh = session.answered() === 0;
    return { result: await session.run(job), isFresh };
  };

  return {
    run: async (job) => {
      for (let failures = 0; ;) {
        if (isClosed) return { type: 'failed', why: 'closed' };
        const { result, isFresh } = await attempt(job);
        if (result.type === 'judged' || result.type === 'verified') return result;
        await end();
        if (result.type === 'failed') failures += 1;
        else if (result.type === 'overrun' || isFresh) disable(result.check, result.why);
        if (result.type === 'failed' && failures >= TRIES) return result;
      }
    },
    close: async () => {
      isClosed = true;
      await end();
    },
  };
}
