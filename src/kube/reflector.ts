import { ApiError } from './api-error.ts';
import { createBackoff } from './backoff.ts';
import { createFeed } from './feed.ts';
import { createListWatch } from './list-watch.ts';
import type { Reflector, ReflectorOptions, ReflectorState } from './reflector-api.ts';
import type { Timers } from './timers.ts';

/** How long it takes at most to see that a permission was given, or an API came. */
const PAUSE_MS = 60_000;
const RARE_PAUSE_MS = 10 * 60_000;
/** A stream that lived so long was a good one: what ends it is no reason to wait. */
const HEALTHY_MS = 5_000;

/**
 * Mirrors a collection into a sink for as long as the signal lets it: reads it whole, then follows its changes, resumes where
 * it was after every failure, and reads it whole again only if the server does not remember that place any more.
 */
export function startReflector(options: ReflectorOptions): Reflector {
  const { resource, hooks, timers, signal, isRare = false } = options;
  const standing = createStanding(options);
  const feed = createFeed({
    ...options,
    onReplaced() {
      hooks.onList?.(resource, 'ok');
      standing.replaced();
    },
  });
  const listWatch = createListWatch(options, feed, standing.arrived);
  const pauses = createPauses(timers, isRare ? RARE_PAUSE_MS : PAUSE_MS);
  let round = new AbortController();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      // A relist was asked for: only here can no event that is still on its way undo it.
      if (round.signal.aborted) feed.expire();
      round = new AbortController();
      const ends = AbortSignal.any([signal, round.signal]);
      pauses.begin();
      const failure = await failureOf(() => listWatch.follow(ends, onOpen));
      if (signal.aborted) return;
      onEnd(ends.aborted ? 'relist' : reasonOf(failure), failure);
      await timers.sleep(pauses.after(failure), ends);
    }
  }

  function onOpen(): void {
    pauses.opened();
    if (feed.version() !== undefined) standing.set('Synced');
  }

  function onEnd(reason: string, failure: unknown): void {
    if (feed.version() === undefined) hooks.onList?.(resource, reason);
    else hooks.onWatchRestart?.(resource, reason);
    if (reason === 'relist' || failure === undefined) return;
    const code = failure instanceof ApiError ? failure.code : undefined;
    // Of a kind that was away, deletions went unseen.
    if (code === 'Gone' || code === 'NotFound') feed.expire();
    if (code !== 'Gone') standing.set(STATES.get(code) ?? 'Failing', messageOf(failure));
  }

  return {
    resource,
    state: standing.state,
    hasSynced: standing.hasSynced,
    relist: () => round.abort(),
    lastEventTime: standing.lastArrival,
    done: run(),
  };
}

const STATES: ReadonlyMap<string | undefined, ReflectorState> = new Map([
  ['Forbidden', 'Forbidden'],
  ['NotFound', 'Absent'],
]);

/** What is told of a reflector. */
interface Standing {
  readonly state: Reflector['state'];
  readonly hasSynced: () => boolean;
  readonly lastArrival: () => number | undefined;
  readonly set: (state: ReflectorState, message?: string) => void;
  readonly replaced: () => void;
  readonly arrived: (chunk: Buffer) => void;
}

/** That a watch begins well is what everybody expects; that it breaks, or recovers, is news. */
function logLevel(before: ReflectorState, state: ReflectorState, isRare: boolean): 'debug' | 'info' | 'warn' {
  if (state === 'Absent' && isRare) return 'debug';
  if (state !== 'Synced') return 'warn';
  return before === 'Syncing' ? 'debug' : 'info';
}

function createStanding({ resource, hooks, logger, timers, isRare = false }: ReflectorOptions): Standing {
  let current: ReturnType<Reflector['state']> = { state: 'Syncing' };
  let hasSynced = false;
  let lastArrivalMs: number | undefined;

  function set(state: ReflectorState, message?: string): void {
    const before = current.state;
    current = message === undefined ? { state } : { state, message };
    if (state === before) return;
    logger[logLevel(before, state, isRare)]('watch changed', { kind: resource.kind, state, reason: message });
    hooks.onState?.(resource, state, message);
  }

  return {
    set,
    state: () => current,
    hasSynced: () => hasSynced,
    lastArrival: () => lastArrivalMs,
    replaced() {
      hasSynced = true;
      set('Synced');
    },
    arrived(chunk) {
      lastArrivalMs = timers.wallMs();
      hooks.onBytes?.(resource, chunk.length);
    },
  };
}

/** How long to wait before the next round. */
function createPauses(
  { now, random }: Timers,
  longestMs: number,
): {
  readonly begin: () => void;
  readonly opened: () => void;
  readonly after: (failure: unknown) => number;
} {
  const backoff = createBackoff(800, 30_000, random);
  /** Neither a permission nor a kind comes back within seconds. */
  const patient = createBackoff(5_000, longestMs, random);
  let openedAtMs = Number.POSITIVE_INFINITY;
  return {
    begin() {
      openedAtMs = Number.POSITIVE_INFINITY;
    },
    opened() {
      openedAtMs = now();
      patient.reset();
    },
    after(failure) {
      const wasHealthy = now() - openedAtMs >= HEALTHY_MS;
      if (wasHealthy) backoff.reset();
      if (failure === undefined || isGone(failure)) return wasHealthy ? 0 : backoff.next();
      if (!(failure instanceof ApiError)) return backoff.next();
      if (STATES.has(failure.code)) return patient.next();
      return Math.max(backoff.next(), failure.retryAfterMs ?? 0);
    },
  };
}

/** Resolves to why it failed, or to undefined if it came to its proper end. */
async function failureOf(run: () => Promise<void>): Promise<unknown> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error;
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'Gone';
}

/** A label for metrics, so one of few. */
function reasonOf(failure: unknown): string {
  if (failure === undefined) return 'ended';
  if (isGone(failure)) return 'expired';
  if (!(failure instanceof Error) || !('code' in failure) || typeof failure.code !== 'string') return 'Error';
  return failure.code === 'UND_ERR_BODY_TIMEOUT' ? 'idle' : failure.code;
}

function messageOf(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}
