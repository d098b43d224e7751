import { createLeaseLock, type LeaseLock, type Predecessor } from './lease-lock.ts';
import type { Logger } from './logger.ts';
import type { Timers } from './timers.ts';
import type { KubeClient } from './client.ts';

/** `released`: the signal was aborted. `lost`: the lease could not be renewed in time, or somebody else has it. */
export type StopReason = 'released' | 'lost';

export interface ElectionHooks {
  /** This process leads from now on, after that one, if there was one. */
  readonly onStarted: (predecessor: Predecessor | undefined) => void;
  /** It leads no more: writing must stop. When released, the lease is kept until the promise settles. */
  readonly onStopped: (reason: StopReason) => void | Promise<void>;
  /** Another holder was seen, this one included. */
  readonly onNewLeader?: (identity: string) => void;
  /** The leader had to read its lease before it could renew it. */
  readonly onSlowRenewal?: () => void;
}

export interface ElectionOptions {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly name: string;
  /** Unique among all processes that compete, over restarts too. */
  readonly identity: string;
  readonly hooks: ElectionHooks;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Ends the candidacy, and releases the lease if it is held. */
  readonly signal: AbortSignal;
  /** The time written into the lease. Default: this machine's. */
  readonly wallTime?: () => Date;
  readonly periods?: ElectionPeriods;
}

export interface ElectionPeriods {
  /** How long a lease that is not renewed keeps others out. Default 15 s. */
  readonly leaseMs: number;
  /** How long a leader that cannot renew goes on; less than the above. Default 10 s. */
  readonly renewDeadlineMs: number;
  /** Between two attempts to renew or to acquire. Default 2 s. */
  readonly retryMs: number;
}

export interface Election {
  readonly isLeader: () => boolean;
  /** Resolves after the signal, when the lease has been released; never rejects. */
  readonly done: Promise<void>;
}

const PERIODS: ElectionPeriods = { leaseMs: 15_000, renewDeadlineMs: 10_000, retryMs: 2_000 };
/** A process that ends must not be held up. */
const RELEASE_TIMEOUT_MS = 5_000;
/** Candidates must not try in step. */
const JITTER = 1.2;

/** Competes for a Lease until the signal ends it; one that has lost it competes again. The periods are those of client-go. */
export function startElection(options: ElectionOptions): Election {
  const { hooks, timers, signal, logger, periods = PERIODS } = options;
  const lock = createLeaseLock({
    ...options,
    durationMs: periods.leaseMs,
    nowMs: timers.now,
    wallTime: options.wallTime ?? (() => new Date(timers.wallMs())),
    onSlowRenewal: hooks.onSlowRenewal,
  });
  const attempt = createAttempt(lock, options);
  let isLeading = false;
  let heldSinceMs = 0;

  async function acquire(): Promise<boolean> {
    while (!signal.aborted) {
      heldSinceMs = timers.now();
      if ((await attempt(periods.renewDeadlineMs)) === 'held') return true;
      await timers.sleep(periods.retryMs * (1 + timers.random() * JITTER), signal);
    }
    return false;
  }

  /** Resolves when the lease is no longer ours, or the signal is aborted. */
  async function keep(): Promise<void> {
    while (!signal.aborted) {
      await timers.sleep(periods.retryMs, signal);
      if (signal.aborted) return;
      const startedMs = timers.now();
      const leftMs = heldSinceMs + periods.renewDeadlineMs - startedMs;
      const outcome = leftMs > 0 ? await attempt(leftMs) : 'other';
      if (outcome === 'other') return;
      if (outcome === 'held') heldSinceMs = startedMs;
    }
  }

  async function run(): Promise<void> {
    while (await acquire()) {
      isLeading = true;
      hooks.onStarted(lock.predecessor());
      await keep();
      isLeading = false;
      await hooks.onStopped(signal.aborted ? 'released' : 'lost');
    }
    await release();
  }

  async function release(): Promise<void> {
    try {
      await lock.release({ timeoutMs: RELEASE_TIMEOUT_MS });
    } catch (error) {
      logger.warn('the lease could not be released and will expire', { lease: options.name, error });
    }
  }

  return {
    // A process that was frozen wakes up as a leader whose lease has long been given to another.
    isLeader: () => isLeading && timers.now() - heldSinceMs < periods.leaseMs,
    done: run(),
  };
}

/** `unknown`: the server did not answer or take the write, so the lease is as good as its last renewal. */
type Outcome = 'held' | 'other' | 'unknown';

function createAttempt(
  lock: LeaseLock,
  { hooks, logger, name, identity, signal }: ElectionOptions,
): (timeoutMs: number) => Promise<Outcome> {
  let knownHolder = '';
  let knownFailure = '';

  async function hold(timeoutMs: number): Promise<Outcome> {
    try {
      const isHeld = await lock.hold({ timeoutMs, signal });
      knownFailure = '';
      if (isHeld) return 'held';
      return lock.holder() === identity ? 'unknown' : 'other';
    } catch (error) {
      const failure = error instanceof Error ? error.message : String(error);
      if (failure !== knownFailure && !signal.aborted)
        logger.warn('the lease could not be read or written', { lease: name, error });
      knownFailure = failure;
      return 'unknown';
    }
  }

  return async (timeoutMs) => {
    const outcome = await hold(timeoutMs);
    const holder = lock.holder();
    if (holder !== knownHolder && holder !== '') hooks.onNewLeader?.(holder);
    knownHolder = holder;
    return outcome;
  };
}
