import type { SubjectKey } from '../inventory/subject-key.ts';
import type { Timers } from '../kube/timers.ts';

/** A report that was deleted comes back when no other has been deleted for so long. */
const QUIET_MS = 5_000;

/**
 * Brings deleted reports back once it is quiet. Whoever removes our CustomResourceDefinitions, or all reports, deletes them one
 * by one and then looks whether any is left: an API server before 1.33 does so for ever if each comes back at once.
 */
export function createRestoration(
  restore: (subject: SubjectKey) => void,
  timers: Pick<Timers, 'sleep'>,
  signal: AbortSignal,
): { readonly onDeleted: (subject: SubjectKey) => void } {
  const deleted = new Set<SubjectKey>();
  let deletions = 0;

  async function restoreWhenQuiet(): Promise<void> {
    for (let seen = -1; seen !== deletions && !signal.aborted;) {
      seen = deletions;
      await timers.sleep(QUIET_MS, signal);
    }
    for (const subject of deleted) restore(subject);
    deleted.clear();
  }

  return {
    onDeleted(subject) {
      deletions += 1;
      deleted.add(subject);
      if (deleted.size === 1) void restoreWhenQuiet();
    },
  };
}
