import { SEVERITIES } from '../../crds/index.ts';
import type { ChangeSet, NotifiedFinding } from '../change-set.ts';
import type { Message } from './message.ts';
import { fitted } from './text.ts';

const MAX_NAME = 100;

/** `Deployment checkout in shop` */
export function subjectText({ subject: { kind, name, namespace } }: ChangeSet): string {
  const where = namespace === undefined || namespace === '' ? '' : ` in ${fitted(namespace, 63)}`;
  return `${fitted(kind, 63)} ${fitted(name, MAX_NAME)}${where}`;
}

/** `2 Critical, 1 High` */
function severityCounts(findings: readonly NotifiedFinding[]): string {
  return SEVERITIES.map((severity) => [severity, findings.filter((each) => each.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}`)
    .join(', ');
}

/** `3 new (2 Critical, 1 High), 1 resolved` */
function countsText(sets: readonly ChangeSet[]): string {
  const opened = sets.flatMap((set) => set.opened);
  const resolved = sets.flatMap((set) => set.resolved);
  return [
    ...(opened.length === 0 ? [] : [`${opened.length} new (${severityCounts(opened)})`]),
    ...(resolved.length === 0 ? [] : [`${resolved.length} resolved`]),
  ].join(', ');
}

/** What a message is about: the workload, and how much is new. */
export function headline({ clusterName, sets }: Message): string {
  const [first] = sets;
  if (first === undefined) return '';
  const cluster = clusterName === undefined ? '' : `${clusterName}: `;
  const subjects = new Set(sets.map(subjectText)).size;
  const more = subjects > 1 ? ` and ${subjects - 1} more` : '';
  return `${cluster}${subjectText(first)}${more}: ${countsText(sets)}`;
}

/** `container app: privileged is true`; empty if there is nothing to say. */
export function detailText({ container, message }: NotifiedFinding): string {
  return [
    ...(container === undefined ? [] : [`container ${container}`]),
    ...(message === undefined ? [] : [message]),
  ].join(': ');
}

/** How to look closer. */
export function commandFor({ report: { kind, name, namespace } }: ChangeSet): string {
  return `kubectl describe ${kind.toLowerCase()} ${name}${namespace === undefined ? '' : ` -n ${namespace}`}`;
}

/** A link to more, if there is a place for it. */
export function linkFor(
  { report, subject }: ChangeSet,
  { externalUrl, clusterName = '' }: Message,
): string | undefined {
  if (externalUrl === undefined) return undefined;
  const values: Readonly<Record<string, string>> = {
    cluster: clusterName,
    namespace: report.namespace ?? '',
    kind: subject.kind,
    name: subject.name.slice(0, 253),
    report: report.name,
  };
  return externalUrl.replaceAll(/\{(\w+)\}/g, (_match, key: string) =>
    encodeURIComponent((values[key] ?? '').toWellFormed()),
  );
}
