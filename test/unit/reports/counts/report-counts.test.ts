import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { SEVERITIES } from '../../../../src/crds/index.ts';
import { createReportCounts, type ReportCounts } from '../../../../src/reports/counts/report-counts.ts';
import { newSince } from '../../../../src/reports/first-seen.ts';
import { reportKey, type ReportKey } from '../../../../src/reports/naming.ts';
import type { KnownFinding, ReportRecord } from '../../../../src/reports/records.ts';
import { known, recordWith } from '../../../support/findings.ts';

const WEB = reportKey('shop', 'deployment-web');

/** All that is counted, sorted: what is zero or empty is left out. */
interface Outcome {
  readonly open: readonly string[];
  readonly suppressed: readonly string[];
  readonly newest: readonly string[];
  readonly oldest: readonly string[];
  readonly checks: readonly string[];
  readonly namespaceChecks: readonly string[];
  readonly reports: readonly string[];
}

function outcomeOf(counts: ReportCounts): Outcome {
  const namespaces = [...counts.namespaces()];
  const perSeverity = (value: (each: (typeof namespaces)[number], severity: KnownFinding['severity']) => number) =>
    namespaces
      .flatMap((each) => SEVERITIES.map((severity) => [each.namespace, severity, value(each, severity)] as const))
      .filter(([, , number]) => number !== 0)
      .map((parts) => parts.join(' '))
      .sort();
  return {
    open: perSeverity(({ open }, severity) => open[severity]),
    suppressed: perSeverity(({ suppressed }, severity) => suppressed[severity]),
    newest: perSeverity(({ firstSeen }, severity) => firstSeen.newest(severity)),
    oldest: perSeverity(({ firstSeen }, severity) => firstSeen.oldest(severity)),
    checks: Array.from(counts.checks(), ({ check, severity, count }) => `${check} ${severity} ${count}`)
      .filter((text) => !text.endsWith(' 0'))
      .sort(),
    namespaceChecks: Array.from(
      counts.namespaceChecks(),
      ({ namespace, check, severity, count }) => `${namespace} ${check} ${severity} ${count}`,
    ).sort(),
    reports: Array.from(counts.reports(), ({ kind, count, truncated }) => `${kind} ${count} ${truncated}`).sort(),
  };
}

interface Stored {
  readonly namespace: string;
  readonly record: ReportRecord;
}

/** A text for each group of what the reports hold, with what `sum` makes of the group. */
function grouped(
  all: readonly Stored[],
  keyOf: (finding: KnownFinding, namespace: string) => string | undefined,
  sum: (findings: readonly KnownFinding[]) => number,
): readonly string[] {
  const groups = Map.groupBy(
    all.flatMap(({ namespace, record }) => record.findings.map((finding) => [namespace, finding] as const)),
    ([namespace, finding]) => keyOf(finding, namespace),
  );
  return [...groups]
    .filter(([key]) => key !== undefined)
    .map(([key, members]) => `${key} ${sum(members.map(([, finding]) => finding))}`)
    .sort();
}

const secondsOf = (time: string): number => Date.parse(time) / 1000;
const isOpen = ({ isSuppressed }: KnownFinding): boolean => isSuppressed !== true;
const size = (findings: readonly KnownFinding[]): number => findings.length;

/** The same, found by going through everything. */
function naiveOutcome(all: readonly Stored[]): Outcome {
  const where = (is: (finding: KnownFinding) => boolean) => (finding: KnownFinding, namespace: string) =>
    is(finding) ? `${namespace} ${finding.severity}` : undefined;
  const kind = (name: string, isOfKind: (namespace: string) => boolean): string => {
    const records = all.filter(({ namespace }) => isOfKind(namespace));
    return `${name} ${records.length} ${records.filter(({ record }) => record.isCut).length}`;
  };
  return {
    open: grouped(all, where(isOpen), size),
    suppressed: grouped(
      all,
      where((finding) => !isOpen(finding)),
      size,
    ),
    newest: grouped(
      all,
      where((finding) => isOpen(finding) && newSince(finding) !== undefined),
      (findings) => Math.max(...findings.map((finding) => secondsOf(newSince(finding) ?? ''))),
    ),
    oldest: grouped(all, where(isOpen), (findings) =>
      Math.min(...findings.map(({ firstSeenTime }) => secondsOf(firstSeenTime))),
    ),
    checks: grouped(all, (finding) => (isOpen(finding) ? `${finding.check} ${finding.severity}` : undefined), size),
    namespaceChecks: grouped(
      all,
      (finding, namespace) => (isOpen(finding) ? `${namespace} ${finding.check} ${finding.severity}` : undefined),
      size,
    ),
    reports: [
      kind('ClusterSecurityReport', (namespace) => namespace === ''),
      kind('SecurityReport', (namespace) => namespace !== ''),
    ],
  };
}

const time = fc.constantFrom(
  '2026-05-01T12:00:00Z',
  '2026-05-01T12:00:01Z',
  '2026-05-01T12:00:02Z',
  '2026-05-02T00:00:00Z',
);
const finding = fc
  .record(
    {
      check: fc.constantFrom('a', 'b', 'c'),
      severity: fc.constantFrom(...SEVERITIES),
      origin: fc.constantFrom('Observed' as const, 'Baseline' as const, 'Catalogue' as const),
      firstSeenTime: time,
      reopenedTime: time,
      isSuppressed: fc.constant(true as const),
    },
    { requiredKeys: ['check', 'severity', 'origin', 'firstSeenTime'] },
  )
  .map(({ check, ...more }) => known(check, more));
const record = fc
  .record({ findings: fc.array(finding, { maxLength: 5 }), isCut: fc.boolean(), isStored: fc.boolean() })
  .map(({ findings, ...more }) => recordWith(findings, more));
const changes = fc.array(
  fc.record({
    namespace: fc.constantFrom('', 'shop', 'ci'),
    name: fc.constantFrom('x', 'y'),
    after: fc.option(record, { nil: undefined }),
  }),
  { maxLength: 40 },
);

describe('The counts of reports', () => {
  it('are after any changes what counting everything anew gives', () => {
    fc.assert(
      fc.property(changes, (sequence) => {
        const counts = createReportCounts();
        const now = new Map<ReportKey, Stored>();
        for (const { namespace, name, after } of sequence) {
          const key = reportKey(namespace, name);
          counts.change(key, now.get(key)?.record, after);
          if (after === undefined) now.delete(key);
          else now.set(key, { namespace, record: after });
          const stored = [...now.values()].filter(({ record: { isStored } }) => isStored);
          assert.deepEqual(outcomeOf(counts), naiveOutcome(stored));
        }
      }),
    );
  });

  it('fall back to the next newest and the next oldest when findings close', () => {
    const at = (id: string, second: number): KnownFinding =>
      known('host-network', { id, firstSeenTime: `2026-05-01T12:00:0${second}Z` });
    const counts = createReportCounts();
    const steps = [
      [at('1', 1), at('2', 2), at('3', 3), at('4', 3)],
      [at('1', 1), at('2', 2), at('3', 3)],
      [at('2', 2)],
      [],
    ];
    const seen: string[] = [];
    let before: ReportRecord | undefined;
    for (const findings of steps) {
      const after = recordWith(findings);
      counts.change(WEB, before, after);
      before = after;
      const [entry] = counts.namespaces();
      const noon = secondsOf('2026-05-01T12:00:00Z');
      const [newest = 0, oldest = 0] = [entry?.firstSeen.newest('High'), entry?.firstSeen.oldest('High')];
      seen.push(`${newest && newest - noon} ${oldest && oldest - noon}`);
    }
    assert.deepEqual(seen, ['3 1', '3 1', '2 2', '0 0']);
  });

  it('keep a check that was found once, at zero', () => {
    const counts = createReportCounts();
    const found = recordWith([known('rbac', { severity: 'Critical' })]);
    counts.change(WEB, undefined, found);
    counts.change(WEB, found, undefined);
    assert.deepEqual([...counts.checks()], [{ check: 'rbac', severity: 'Critical', count: 0 }]);
    assert.deepEqual([...counts.namespaceChecks()], []);
  });
});
