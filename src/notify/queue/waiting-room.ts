import { sizeOf, type ChangeSet } from '../change-set.ts';

/** What became of a change set: `abandoned` if the notifiers, or its target, ended before it could be delivered. */
export type Outcome = 'sent' | 'failed' | 'dropped' | 'abandoned';

/** A change set, or a part of one, that waits. */
export interface Entry {
  readonly changes: ChangeSet;
  readonly offeredMs: number;
  /** Called once, when it is known what became of it. */
  readonly settle: (outcome: Outcome) => void;
}

/** Holds what is to be sent to one target, in order, up to a number of findings: memory is bounded by what it holds. */
export interface WaitingRoom {
  /** All of them or, if there is no room, none. An empty room takes anything. */
  readonly add: (entries: readonly Entry[], maxFindings: number) => boolean;
  /** The first entry, and if `more` those after it that do not make more findings than that. They stay counted. */
  readonly take: (more: boolean, maxFindings: number) => readonly Entry[];
  /** What was taken is done. */
  readonly leave: (entries: readonly Entry[], outcome: Outcome) => void;
  readonly first: () => Entry | undefined;
  /** How many findings wait or are under way. */
  readonly depth: () => number;
}

const total = (entries: readonly Entry[]): number => entries.reduce((sum, { changes }) => sum + sizeOf(changes), 0);

export function createWaitingRoom(): WaitingRoom {
  const waiting: Entry[] = [];
  let depth = 0;

  return {
    depth: () => depth,
    first: () => waiting[0],
    add(entries, maxFindings) {
      const size = total(entries);
      // The newest are turned away: those before them may tell of what they undo, and whoever offered these offers them again.
      if (depth > 0 && depth + size > maxFindings) return false;
      depth += size;
      waiting.push(...entries);
      return true;
    },
    take(more, maxFindings) {
      let count = 0;
      let size = 0;
      for (const { changes } of waiting) {
        size += sizeOf(changes);
        if (count > 0 && (!more || size > maxFindings)) break;
        count++;
      }
      return waiting.splice(0, count);
    },
    leave(entries, outcome) {
      depth -= total(entries);
      for (const { settle } of entries) settle(outcome);
    },
  };
}
