import { isDeepStrictEqual } from 'node:util';
import type { Timers } from '../../kube/timers.ts';
import type { ChangeSet } from '../change-set.ts';
import type { NotifyConfig, Target } from '../config/config.ts';
import type { About } from '../sending/target-sender.ts';
import type { CourierOptions } from './courier.ts';
import { createLane, type Lane } from './lane.ts';
import type { Outcome } from './waiting-room.ts';

/** The lanes of all targets. None waits for another. */
export interface Lanes {
  /** `abandoned` if there is no such target. */
  readonly offer: (target: string, changes: ChangeSet) => Promise<Outcome>;
  readonly depth: (target: string) => number;
  readonly names: () => readonly string[];
  /** Targets that are gone abandon what they have; those that stay keep it, and send it by their new settings. */
  readonly reload: (config: NotifyConfig) => void;
  /** Ends all, after at most so long for what is under way. */
  readonly stop: (graceMs: number) => Promise<void>;
}

export interface LanesOptions extends Omit<CourierOptions, 'target' | 'about' | 'onRetry'> {
  readonly onRetry: (target: string) => void;
}

interface Row {
  readonly lane: Lane;
  readonly target: Target;
  readonly about: About;
}

export function createLanes(options: LanesOptions): Lanes {
  const rows = new Map<string, Row>();
  let isStopped = false;

  function open(target: Target, about: About): Row {
    const onRetry = (): void => options.onRetry(target.name);
    return { lane: createLane({ ...options, target, about, onRetry }), target, about };
  }

  function updated(row: Row, target: Target, about: About): Row {
    if (isDeepStrictEqual([row.target, row.about], [target, about])) return row;
    row.lane.update(target, about);
    return { ...row, target, about };
  }

  function reload({ targets, ...about }: NotifyConfig): void {
    if (isStopped) return;
    const before = new Map(rows);
    rows.clear();
    for (const target of targets) {
      const row = before.get(target.name);
      rows.set(target.name, row === undefined ? open(target, about) : updated(row, target, about));
      before.delete(target.name);
    }
    for (const { lane } of before.values()) void lane.end();
  }

  return {
    reload,
    names: () => [...rows.keys()],
    depth: (target) => rows.get(target)?.lane.depth() ?? 0,
    offer: async (target, changes) => (await rows.get(target)?.lane.offer(changes)) ?? 'abandoned',
    async stop(graceMs) {
      isStopped = true;
      const lanes = [...rows.values()].map(({ lane }) => lane);
      await within(graceMs, Promise.all(lanes.map((lane) => lane.drain())), options.timers);
      await Promise.all(lanes.map((lane) => lane.end()));
    },
  };
}

/** Waits for the work, but not for ever. */
async function within(limitMs: number, work: Promise<unknown>, { sleep }: Pick<Timers, 'sleep'>): Promise<void> {
  const done = new AbortController();
  await Promise.race([work, sleep(limitMs, done.signal)]);
  done.abort();
}
