import { parseSubjectKey, type SubjectKey } from '../inventory/subject-key.ts';
import { reportKeyOf } from '../reports/naming.ts';
import type { ReportRecords } from '../reports/records.ts';
import type { ReportWriter } from '../reports/write.ts';

/**
 * Looks at every stored report again: those of subjects that are gone or out of scope go when their subject is worked on,
 * those whose name is not the one their subject calls for (made by hand, or by an older naming) go at once.
 */
export async function sweep(
  records: ReportRecords,
  writer: ReportWriter,
  enqueue: (key: SubjectKey) => void,
): Promise<void> {
  for (const [key, { subject }] of records.entries()) {
    if (reportKeyOf(parseSubjectKey(subject)) === key) enqueue(subject);
    else await writer.remove(key);
  }
}
