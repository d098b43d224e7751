import type { SecurityReport } from '../../crds/index.ts';
import type { Timers } from '../../kube/timers.ts';
import type { ObjectRef } from '../../inventory/facts/object-ref.ts';
import { parseSubjectKey, type SubjectKey } from '../../inventory/subject-key.ts';
import { sizeOf, type ChangeSet, type NotifiedFinding } from '../../reports/change-set.ts';
import { closedFindings, openedFindings } from '../../reports/changes.ts';
import { newSince } from '../../reports/first-seen.ts';
import { reportKey, type ReportKey } from '../../reports/naming.ts';
import type { KnownFinding, ReportRecord } from '../../reports/records.ts';
import { withUnsent, type Unsent } from '../../reports/unsent.ts';
import { createWaiting } from './waiting.ts';

/** Who tells people. */
export interface Notifications {
  /** Which targets are to be told of which of these findings. */
  readonly route: (changes: ChangeSet) => ReadonlyMap<string, ChangeSet>;
  /** Tells one target; true once it was delivered. Never rejects. */
  readonly offer: (target: string, changes: ChangeSet) => Promise<boolean>;
}

/** A report that is about to be written. */
export interface Outgoing {
  readonly report: SecurityReport;
  /** It is stored: what it adds is told. */
  readonly stored: () => void;
}

/** A change of one report; `report` is undefined if it goes. */
export interface Change {
  readonly key: SubjectKey;
  readonly subject: ObjectRef;
  readonly previous: ReportRecord | undefined;
  /** Whether a check still judges: what one that was switched off has found is not fixed. */
  readonly isJudged: (check: string) => boolean;
}

/**
 * Sees to it that what is news is told, at least once: a report bears what is still to be told of it, from the write that brings
 * the news until the write after it was delivered. Whoever leads next takes that up.
 */
export interface Outbox {
  readonly prepare: (change: Change, report: SecurityReport) => Outgoing;
  /** A report is there no more: what was open in it is. */
  readonly removed: (key: ReportKey, change: Change) => void;
  /** Takes up what reports say is still to be told; `add` has a subject looked at again. */
  readonly lead: (records: Iterable<readonly [ReportKey, ReportRecord]>, add: (key: SubjectKey) => void) => void;
  readonly follow: () => void;
}

const known = ({ id, check, severity, ...times }: KnownFinding): NotifiedFinding => ({
  id,
  check,
  severity,
  since: newSince(times) ?? times.firstSeenTime,
});

function openedBy(previous: ReportRecord | undefined, report: SecurityReport): readonly NotifiedFinding[] {
  return openedFindings(previous, report).map(({ id, check, severity, message, container, path, ...times }) => ({
    id,
    check,
    severity,
    message,
    ...(container === undefined ? {} : { container }),
    ...(path === undefined ? {} : { path }),
    since: newSince(times) ?? times.firstSeenTime,
  }));
}

/** What is news by a report, or by its end, and what is fixed. */
function changeSet(
  place: ReportKey,
  { subject, previous, isJudged }: Change,
  report: SecurityReport | undefined,
): ChangeSet {
  return {
    report: reportIn(place),
    subject,
    opened: report === undefined ? [] : openedBy(previous, report),
    resolved: closedFindings(previous, report)
      .filter(({ check }) => isJudged(check))
      .map(known),
  };
}

function reportIn(key: ReportKey): ChangeSet['report'] {
  const [namespace = '', name = ''] = key.split('/');
  return namespace === '' ? { kind: 'ClusterSecurityReport', name } : { kind: 'SecurityReport', namespace, name };
}

function subjectIn(key: SubjectKey): ChangeSet['subject'] {
  const { group, kind, namespace, name } = parseSubjectKey(key);
  return { apiVersion: group, kind, name, ...(namespace === '' ? {} : { namespace }) };
}

const openedFor = (changes: ReadonlyMap<string, ChangeSet>): Unsent =>
  new Map(Array.from(changes, ([target, each]) => [target, each.opened] as const));

export interface OutboxOptions extends Notifications {
  readonly timers: Pick<Timers, 'sleep'>;
  readonly signal: AbortSignal;
}

/** What was refused or given up is offered again after so long, and so many times: then a day has passed. */
const RETRY_MS = 10 * 60 * 1000;
const MAX_OFFERS = 144;

export function createOutbox({ route, offer, timers, signal }: OutboxOptions): Outbox {
  const waiting = createWaiting();
  let add: ((key: SubjectKey) => void) | undefined;

  /** Whether it is still ours to tell; what is resolved is told from memory, once. */
  function isDue(key: ReportKey, target: string, { opened: [first] }: ChangeSet): boolean {
    return first !== undefined && !signal.aborted && waiting.isNoted(key, target, first);
  }

  /** Once it was delivered, the report is written anew without the mark. */
  async function send(key: ReportKey, subject: SubjectKey, target: string, changes: ChangeSet): Promise<void> {
    waiting.note(key, target, changes.opened);
    let isDelivered = await offer(target, changes);
    for (let offers = 1; !isDelivered && offers < MAX_OFFERS && isDue(key, target, changes); offers += 1) {
      await timers.sleep(RETRY_MS, signal);
      if (isDue(key, target, changes)) isDelivered = await offer(target, changes);
    }
    if (!isDelivered) return;
    waiting.delivered(key, target, changes.opened);
    if (changes.opened.length > 0) add?.(subject);
  }

  function routed(changes: ChangeSet): ReadonlyMap<string, ChangeSet> {
    return sizeOf(changes) === 0 ? new Map<string, ChangeSet>() : route(changes);
  }

  return {
    prepare(change, report) {
      const place = reportKey(report.metadata.namespace ?? '', report.metadata.name ?? '');
      const targets = routed(changeSet(place, change, report));
      return {
        report: withUnsent(report, waiting.undelivered(place, openedFor(targets))),
        stored() {
          waiting.settle(place);
          for (const [target, each] of targets) void send(place, change.key, target, each);
        },
      };
    },
    removed(place, change) {
      for (const [target, each] of routed(changeSet(place, change, undefined))) {
        void send(place, change.key, target, each);
      }
    },
    lead(records, addSubject) {
      add = addSubject;
      for (const [key, { unsent, subject }] of records) {
        for (const [target, findings] of unsent ?? []) {
          const opened = findings.filter((finding) => !waiting.isNoted(key, target, finding));
          const changes = { report: reportIn(key), subject: subjectIn(subject), opened, resolved: [] };
          if (opened.length > 0) void send(key, subject, target, changes);
        }
        if (unsent !== undefined) addSubject(subject);
      }
    },
    follow: waiting.clear,
  };
}

/** Where nobody is to be told. */
export const NO_OUTBOX: Outbox = {
  prepare: (_, report) => ({ report, stored: () => undefined }),
  removed: () => undefined,
  lead: () => undefined,
  follow: () => undefined,
};
