import { SEVERITIES, type Finding } from '../crds/index.ts';
import type { StoredReportChange } from '../controllers/reconcile.ts';
import { createEvent, type NewEvent } from '../kube/events.ts';
import type { KubeClient } from '../kube/client.ts';

/** As many findings as an Event names; the report lists them all. */
const NAMED = 5;

/** What the report has that is news: neither in the one before, nor baseline, nor brought by a new check. */
function news({ previous, report }: StoredReportChange): readonly Finding[] {
  const known = new Set(previous?.findings.map(({ id }) => id));
  return report.findings.filter(({ id, origin }) => origin === 'Observed' && !known.has(id));
}

function describe({ check, severity, container }: Finding): string {
  return `${check} (${severity}${container === undefined ? '' : `, container ${container}`})`;
}

/** The Event for a report that has become worse, on the subject itself; undefined if it has not. */
export function worseningEvent(
  change: StoredReportChange,
): Pick<NewEvent, 'regarding' | 'type' | 'reason' | 'action' | 'note'> | undefined {
  const found = news(change);
  if (found.length === 0) return undefined;
  const { metadata, kind } = change.report;
  const worst = found.some(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf('Medium'));
  const names = found.slice(0, NAMED).map(describe).join(', ');
  const more = found.length > NAMED ? ` and ${found.length - NAMED} more` : '';
  const namespace = metadata.namespace === undefined ? '' : ` -n ${metadata.namespace}`;
  return {
    regarding: change.subject,
    type: worst ? 'Warning' : 'Normal',
    reason: 'NewFindings',
    action: 'Judged',
    note: `New: ${names}${more}. See kubectl describe ${kind.toLowerCase()} ${metadata.name ?? ''}${namespace}`,
  };
}

export interface WorseningEventsOptions {
  readonly client: KubeClient;
  readonly instance: string;
  readonly now: () => Date;
  /** An Event could not be written; the report is what counts, so nothing else happens. */
  readonly onError: (error: unknown) => void;
}

/** Writes one Event for each report that becomes worse, and none for what merely changes or is there at the start. */
export function worseningEvents({
  client,
  instance,
  now,
  onError,
}: WorseningEventsOptions): (change: StoredReportChange) => void {
  return (change) => {
    const event = worseningEvent(change);
    if (event === undefined) return;
    const from = { reportingController: 'plimsoll.dev/operator', reportingInstance: instance, eventTime: now() };
    createEvent(client, { ...event, ...from }).catch(onError);
  };
}
