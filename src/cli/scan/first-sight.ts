import type { Assessed } from '../../controllers/assess/assess.ts';
import type { SecurityReport } from '../../crds/index.ts';
import { subjectOfRef } from '../../inventory/subject-key.ts';
import { assemble, type AssembleContext } from '../../reports/assemble.ts';
import type { ExceptionBook, Marked } from './exceptions/book.ts';

/** Nothing was seen before: all that is found was there when we came. */
const MEMORY: AssembleContext['memory'] = {
  hasBaseline: false,
  knownChecks: new Set(),
  watchedUntilSeconds: undefined,
};

export interface FirstSight {
  readonly exceptions: Pick<ExceptionBook, 'suppressing' | 'note'>;
  readonly marked: Marked;
  readonly now: Date;
}

/** The report of a subject that nobody has judged before; undefined if it needs none. */
export function reportAtFirstSight(
  assessed: Assessed,
  { exceptions, marked, now }: FirstSight,
): SecurityReport | undefined {
  const suppressing = exceptions.suppressing(subjectOfRef(assessed.subject), marked);
  const report = assemble(assessed, undefined, { memory: MEMORY, now, retained: [], suppressing });
  exceptions.note(suppressing);
  return report;
}
