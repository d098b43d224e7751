import type { Registry } from 'prom-client';
import { SEVERITIES, type Severity } from '../../crds/index.ts';
import type { ReportCounts } from '../../reports/counts/report-counts.ts';
import type { ViolationChanges } from '../../reports/counts/violation-changes.ts';
import { addCounter, addGauge, counter, gauge, type MetricFamily, type Sample } from '../rows.ts';
import { severityLabel } from '../severity-label.ts';
import { samplesText } from '../text.ts';

const rows = {
  violations: gauge(
    'plimsoll_violations',
    'Open violations in the reports of a namespace, by severity; those of cluster-scoped subjects have an empty namespace.',
    ['namespace', 'severity'],
  ),
  checkViolations: gauge('plimsoll_check_violations', 'Open violations of a check in all reports, by severity.', [
    'check',
    'severity',
  ]),
  namespaceCheckViolations: gauge(
    'plimsoll_namespace_check_violations',
    'Open violations of a check in the reports of a namespace, by severity; only where there are any.',
    ['namespace', 'check', 'severity'],
  ),
  suppressed: gauge(
    'plimsoll_suppressed_violations',
    'Violations under an exception in the reports of a namespace, by severity; only where there are any.',
    ['namespace', 'severity'],
  ),
  newest: gauge(
    'plimsoll_newest_violation_first_seen_timestamp_seconds',
    'Unix time since when the newest open violation is news: first seen while Plimsoll was watching, or left by its exception. 0 if none is.',
    ['namespace', 'severity'],
  ),
  oldest: gauge(
    'plimsoll_oldest_violation_first_seen_timestamp_seconds',
    'Unix time at which the oldest open violation was first seen, be it news or not. 0 if there is none.',
    ['namespace', 'severity'],
  ),
  opened: counter(
    'plimsoll_violations_opened_total',
    'Violations that have become news since the first pass of this process, by severity.',
    ['severity'],
  ),
  closed: counter(
    'plimsoll_violations_closed_total',
    'Open violations that are gone since the first pass of this process, by severity: fixed, or gone with their subject; one under an exception is not.',
    ['severity'],
  ),
  reports: gauge('plimsoll_reports', 'Reports that exist, by kind.', ['kind']),
  truncated: gauge(
    'plimsoll_reports_truncated',
    'Reports of a kind that would have grown too large, so that findings are missing from them.',
    ['kind'],
  ),
};

export const findingsFamily: MetricFamily = { title: 'Findings', rows };

/** What the reports say in sum, kept up to date by who writes them; reading it must cost no more than its length. */
export type ViolationCounts = Pick<ReportCounts, 'namespaces' | 'checks' | 'namespaceChecks' | 'reports'>;

/** A check as the catalogue has it: its series exists, at zero, before the first violation does. */
export interface KnownCheck {
  readonly id: string;
  readonly severity: Severity;
}

export interface ViolationHooks {
  readonly onViolations: (changes: ViolationChanges) => void;
}

/** Registers what the reports say; `knownChecks` are zero at their own severity until they are violated. */
export function addFindings(
  registry: Registry,
  counts: ViolationCounts,
  knownChecks: readonly KnownCheck[],
): ViolationHooks {
  addGauge(registry, rows.checkViolations, () => checkViolations(counts, knownChecks));
  addGauge(registry, rows.reports, () => Array.from(counts.reports(), ({ kind, count }) => [{ kind }, count]));
  addGauge(registry, rows.truncated, () =>
    Array.from(counts.reports(), ({ kind, truncated }) => [{ kind }, truncated]),
  );
  const opened = addCounter(registry, rows.opened);
  const closed = addCounter(registry, rows.closed);
  for (const severity of SEVERITIES) {
    for (const zero of [opened, closed]) zero.inc({ severity: severityLabel(severity) }, 0);
  }
  return {
    onViolations(changes) {
      for (const severity of changes.opened) opened.inc({ severity: severityLabel(severity) });
      for (const severity of changes.closed) closed.inc({ severity: severityLabel(severity) });
    },
  };
}

/** The text of what is told for each namespace. */
export function findingsText(counts: ViolationCounts): string {
  return [
    samplesText(
      rows.violations,
      perNamespace(counts, ({ open }, severity) => open[severity]),
    ),
    samplesText(rows.namespaceCheckViolations, namespaceChecks(counts)),
    samplesText(rows.suppressed, suppressed(counts)),
    samplesText(
      rows.newest,
      perNamespace(counts, ({ firstSeen }, severity) => firstSeen.newest(severity)),
    ),
    samplesText(
      rows.oldest,
      perNamespace(counts, ({ firstSeen }, severity) => firstSeen.oldest(severity)),
    ),
  ].join('\n');
}

type NamespaceCounts = ReturnType<ViolationCounts['namespaces']> extends Iterable<infer Each> ? Each : never;

/** A sample for every severity, zero included. */
function* perNamespace(
  source: ViolationCounts,
  value: (counts: NamespaceCounts, severity: Severity) => number,
): Generator<Sample<'namespace' | 'severity'>> {
  for (const counts of source.namespaces()) {
    const { namespace } = counts;
    for (const severity of SEVERITIES) {
      yield [{ namespace, severity: severityLabel(severity) }, value(counts, severity)];
    }
  }
}

function* suppressed(source: ViolationCounts): Generator<Sample<'namespace' | 'severity'>> {
  for (const sample of perNamespace(source, (counts, severity) => counts.suppressed[severity])) {
    if (sample[1] > 0) yield sample;
  }
}

function* namespaceChecks(source: ViolationCounts): Generator<Sample<'namespace' | 'check' | 'severity'>> {
  for (const { namespace, check, severity, count } of source.namespaceChecks()) {
    yield [{ namespace, check, severity: severityLabel(severity) }, count];
  }
}

function* checkViolations(
  source: ViolationCounts,
  knownChecks: readonly KnownCheck[],
): Generator<Sample<'check' | 'severity'>> {
  for (const { id, severity } of knownChecks) yield [{ check: id, severity: severityLabel(severity) }, 0];
  for (const { check, severity, count } of source.checks()) {
    yield [{ check, severity: severityLabel(severity) }, count];
  }
}
