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

/**
 * Brings deleted reports back once it is quiet. Whoever removes our CustomResourceDefinitions, or all reports, deletes them one
 * by one and then looks whether any is left: an API server before 1.33 waits a minute, and then begins anew, if one is written
 * while it deletes.
 */
export function createRestoration(
  restore: (subject: SubjectKey) => void,
  timers: Pick<Timers, 'sleep'>,
  signal: AbortSignal,
): Restoration {
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

  return {
    onDeleted(subject) {
      deletions += 1;
      if (deleted.size === 0) void restoreWhenQuiet();
      deleted.add(subject);
    },
    isHeld: (subject) => deleted.has(subject),
    held: () => deleted,
  };
}
