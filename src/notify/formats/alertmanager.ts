import type { Severity } from '../../crds/index.ts';
import type { ChangeSet, NotifiedFinding } from '../change-set.ts';
import type { Change } from '../message/dedupe-id.ts';
import type { Message } from '../message/message.ts';
import { commandFor, linkFor, subjectText } from '../message/wording.ts';

/** The words that routes of an Alertmanager are made for. */
const ALERT_SEVERITIES: Readonly<Record<Severity, string>> = {
  Critical: 'critical',
  High: 'warning',
  Medium: 'info',
  Low: 'info',
  Info: 'info',
};

export interface AlertTimes {
  readonly nowMs: number;
  readonly lifetimeSeconds: number;
}

/** By these an Alertmanager knows that two alerts are one, so nothing that may change stands here. It drops empty ones. */
function labelsOf(
  { subject, report }: ChangeSet,
  { check, severity, container, id }: NotifiedFinding,
  cluster = '',
): object {
  return {
    alertname: 'PlimsollViolation',
    severity: ALERT_SEVERITIES[severity],
    finding_severity: severity.toLowerCase(),
    check,
    finding: id,
    cluster,
    namespace: report.namespace ?? '',
    subject_kind: subject.kind,
    subject_name: subject.name,
    container: container ?? '',
  };
}

/**
 * It expects to hear of an alert again and again while it lasts, or when it will end. It is told once, so an open one ends
 * some time after it was told, and a resolved one now; never before it began, which would be refused.
 */
function timesOf(change: Change, { since }: NotifiedFinding, { nowMs, lifetimeSeconds }: AlertTimes): object {
  const startMs = Date.parse(since);
  const endMs = change === 'resolved' ? nowMs : nowMs + lifetimeSeconds * 1000;
  return { startsAt: since, endsAt: new Date(startMs > endMs ? startMs : endMs).toISOString() };
}

function alertOf(
  change: Change,
  finding: NotifiedFinding,
  set: ChangeSet,
  message: Message,
  times: AlertTimes,
): object {
  const labels = labelsOf(set, finding, message.clusterName);
  const { message: description, path } = finding;
  return {
    labels: Object.fromEntries(Object.entries(labels).filter(([, value]) => value !== '')),
    annotations: {
      summary: `${subjectText(set)}: ${finding.check}`,
      ...(description !== undefined && { description }),
      ...(path !== undefined && { path }),
      command: commandFor(set),
    },
    ...timesOf(change, finding, times),
    generatorURL: linkFor(set, message),
  };
}

/** Alerts for the second version of the API of an Alertmanager, one for each finding. */
export function alertmanagerBody(message: Message, times: AlertTimes): readonly object[] {
  return message.sets.flatMap((set) => [
    ...set.opened.map((finding) => alertOf('opened', finding, set, message, times)),
    ...set.resolved.map((finding) => alertOf('resolved', finding, set, message, times)),
  ]);
}

const PATH = '/api/v2/alerts';

/** Where alerts go, whether the base or the whole address was given. */
export function alertsUrl(base: string): string {
  const url = new URL(base);
  if (url.pathname.endsWith(PATH)) return url.href;
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${PATH}`;
  return url.href;
}
