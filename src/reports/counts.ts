import { SEVERITIES, type Severity } from '../crds/index.ts';
import type { ReportKey } from './naming.ts';
import type { ReportRecord } from './records.ts';

type SeverityCounts = Record<Severity, number>;

/** How much the reports say in sum, kept up with each change of one, so that reading costs no more than its length. */
export interface ReportCounts {
  readonly change: (key: ReportKey, before: ReportRecord | undefined, after: ReportRecord | undefined) => void;
  /** One entry per namespace that has a report; '' is for cluster-scoped subjects. */
  readonly namespaces: () => Iterable<{ readonly namespace: string; readonly counts: Readonly<SeverityCounts> }>;
  readonly checks: () => Iterable<{ readonly check: string; readonly severity: Severity; readonly count: number }>;
  readonly reports: () => Iterable<{ readonly kind: string; readonly count: number }>;
}

const KINDS = ['SecurityReport', 'ClusterSecurityReport'] as const;

export function createReportCounts(): ReportCounts {
  const byNamespace = new Map<string, { reports: number; readonly counts: SeverityCounts }>();
  const byCheck = new Map<string, { readonly check: string; readonly severity: Severity; count: number }>();
  const byKind = { SecurityReport: 0, ClusterSecurityReport: 0 };

  function addToNamespace(namespace: string, { counts }: ReportRecord, sign: 1 | -1): void {
    const entry = byNamespace.get(namespace) ?? {
      reports: 0,
      counts: { Critical: 0, High: 0, Medium: 0, Low: 0, Info: 0 },
    };
    entry.reports += sign;
    for (const severity of SEVERITIES) entry.counts[severity] += sign * counts[severity];
    if (entry.reports === 0) byNamespace.delete(namespace);
    else byNamespace.set(namespace, entry);
  }

  function addToChecks({ findings }: ReportRecord, sign: 1 | -1): void {
    for (const { check, severity } of findings) {
      const key = `${check}/${severity}`;
      const entry = byCheck.get(key) ?? { check, severity, count: 0 };
      entry.count += sign;
      byCheck.set(key, entry);
    }
  }

  function add(key: ReportKey, record: ReportRecord | undefined, sign: 1 | -1): void {
    if (record?.isStored !== true) return;
    const namespace = key.slice(0, key.indexOf('/'));
    byKind[namespace === '' ? 'ClusterSecurityReport' : 'SecurityReport'] += sign;
    addToNamespace(namespace, record, sign);
    addToChecks(record, sign);
  }

  return {
    change(key, before, after) {
      add(key, before, -1);
      add(key, after, 1);
    },
    *namespaces() {
      for (const [namespace, { counts }] of byNamespace) yield { namespace, counts };
    },
    checks: () => byCheck.values(),
    *reports() {
      for (const kind of KINDS) yield { kind, count: byKind[kind] };
    },
  };
}
