import { SEVERITIES, type Severity } from '../../crds/index.ts';
import type { ReportKey } from '../naming.ts';
import type { OnRecordChange, ReportRecord } from '../records.ts';
import { createCheckCounts, type CheckCounts } from './check-counts.ts';
import { createFirstSeenTimes, type FirstSeenTimes } from './first-seen-times.ts';

type SeverityCounts = Record<Severity, number>;

/** What the reports of one namespace say in sum; '' is for cluster-scoped subjects. */
interface NamespaceCounts {
  readonly namespace: string;
  /** Open findings, those included that were cut from a report. */
  readonly open: Readonly<SeverityCounts>;
  /** Findings under an exception. */
  readonly suppressed: Readonly<SeverityCounts>;
  readonly firstSeen: Pick<FirstSeenTimes, 'newest' | 'oldest'>;
}

/** How much the reports say in sum, kept up with each change of one, so that reading costs no more than its length. */
export interface ReportCounts {
  readonly change: OnRecordChange;
  /** One entry per namespace that has a report. */
  readonly namespaces: () => Iterable<NamespaceCounts>;
  readonly checks: CheckCounts['total'];
  readonly namespaceChecks: CheckCounts['byNamespace'];
  /** `truncated`: from which findings were cut. */
  readonly reports: () => Iterable<{ readonly kind: string; readonly count: number; readonly truncated: number }>;
}

interface Entry extends NamespaceCounts {
  reports: number;
  readonly open: SeverityCounts;
  readonly suppressed: SeverityCounts;
  readonly firstSeen: FirstSeenTimes;
}

const none = (): SeverityCounts => ({ Critical: 0, High: 0, Medium: 0, Low: 0, Info: 0 });

const emptyEntry = (namespace: string): Entry => ({
  namespace,
  reports: 0,
  open: none(),
  suppressed: none(),
  firstSeen: createFirstSeenTimes(),
});

export function createReportCounts(): ReportCounts {
  const namespaces = new Map<string, Entry>();
  const checks = createCheckCounts();
  const kinds = {
    SecurityReport: { kind: 'SecurityReport', count: 0, truncated: 0 },
    ClusterSecurityReport: { kind: 'ClusterSecurityReport', count: 0, truncated: 0 },
  };

  function addFindings(entry: Entry, { counts, findings }: ReportRecord, sign: 1 | -1): void {
    for (const severity of SEVERITIES) entry.open[severity] += sign * counts[severity];
    for (const finding of findings) {
      if (finding.isSuppressed === true) {
        entry.suppressed[finding.severity] += sign;
        continue;
      }
      entry.firstSeen.change(finding, sign);
      checks.change(entry.namespace, finding, sign);
    }
  }

  function add(key: ReportKey, record: ReportRecord | undefined, sign: 1 | -1): void {
    if (record?.isStored !== true) return;
    const namespace = key.slice(0, key.indexOf('/'));
    const kind = kinds[namespace === '' ? 'ClusterSecurityReport' : 'SecurityReport'];
    kind.count += sign;
    if (record.isCut) kind.truncated += sign;
    const entry = namespaces.get(namespace) ?? emptyEntry(namespace);
    entry.reports += sign;
    addFindings(entry, record, sign);
    if (entry.reports === 0) namespaces.delete(namespace);
    else namespaces.set(namespace, entry);
  }

  return {
    change(key, before, after) {
      add(key, before, -1);
      add(key, after, 1);
    },
    namespaces: () => namespaces.values(),
    checks: checks.total,
    namespaceChecks: checks.byNamespace,
    reports: () => Object.values(kinds),
  };
}
