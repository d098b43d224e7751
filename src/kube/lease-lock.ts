import { type Bounds, createLeaseObject, type Lease, type LeaseSpec } from './lease-object.ts';
import { microTime } from './micro-time.ts';
import type { KubeClient } from './client.ts';

/** A Lease object used as a lock among processes. */
export interface LeaseLock {
  /**
   * Takes the lock if it is free or expired, renews it if it is ours, and answers whether it is held now.
   * Throws as the client does; then it is not known whether it is held.
   */
  readonly hold: (bounds: Bounds) => Promise<boolean>;
  /** Gives the lock up, so that another need not wait for it to expire. Throws as the client does. */
  readonly release: (bounds: Bounds) => Promise<void>;
  /** Who was seen to hold it last; '' if nobody. */
  readonly holder: () => string;
  /** How the holder before us left it; undefined if there was none. */
  readonly predecessor: () => Predecessor | undefined;
}

/** Who held a lock before. */
export interface Predecessor {
  /** When it renewed the lock last. */
  readonly renewTime: Date;
  /** It gave the lock up by itself: it was not cut off in its work. */
  readonly hasReleased: boolean;
}

export interface LeaseLockOptions {
  readonly client: KubeClient;
  readonly namespace: string;
  readonly name: string;
  /** Unique among all processes that compete. */
  readonly identity: string;
  readonly durationMs: number;
  /** Monotonic, to tell how long ago something was seen. */
  readonly nowMs: () => number;
  /** What is written for others to read. */
  readonly wallTime: () => Date;
  /** Our own lease had to be read before it could be renewed, as it was not as we had left it. */
  readonly onSlowRenewal?: (() => void) | undefined;
}

/**
 * As client-go does it: writes are guarded by the resourceVersion, and a lease has expired when it has not changed for its
 * duration as observed here, whatever the times in it say, so that clocks need not agree.
 */
export function createLeaseLock(options: LeaseLockOptions): LeaseLock {
  const { client, namespace, name, identity, durationMs, nowMs, wallTime, onSlowRenewal } = options;
  const object = createLeaseObject(client, namespace, name);
  let seen: Lease | undefined;
  let seenSpec: string | undefined;
  let seenAtMs = 0;
  let predecessor: Predecessor | undefined;

  function observe(lease: Lease | undefined): void {
    seen = lease;
    const spec = JSON.stringify(lease?.spec);
    if (spec !== seenSpec) seenAtMs = nowMs();
    seenSpec = spec;
  }

  async function write(changes: LeaseSpec, bounds: Bounds): Promise<boolean> {
    const written = await object.write(seen, { ...changes, renewTime: microTime(wallTime()) }, bounds);
    if (written !== undefined) observe(written);
    return written !== undefined;
  }

  async function take(bounds: Bounds): Promise<boolean> {
    const before = seen?.spec;
    const changes = {
      holderIdentity: identity,
      leaseDurationSeconds: Math.ceil(durationMs / 1000),
      acquireTime: microTime(wallTime()),
      leaseTransitions: seen === undefined ? 0 : (before?.leaseTransitions ?? 0) + 1,
    };
    if (!(await write(changes, bounds))) return false;
    const renewTime = timeOf(before?.renewTime);
    predecessor = renewTime && { renewTime, hasReleased: before?.holderIdentity === '' };
    return true;
  }

  function isKeptByAnother(): boolean {
    if (seen === undefined || holderOf(seen) === '') return false;
    const seconds = seen.spec?.leaseDurationSeconds;
    return nowMs() < seenAtMs + (seconds === undefined ? durationMs : seconds * 1000);
  }

  const isOurs = (): boolean => holderOf(seen) === identity;

  return {
    async hold(bounds) {
      // The leader knows the lease and need not read it first.
      if (isOurs() && (await write({}, bounds))) return true;
      observe(await object.read(bounds));
      if (isOurs()) {
        onSlowRenewal?.();
        return write({}, bounds);
      }
      return isKeptByAnother() ? false : take(bounds);
    },
    async release(bounds) {
      // The API wants a duration of at least a second.
      const changes = { holderIdentity: '', leaseDurationSeconds: 1 };
      if (!isOurs() || (await write(changes, bounds))) return;
      // A renewal that was broken off has reached the server all the same.
      observe(await object.read(bounds));
      if (isOurs()) await write(changes, bounds);
    },
    holder: () => holderOf(seen),
    predecessor: () => predecessor,
  };
}

function holderOf(lease: Lease | undefined): string {
  return lease?.spec?.holderIdentity ?? '';
}

function timeOf(text: string | undefined): Date | undefined {
  const date = new Date(text ?? '');
  return Number.isNaN(date.getTime()) ? undefined : date;
}
