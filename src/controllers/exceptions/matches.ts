import type { SubjectKey } from '../../inventory/subject-key.ts';
import type { Exception } from '../../reports/exceptions/exception.ts';
import { keyOfException, type ExceptionKey } from './exception-store.ts';

/** How many findings each exception matches, summed up over the subjects as they are judged. */
export interface Matches {
  /** What exceptions match on a subject now; undefined once there is nothing of it to judge. */
  readonly note: (subject: SubjectKey, matched: ReadonlyMap<Exception, number> | undefined) => void;
  readonly of: (key: ExceptionKey) => number;
}

export function createMatches(): Matches {
  const totals = new Map<ExceptionKey, number>();
  /** Most subjects are under no exception, and not in it. */
  const bySubject = new Map<SubjectKey, readonly (readonly [ExceptionKey, number])[]>();

  function add(counts: readonly (readonly [ExceptionKey, number])[], sign: 1 | -1): void {
    for (const [key, count] of counts) {
      const total = (totals.get(key) ?? 0) + sign * count;
      if (total === 0) totals.delete(key);
      else totals.set(key, total);
    }
  }

  return {
    note(subject, matched) {
      add(bySubject.get(subject) ?? [], -1);
      const counts = Array.from(matched ?? [], ([exception, count]) => [keyOfException(exception), count] as const);
      add(counts, 1);
      if (counts.length === 0) bySubject.delete(subject);
      else bySubject.set(subject, counts);
    },
    of: (key) => totals.get(key) ?? 0,
  };
}
