import { SEVERITIES, type Finding, type SecurityReport } from '../../src/crds/index.ts';

/** The order of the rows of a summary, which is that of the columns of `kubectl get`. */
const OPEN = ['critical', 'high', 'medium', 'low', 'info'] as const;
const OTHER = ['passed', 'suppressed', 'unknown'] as const;

/** A report as `kubectl describe` would tell it, had it been made for reports: findings by severity, the worst first. */
export function reportDetail(report: SecurityReport): string {
  const { metadata, subject, summary, findings, unknown, truncated } = report;
  const counted = (names: readonly (typeof OPEN | typeof OTHER)[number][]): string =>
    names.map((name) => `${summary[name]} ${name}`).join(', ');
  return [
    `Name:       ${metadata.name ?? ''}`,
    ...(metadata.namespace === undefined ? [] : [`Namespace:  ${metadata.namespace}`]),
    `Subject:    ${subject.kind} ${subject.name} (${subject.apiVersion})`,
    `Summary:    ${counted(OPEN)}; ${counted(OTHER)}`,
    ...(findings.length === 0 ? ['Findings:   none'] : ['Findings:', ...findingsBySeverity(findings)]),
    ...(truncated === undefined ? [] : [`  and ${truncated.findings} more, which are not listed`]),
    ...(unknown.length === 0 ? [] : ['Unknown:']),
    ...unknown.map(({ check, reason, message }) => `  ${check}: ${message} (${reason})`),
  ].join('\n');
}

function findingsBySeverity(findings: readonly Finding[]): readonly string[] {
  const bySeverity = Map.groupBy(findings, ({ severity }) => severity);
  return SEVERITIES.filter((severity) => bySeverity.has(severity)).flatMap((severity) =>
    [`  ${severity}`].concat((bySeverity.get(severity) ?? []).flatMap(findingLines)),
  );
}

function findingLines(finding: Finding): readonly string[] {
  const { check, container, message, path, firstSeenTime, origin, seenIn, suppressedBy } = finding;
  const where = container === undefined ? '' : ` (container ${container})`;
  const onPods = seenIn === 'Pod' ? ', on pods only' : '';
  return [
    `    ${check}${where}: ${message}`,
    ...(path === undefined ? [] : [`      at ${path}`]),
    `      first seen ${firstSeenTime} (${origin}${onPods})`,
    ...(suppressedBy === undefined
      ? []
      : [`      suppressed by ${suppressedBy.kind} ${suppressedBy.name}: ${suppressedBy.reason}`]),
  ];
}
