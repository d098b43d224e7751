import type { ChangeSet, NotifiedFinding } from '../change-set.ts';
import type { Change } from './dedupe-id.ts';

/** How much of a message is shown where there is only so much room. */
export interface Room {
  readonly sets: number;
  /** Of each set. */
  readonly findings: number;
}

export interface ShownSet {
  readonly set: ChangeSet;
  readonly findings: readonly (readonly [Change, NotifiedFinding])[];
  /** How many findings of it are not shown. */
  readonly hidden: number;
}

export interface Excerpt {
  readonly shown: readonly ShownSet[];
  /** How many sets are not shown. */
  readonly hidden: number;
}

/** The beginning of a message, what is new before what is resolved. */
export function excerptOf(sets: readonly ChangeSet[], room: Room): Excerpt {
  const shown = sets.slice(0, room.sets).map((set): ShownSet => {
    const all = [
      ...set.opened.map((finding) => ['opened', finding] as const),
      ...set.resolved.map((finding) => ['resolved', finding] as const),
    ];
    return { set, findings: all.slice(0, room.findings), hidden: Math.max(0, all.length - room.findings) };
  });
  return { shown, hidden: Math.max(0, sets.length - room.sets) };
}
