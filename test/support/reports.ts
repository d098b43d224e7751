import type { SecurityReport } from '../../src/crds/index.ts';
import type { ObjectRef } from '../../src/inventory/facts/object-ref.ts';
import { subjectKey } from '../../src/inventory/subject-key.ts';
import type { Assessment } from '../../src/reports/assemble.ts';
import type { ReportRecord } from '../../src/reports/records.ts';

export const WEB: ObjectRef = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'web',
  uid: 'uid-web',
};

export function record(more: Partial<ReportRecord> = {}): ReportRecord {
  return {
    uid: 'uid-report',
    resourceVersion: '1',
    subject: subjectKey('apps', 'Deployment', 'shop', 'web'),
    subjectUid: WEB.uid,
    contentHash: '',
    findings: [],
    counts: { Critical: 0, High: 0, Medium: 0, Low: 0, Info: 0 },
    unknown: [],
    isCut: false,
    marker: undefined,
    isStored: true,
    ...more,
  };
}

export function assessment(more: Partial<Assessment> = {}): Assessment {
  return {
    subject: WEB,
    createdSeconds: undefined,
    findings: [],
    undecided: [],
    passed: 3,
    catalogueVersion: 'abc',
    alwaysReported: true,
    ...more,
  };
}

/** A report as the API server sends it back. */
export function stored(report: SecurityReport, { uid = 'uid-report', resourceVersion = '7' } = {}): SecurityReport {
  return { ...report, metadata: { ...report.metadata, uid, resourceVersion } };
}
