import type { Registry } from 'prom-client';
import { SEVERITIES, type Severity } from '../../crds/index.ts';
import { addGauge, gauge, type MetricFamily, type Sample } from '../rows.ts';

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
  reports: gauge('plimsoll_reports', 'Reports that exist, by kind.', ['kind']),
};

export const findingsFamily: MetricFamily = { title: 'Findings', rows };

/** What the reports say in sum, kept up to date by who writes them; reading it must cost no more than its length. */
export interface ViolationCounts {
  /** One entry per namespace that has a report; '' is for cluster-scoped subjects. */
  readonly namespaces: () => Iterable<{
    readonly namespace: string;
    readonly counts: Readonly<Record<Severity, number>>;
  }>;
  readonly checks: () => Iterable<{ readonly check: string; readonly severity: Severity; readonly count: number }>;
  readonly reports: () => Iterable<{ readonly kind: string; readonly count: number }>;
}

/** A check as the catalogue has it: its series exists, at zero, before the first violation does. */
export interface KnownCheck {
  readonly id: string;
  readonly severity: Severity;
}

/** Registers what the reports say; `knownChecks` are zero at their own severity until they are violated. */
export function addFindings(registry: Registry, counts: ViolationCounts, knownChecks: readonly KnownCheck[]): void {
  addGauge(registry, rows.violations, () => violations(counts));
  addGauge(registry, rows.checkViolations, () => checkViolations(counts, knownChecks));
  addGauge(registry, rows.reports, () => reports(counts));
}

function* violations(source: ViolationCounts): Generator<Sample<'namespace' | 'severity'>> {
  for (const { namespace, counts } of source.namespaces()) {
    for (const severity of SEVERITIES) yield [{ namespace, severity: severityLabel(severity) }, counts[severity]];
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

function* reports(source: ViolationCounts): Generator<Sample<'kind'>> {
  for (const { kind, count } of source.reports()) yield [{ kind }, count];
}

/** Label values are lower case, as those of other exporters are; the API spells severities in CamelCase. */
function severityLabel(severity: Severity): string {
  return severity.toLowerCase();
}
