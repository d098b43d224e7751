import PQueue from 'p-queue';

/** What metrics want to know of a queue. Times are in seconds. */
export interface QueueHooks {
  onAdd?(): void;
  onStart?(waitedSeconds: number): void;
  onFinish?(result: 'success' | 'error', seconds: number): void;
  onRetry?(): void;
}

export interface QueueOptions<K> {
  /** Works on one key. A rejection means: again, after a while. `sinceMs` is when the key was first found dirty. */
  readonly work: (key: K, sinceMs: number) => Promise<void>;
  readonly onError: (key: K, error: unknown, retryInMs: number) => void;
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
  add(key: K): void;
  /** Starts work; until then keys only gather. */
  resume(): void;
  /** Starts no further work; what is under way goes on. */
  pause(): void;
  /** Settles when nothing is waiting or under way; keys that wait for a retry are not counted. */
  idle(): Promise<void>;
  /** Ends retries and waits for the work under way. */
  stop(): Promise<void>;
  /** Keys that wait for a worker. */
  depth(): number;
  /** Keys whose last try failed. */
  failing(): Iterable<K>;
  active(): number;
}

const BACKOFF_BASE_MS = 500;
const BACKOFF_MAX_MS = 60_000;

/** Doubles with each failure up to a minute, spread over the upper half so that keys which failed together part. */
export function retryDelayMs(failures: number, random: () => number): number {
  const full = Math.min(BACKOFF_BASE_MS * 2 ** (failures - 1), BACKOFF_MAX_MS);
  return full * (0.5 + random() / 2);
}

export function createQueue<K>({
  work,
  onError,
  concurrency,
  nowMs,
  random,
  hooks = {},
}: QueueOptions<K>): WorkQueue<K> {
  // p-queue bounds the workers, and is handed a key only when one is free: as a backlog it costs a kilobyte a task.
  const workers = new PQueue({ concurrency });
  const dirty = new Map<K, number>();
  const active = new Set<K>();
  const failures = new Map<K, number>();
  const retries = new Map<K, NodeJS.Timeout>();
  let waiters: (() => void)[] = [];
  let isPaused = true;
  let isStopped = false;

  function nextKey(): readonly [K, number] | undefined {
    for (const entry of dirty) if (!active.has(entry[0])) return entry;
    return undefined;
  }

  function pump(): void {
    while (!isPaused && active.size < concurrency) {
      const next = nextKey();
      if (next === undefined) break;
      const [key, sinceMs] = next;
      dirty.delete(key);
      active.add(key);
      void workers.add(() => run(key, sinceMs));
    }
    if (active.size === 0 && (dirty.size === 0 || isPaused)) {
      for (const resolve of waiters) resolve();
      waiters = [];
    }
  }

  async function run(key: K, sinceMs: number): Promise<void> {
    const startMs = nowMs();
    hooks.onStart?.((startMs - sinceMs) / 1000);
    try {
      await work(key, sinceMs);
      failures.delete(key);
      hooks.onFinish?.('success', (nowMs() - startMs) / 1000);
    } catch (error) {
      hooks.onFinish?.('error', (nowMs() - startMs) / 1000);
      retryLater(key, error);
    } finally {
      active.delete(key);
      pump();
    }
  }

  function retryLater(key: K, error: unknown): void {
    const count = (failures.get(key) ?? 0) + 1;
    failures.set(key, count);
    const delayMs = retryDelayMs(count, random);
    onError(key, error, delayMs);
    if (isStopped) return;
    clearTimeout(retries.get(key));
    const timer = setTimeout(() => {
      retries.delete(key);
      hooks.onRetry?.();
      add(key);
    }, delayMs);
    retries.set(key, timer.unref());
  }

  function add(key: K): void {
    if (isStopped || dirty.has(key)) return;
    dirty.set(key, nowMs());
    hooks.onAdd?.();
    pump();
  }

  return {
    add,
    resume() {
      isPaused = isStopped;
      pump();
    },
    pause() {
      isPaused = true;
    },
    idle: () =>
      active.size === 0 && dirty.size === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve)),
    async stop() {
      isStopped = true;
      isPaused = true;
      for (const timer of retries.values()) clearTimeout(timer);
      retries.clear();
      await workers.onIdle();
      pump();
    },
    depth: () => dirty.size,
    failing: () => failures.keys(),
    active: () => active.size,
  };
}
