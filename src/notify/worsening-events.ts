import { SEVERITIES, type Finding } from '../crds/index.ts';
import type { StoredReportChange } from '../controllers/reconcile.ts';
import { openedFindings } from '../reports/changes.ts';
import { eventWriter, type EventText, type EventsOptions } from './event-writer.ts';

/** As many findings as an Event names; the report lists them all. */
const NAMED = 5;

function describe({ check, severity, container }: Finding): string {
  return `${check} (${severity}${container === undefined ? '' : `, container ${container}`})`;
}

/** The Event for a report that has become worse, on the subject itself; undefined if it has not. */
export function worseningEvent(change: StoredReportChange): EventText | undefined {
  const found = openedFindings(change.previous, change.report);
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

/** Writes one Event for each report that becomes worse, and none for what merely changes or is there at the start. */
export function worseningEvents(options: EventsOptions): (change: StoredReportChange) => void {
  const write = eventWriter(options);
  return (change) => {
    const event = worseningEvent(change);
    if (event !== undefined) write(event);
  };
}
