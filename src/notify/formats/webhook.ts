import type { ChangeSet, NotifiedFinding } from '../change-set.ts';
import { findingDedupeId, type Change } from '../message/dedupe-id.ts';
import type { Message } from '../message/message.ts';
import { commandFor, linkFor } from '../message/wording.ts';

/** Raised when a field changes its meaning or goes; new fields may come at any time. */
const WEBHOOK_VERSION = '1';

function findingBody(change: Change, finding: NotifiedFinding, clusterName: string | undefined): object {
  const { id, check, severity, message, container, path, since } = finding;
  const dedupeId = findingDedupeId(change, finding, clusterName);
  return { id, dedupeId, check, severity, container, path, message, since };
}

function changeBody(set: ChangeSet, message: Message): object {
  const bodyOf = (change: Change) => (finding: NotifiedFinding) => findingBody(change, finding, message.clusterName);
  return {
    subject: set.subject,
    report: set.report,
    opened: set.opened.map(bodyOf('opened')),
    resolved: set.resolved.map(bodyOf('resolved')),
    command: commandFor(set),
    link: linkFor(set, message),
  };
}

/** What a webhook of one's own receives. Fields that do not apply are absent. */
export function webhookBody(message: Message): object {
  return {
    version: WEBHOOK_VERSION,
    id: message.id,
    cluster: message.clusterName,
    changes: message.sets.map((set) => changeBody(set, message)),
  };
}
