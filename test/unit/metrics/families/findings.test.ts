import assert from 'node:assert/strict';
import type { KnownFinding } from '../../../../src/reports/records.ts';
import { createReportCounts, type ReportCounts } from '../../../../src/reports/counts/report-counts.ts';
import { reportKey } from '../../../../src/reports/naming.ts';
import { known, recordWith } from '../../../support/findings.ts';
import { assertSamples, metricsOf, samplesOf } from '../../../support/metrics.ts';

const NOON = Date.parse('2026-05-01T12:00:00Z') / 1000;
const WEB = reportKey('shop', 'deployment-web');
const ROLE = reportKey('', 'clusterrole-reader');

const WEB_FINDINGS: readonly KnownFinding[] = [
  known('host-network', { id: '1' }),
  known('host-network', { id: '2', firstSeenTime: '2026-05-01T12:00:09Z' }),
  known('host-pid', { id: '3', origin: 'Baseline', firstSeenTime: '2026-04-01T00:00:00Z' }),
  known('rbac', { id: '4', severity: 'Critical', origin: 'Baseline', reopenedTime: '2026-05-01T12:00:05Z' }),
  known('image-tag-mutable', { id: '5', severity: 'Low', isSuppressed: true }),
];

/** A workload with open, suppressed, old and reopened findings, and a clean role. */
function counted(): ReportCounts {
  const counts = createReportCounts();
  counts.change(WEB, undefined, recordWith(WEB_FINDINGS));
  counts.change(ROLE, undefined, recordWith([], { isCut: true }));
  return counts;
}

/** A sample for each severity of a namespace, in the order from critical to info. */
const perSeverity = (name: string, namespace: string, values: readonly number[]): readonly string[] =>
  ['critical', 'high', 'medium', 'low', 'info'].map(
    (severity, index) => `${name}{namespace="${namespace}",severity="${severity}"} ${values[index] ?? 0}`,
  );

describe('Metrics of findings', () => {
  it('count open violations per namespace at every severity, zero included', async () => {
    const name = 'plimsoll_violations';
    await assertSamples(
      metricsOf({ violations: counted() }),
      [name],
      [...perSeverity(name, 'shop', [1, 3]), ...perSeverity(name, '', [])],
    );
  });

  it('count violations per check, with known checks at zero and other severities where evidence decided', async () => {
    const knownChecks = [
      { id: 'host-network', severity: 'High' as const },
      { id: 'image-tag-mutable', severity: 'Low' as const },
      { id: 'rbac', severity: 'Medium' as const },
    ];
    await assertSamples(
      metricsOf({ violations: counted(), knownChecks }),
      ['plimsoll_check_violations'],
      [
        'plimsoll_check_violations{check="host-network",severity="high"} 2',
        'plimsoll_check_violations{check="host-pid",severity="high"} 1',
        'plimsoll_check_violations{check="image-tag-mutable",severity="low"} 0',
        'plimsoll_check_violations{check="rbac",severity="critical"} 1',
        'plimsoll_check_violations{check="rbac",severity="medium"} 0',
      ],
    );
  });

  it('count violations per namespace and check, and those under exceptions, only where there are any', async () => {
    await assertSamples(
      metricsOf({ violations: counted() }),
      ['plimsoll_namespace_check_violations', 'plimsoll_suppressed_violations'],
      [
        'plimsoll_namespace_check_violations{namespace="shop",check="host-network",severity="high"} 2',
        'plimsoll_namespace_check_violations{namespace="shop",check="host-pid",severity="high"} 1',
        'plimsoll_namespace_check_violations{namespace="shop",check="rbac",severity="critical"} 1',
        'plimsoll_suppressed_violations{namespace="shop",severity="low"} 1',
      ],
    );
  });

  it('tell since when the newest is news, by its exception too, and when the oldest was first seen', async () => {
    const [newest, oldest] = ['newest', 'oldest'].map(
      (which) => `plimsoll_${which}_violation_first_seen_timestamp_seconds`,
    );
    assert.ok(newest !== undefined && oldest !== undefined);
    await assertSamples(
      metricsOf({ violations: counted() }),
      [newest, oldest],
      [
        ...perSeverity(newest, 'shop', [NOON + 5, NOON + 9]),
        ...perSeverity(newest, '', []),
        ...perSeverity(oldest, 'shop', [NOON, Date.parse('2026-04-01T00:00:00Z') / 1000]),
        ...perSeverity(oldest, '', []),
      ],
    );
  });

  it('count reports per kind, and those from which findings were cut', async () => {
    await assertSamples(
      metricsOf({ violations: counted() }),
      ['plimsoll_reports', 'plimsoll_reports_truncated'],
      [
        'plimsoll_reports{kind="SecurityReport"} 1',
        'plimsoll_reports{kind="ClusterSecurityReport"} 1',
        'plimsoll_reports_truncated{kind="SecurityReport"} 0',
        'plimsoll_reports_truncated{kind="ClusterSecurityReport"} 1',
      ],
    );
  });

  it('count what opens and closes, each severity from zero', async () => {
    const metrics = metricsOf();
    metrics.violationHooks.onViolations({ opened: ['High', 'High', 'Low'], closed: ['Critical'] });
    metrics.violationHooks.onViolations({ opened: ['High'], closed: [] });
    const expected = { opened: { high: 3, low: 1 }, closed: { critical: 1 } };
    await assertSamples(
      metrics,
      ['plimsoll_violations_opened_total', 'plimsoll_violations_closed_total'],
      Object.entries(expected).flatMap(([what, counts]: [string, Record<string, number>]) =>
        ['critical', 'high', 'medium', 'low', 'info'].map(
          (severity) => `plimsoll_violations_${what}_total{severity="${severity}"} ${counts[severity] ?? 0}`,
        ),
      ),
    );
  });

  it('forget a namespace that has no report any more', async () => {
    const violations = counted();
    const metrics = metricsOf({ violations });
    violations.change(WEB, recordWith(WEB_FINDINGS), undefined);
    const left = await samplesOf(metrics, 'plimsoll_violations', 'plimsoll_namespace_check_violations');
    assert.equal(left.length, 5);
    assert.ok(left.every((line) => line.includes('namespace=""')));
  });

  it('do not appear at all while they are not to be exposed', async () => {
    let exposed = false;
    const metrics = metricsOf({ violations: counted(), exposeFindings: () => exposed }, { level: 'violation' });
    metrics.onRecordChange(WEB, undefined, recordWith(WEB_FINDINGS));
    const ofFindings = /violation|plimsoll_reports|plimsoll_workload|plimsoll_exception|full_scan|dropped_series/;
    assert.doesNotMatch(await metrics.render(), ofFindings);
    exposed = true;
    assert.match(await metrics.render(), /^plimsoll_violations\{/m);
    assert.match(await metrics.render(), /^plimsoll_violation_info\{/m);
    exposed = false;
    assert.doesNotMatch(await metrics.render(), ofFindings);
  });
});
