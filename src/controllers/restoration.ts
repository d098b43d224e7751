import type { SubjectKey } from '../inventory/subject-key.ts';
import type { Timers } from '../kube/timers.ts';

/** A report that was deleted comes back when no other has been deleted for so long. */
const QUIET_MS = 5_000;
/** Where something is always deleted, it comes back after so many such pauses all the same. */
const MAX_PAUSES = 12;

/** Holds subjects back whose reports were deleted. */
export interface Restoration {
  readonly onDeleted: (subject: SubjectKey) => void;
  /** Whether the subject's report shall not be written yet, whatever changes; it is asked for when it may be. */
  readonly isHeld: (subject: SubjectKey) => boolean;
  readonly held: () => Iterable<SubjectKey>;
}

export interface RestorationOptions {
  readonly restore: (subject: SubjectKey) => void;
  /** Whether there is such a subject. The garbage collector may delete the report of one that is gone, and that is right so. */
  readonly isThere: (subject: SubjectKey) => boolean;
  readonly timers: Pick<Timers, 'sleep'>;
  readonly signal: AbortSignal;
}

/**
 * Brings deleted reports back once it is quiet. Whoever removes our CustomResourceDefinitions, or all reports, deletes them one
 * by one and then looks whether any is left: an API server before 1.33 waits a minute, and then begins anew, if one is written
 * while it deletes.
 */
export function createRestoration({ restore, isThere, timers, signal }: RestorationOptions): Restoration {
  const deleted = new Set<SubjectKey>();
  let deletions = 0;

  async function restoreWhenQuiet(): Promise<void> {
    let seen = -1;
    for (let pauses = 0; seen !== deletions && pauses < MAX_PAUSES && !signal.aborted; pauses += 1) {
      seen = deletions;
      await timers.sleep(QUIET_MS, signal);
    }
    const due = [...deleted];
    deleted.clear();
    due.forEach(restore);
  }

  /** One by one, as whoever asks whether there are any needs no more than the first. */
  function* held(): Iterable<SubjectKey> {
    for (const subject of deleted) if (isThere(subject)) yield subject;
  }

  return {
    onDeleted(subject) {
      deletions += 1;
      if (deleted.size === 0) void restoreWhenQuiet();
      deleted.add(subject);
    },
    isHeld: (subject) => deleted.has(subject) && isThere(subject),
    held,
  };
}
