import PQueue from 'p-queue';
import { createRetries } from './retries.ts';

/** What metrics want to know of a queue. Times are in seconds. */
export interface QueueHooks {
  readonly onAdd?: () => void;
  readonly onStart?: (waitedSeconds: number) => void;
  /** `failure`: what the work rejected with, if it did. */
  readonly onFinish?: (result: 'success' | 'error', seconds: number, failure?: unknown) => void;
  readonly onRetry?: () => void;
}

export interface QueueOptions<K> {
  /** Works on one key. Rejecting, whatever with, means: again, after a while. `sinceMs` is when the key was first found dirty. */
  readonly work: (key: K, sinceMs: number) => Promise<void>;
  readonly concurrency: number;
  /** Milliseconds of a clock that never steps. */
  readonly nowMs: () => number;
  /** In [0, 1), to spread retries. */
  readonly random: () => number;
  readonly hooks?: QueueHooks;
}

/**
 * Keys that need work: a key is in it once however often it is added, and is worked on by one worker at a time; one that
 * is added while being worked on comes again. Failed keys wait longer each time.
 */
export interface WorkQueue<K> {
  readonly add: (key: K) => void;
  /** Starts work; until then keys only gather. */
  readonly resume: () => void;
  /** Starts no further work; what is under way goes on. */
  readonly pause: () => void;
  /** Settles when nothing is waiting or under way; keys that wait for a retry are not counted. */
  readonly idle: () => Promise<void>;
  /** Ends retries and waits for the work under way. */
  readonly stop: () => Promise<void>;
  /** Keys that wait for a worker. */
  readonly depth: () => number;
  /** When that of the keys that wait or are worked on was found dirty which has been so for longest; undefined if there is none. */
  readonly oldestMs: () => number | undefined;
  /** Keys whose last try failed. */
  readonly failing: () => Iterable<K>;
}

/** What is waiting, what is under way, and who waits for all of it to end. */
interface State<K> {
  /** Since when; the longest-waiting first. */
  readonly dirty: Map<K, number>;
  readonly active: Map<K, number>;
  waiters: (() => void)[];
  isPaused: boolean;
  isStopped: boolean;
}

function nextKey<K>({ dirty, active, isPaused }: State<K>): readonly [K, number] | undefined {
  if (!isPaused) for (const entry of dirty) if (!active.has(entry[0])) return entry;
  return undefined;
}

function oldestMs<K>({ dirty, active }: State<K>): number | undefined {
  const [waiting] = dirty.values();
  const all = waiting === undefined ? [...active.values()] : [waiting, ...active.values()];
  return all.length === 0 ? undefined : Math.min(...all);
}

function wakeIfIdle<K>(state: State<K>): void {
  const isIdle = state.active.size === 0 && (state.dirty.size === 0 || state.isPaused);
  if (!isIdle) return;
  for (const resolve of state.waiters) resolve();
  state.waiters = [];
}

export function createQueue<K>({ work, concurrency, nowMs, random, hooks = {} }: QueueOptions<K>): WorkQueue<K> {
  // p-queue bounds the workers, and is handed a key only when one is free: as a backlog it costs a kilobyte a task.
  const workers = new PQueue({ concurrency });
  const state: State<K> = { dirty: new Map(), active: new Map(), waiters: [], isPaused: true, isStopped: false };
  const retries = createRetries<K>((key) => {
    hooks.onRetry?.();
    add(key);
  }, random);

  function pump(): void {
    while (state.active.size < concurrency) {
      const next = nextKey(state);
      if (next === undefined) break;
      const [key, sinceMs] = next;
      state.dirty.delete(key);
      state.active.set(key, sinceMs);
      void workers.add(() => run(key, sinceMs));
    }
    wakeIfIdle(state);
  }

  async function run(key: K, sinceMs: number): Promise<void> {
    const startMs = nowMs();
    hooks.onStart?.((startMs - sinceMs) / 1000);
    try {
      await work(key, sinceMs);
      retries.succeed(key);
      hooks.onFinish?.('success', (nowMs() - startMs) / 1000);
    } catch (failure) {
      hooks.onFinish?.('error', (nowMs() - startMs) / 1000, failure);
      retries.fail(key);
    }
    state.active.delete(key);
    pump();
  }

  function add(key: K): void {
    if (state.isStopped || state.dirty.has(key)) return;
    state.dirty.set(key, nowMs());
    hooks.onAdd?.();
    pump();
  }

  return {
    add,
    resume() {
      state.isPaused = state.isStopped;
      pump();
    },
    pause() {
      state.isPaused = true;
    },
    async idle() {
      if (state.active.size > 0 || state.dirty.size > 0)
        await new Promise<void>((resolve) => void state.waiters.push(resolve));
    },
    async stop() {
      state.isStopped = state.isPaused = true;
      retries.stop();
      await workers.onIdle();
      wakeIfIdle(state);
    },
    depth: () => state.dirty.size,
    oldestMs: () => oldestMs(state),
    failing: retries.failing,
  };
}
