import { Worker } from 'node:worker_threads';
import type { CustomCheck, Json } from '../custom-check.ts';
import { progressIn, type Answer, type Job, type Progress, type WorkerStart } from './protocol.ts';
import { workerUrl } from './url.ts';

/** What a thread may take. */
export interface WorkerBounds {
  /** For one step: to read the expressions of a check, to evaluate it for one object, to run one test case. */
  readonly deadlineMs: number;
  /** For all that lives long in the thread. */
  readonly heapMb: number;
}

export interface SessionOptions extends WorkerBounds {
  readonly checks: readonly CustomCheck[];
  readonly params: Json;
  readonly disabled: ReadonlyMap<number, string>;
}

/** How a job ended. All but an answer end the thread. */
export type JobResult =
  | Exclude<Answer, { readonly type: 'ready' }>
  /** A step took longer than the deadline, or more memory than there is. */
  | { readonly type: 'overrun' | 'exhausted'; readonly check: number; readonly why: string }
  /** The thread ended, or did not end in time, while it was at no check. */
  | { readonly type: 'failed'; readonly why: string };

/** One thread, which does one job at a time. */
export interface Session {
  readonly run: (job: Job) => Promise<JobResult>;
  /** Jobs answered so far. */
  readonly answered: () => number;
  readonly close: () => Promise<void>;
}

/** Looks at the progress so often in the time of one deadline. */
const LOOKS = 4;
/** Deadlines for what is about no check: the start of the thread, and reading an object. */
const PATIENCE = 20;

/**
 * Calls back when the thread has been at one step for too long. Looks are counted, and not time, so that a process which was
 * stopped, or a main thread which was busy, does not blame the check that happened to be running.
 */
function watch(progress: Progress, deadlineMs: number, onOverrun: () => void): () => void {
  let seen = progress.step();
  let looks = 0;
  const timer = setInterval(() => {
    const step = progress.step();
    looks = step === seen ? looks + 1 : 0;
    seen = step;
    const patience = progress.check() === undefined ? PATIENCE : 1;
    // One more than fit: the step may have begun just before a look.
    if (looks > LOOKS * patience) onOverrun();
  }, deadlineMs / LOOKS);
  return () => clearInterval(timer);
}

function startWorker({ checks, params, disabled, heapMb }: SessionOptions, progress: Progress): Worker {
  const start: WorkerStart = { checks, params, disabled, progress: progress.buffer };
  return new Worker(workerUrl(), {
    workerData: start,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 4, stackSizeMb: 2 },
  });
}

function ended(error: unknown, progress: Progress, heapMb: number): JobResult {
  const check = progress.check();
  const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  if (isMemory && check !== undefined) return { type: 'exhausted', check, why: `takes more memory than ${heapMb} MiB` };
  return { type: 'failed', why: error instanceof Error ? error.message : String(error) };
}

/** Starts a thread. It is ready when its first job begins, and gone after a result that is no answer. */
export function startSession(options: SessionOptions): Session {
  const { deadlineMs, heapMb } = options;
  const progress = progressIn();
  const worker = startWorker(options, progress);
  const ready = Promise.withResolvers<JobResult | undefined>();
  let settle: (result: JobResult | undefined) => void = ready.resolve;
  let answered = 0;
  let end: JobResult | undefined;
  const finish = (result: JobResult): void => {
    end ??= result;
    settle(end);
  };

  worker.on('message', (answer: Answer) => {
    if (answer.type !== 'ready') answered += 1;
    settle(answer.type === 'ready' ? undefined : answer);
  });
  worker.on('error', (error) => finish(ended(error, progress, heapMb)));
  worker.on('exit', (code) => finish({ type: 'failed', why: `the thread ended with code ${code}` }));

  /** Waits for what the thread says next, as long as it comes from step to step. */
  const watched = async (next: Promise<JobResult | undefined>): Promise<JobResult | undefined> => {
    const unwatch = watch(progress, deadlineMs, () => {
      const check = progress.check();
      const why = `runs longer than ${deadlineMs} ms`;
      finish(check === undefined ? { type: 'failed', why: `the thread ${why}` } : { type: 'overrun', check, why });
    });
    try {
      return await next;
    } finally {
      unwatch();
    }
  };
  const started = watched(ready.promise);

  return {
    run: async (job) => {
      await started;
      if (end !== undefined) return end;
      const { promise, resolve } = Promise.withResolvers<JobResult | undefined>();
      settle = resolve;
      worker.postMessage(job);
      return (await watched(promise)) ?? { type: 'failed', why: 'the thread started twice' };
    },
    answered: () => answered,
    close: async () => {
      await worker.terminate();
    },
  };
}
