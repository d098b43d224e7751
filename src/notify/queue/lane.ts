import type { ChangeSet } from '../change-set.ts';
import type { Target } from '../config/config.ts';
import { MAX_FINDINGS, partsOf } from '../message/message.ts';
import type { About } from '../sending/target-sender.ts';
import { createCourier, type CourierOptions } from './courier.ts';
import { createPauses } from './pauses.ts';
import { createWaitingRoom, type Entry, type Outcome } from './waiting-room.ts';

/** The way to one target: messages go one at a time, in the order of their offering. */
export interface Lane {
  readonly offer: (changes: ChangeSet) => Promise<Outcome>;
  /** How many findings wait or are under way. */
  readonly depth: () => number;
  /** From the next request on; what waits for its next attempt need not wait longer. */
  readonly update: (target: Target, about: About) => void;
  /** Takes no more, and resolves when what it has is sent, or abandoned if it would have to wait for another attempt. */
  readonly drain: () => Promise<void>;
  /** Abandons all at once. */
  readonly end: () => Promise<void>;
}

export function createLane(options: CourierOptions): Lane {
  const { timers } = options;
  const room = createWaitingRoom();
  const pauses = createPauses(timers);
  const courier = createCourier(options);
  let { target } = options;
  let work: Promise<void> | undefined;

  /** How long until the first that waits is due. New settings may change that. */
  const dueMs = (): number => (room.first()?.offeredMs ?? 0) + target.digestSeconds * 1000 - timers.now();

  async function gather(): Promise<void> {
    while (!pauses.areEnded() && dueMs() > 0) await pauses.pause(dueMs());
  }

  async function run(): Promise<void> {
    while (room.first() !== undefined) {
      await gather();
      const batch = room.take(target.digestSeconds > 0, MAX_FINDINGS[target.type]);
      if (batch.length > 0) room.leave(batch, await courier.deliver(batch, pauses));
    }
    // At once, so that what is offered next does not wait for work that has ended.
    work = undefined;
  }

  async function offer(changes: ChangeSet): Promise<Outcome> {
    if (pauses.areEnded()) return 'abandoned';
    const parts = partsOf(changes, MAX_FINDINGS[target.type]).map((part) => waiting(part, timers.now()));
    const entries = parts.map(({ entry }) => entry);
    if (!room.add(entries, target.maxQueue)) {
      courier.log.full();
      return 'dropped';
    }
    work ??= run();
    const outcomes = await Promise.all(parts.map(({ outcome }) => outcome));
    return outcomes.find((outcome) => outcome !== 'sent') ?? 'sent';
  }

  return {
    offer,
    depth: room.depth,
    update(next, about) {
      target = next;
      courier.update(next, about);
      pauses.cut();
    },
    async drain() {
      pauses.end();
      await work;
    },
    async end() {
      pauses.end();
      await courier.end();
      await work;
    },
  };
}

function waiting(changes: ChangeSet, offeredMs: number): { readonly entry: Entry; readonly outcome: Promise<Outcome> } {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  return { entry: { changes, offeredMs, settle: resolve }, outcome: promise };
}
