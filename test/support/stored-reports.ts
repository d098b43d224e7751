import type { SecurityReport } from '../../src/crds/index.ts';
import { contentHash } from '../../src/reports/content.ts';
import { reportKey, type ReportKey } from '../../src/reports/naming.ts';
import type { ReportRecords } from '../../src/reports/records.ts';
import type { ReportWriter } from '../../src/reports/write.ts';

/** Writes reports into a map instead of a cluster, and remembers them as the operator does. */
export function mapWriter(stored: Map<ReportKey, SecurityReport>, records: ReportRecords): ReportWriter {
  return {
    write: (subject, report) => {
      const key = reportKey(report.metadata.namespace ?? '', report.metadata.name ?? '');
      const hash = contentHash(report);
      if (records.get(key)?.contentHash === hash) return Promise.resolve('unchanged');
      const isNew = !stored.has(key);
      stored.set(key, report);
      const version = { uid: 'u', resourceVersion: '1', contentHash: hash };
      records.written(key, { ...version, subject, ...records.remembered(report), isStored: true });
      return Promise.resolve(isNew ? 'created' : 'updated');
    },
    remove: (key) => {
      records.forget(key);
      return Promise.resolve(stored.delete(key) ? 'deleted' : 'unchanged');
    },
    storedFindings: (key) => Promise.resolve(stored.get(key)?.findings ?? []),
  };
}
