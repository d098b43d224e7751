import { GROUP, type Finding, type SecurityReport } from '../crds/index.ts';
import { groupOf, type ObjectRef } from '../inventory/facts/object-ref.ts';
import { CLUSTER_KEY, parseSubjectKey, type Subject, type SubjectKey } from '../inventory/subject-key.ts';
import { assemble } from '../reports/assemble.ts';
import type { Memory } from '../reports/first-seen.ts';
import type { Marker } from '../reports/marker.ts';
import type { Suppressing } from '../reports/exceptions/suppress.ts';
import { reportKeyOf, type ReportKey } from '../reports/naming.ts';
import type { ReportRecord, ReportRecords } from '../reports/records.ts';
import type { ReportWriter, WriteResult } from '../reports/write.ts';
import type { AssessDeps, Assessed } from './assess/assess.ts';
import { assessSubject } from './assess/assess-subject.ts';
import type { Exceptions } from './exceptions/exceptions.ts';
import type { Change, Outbox } from './outbox/outbox.ts';
import type { Scope } from './scope.ts';

export interface ReconcileDeps extends AssessDeps {
  readonly scope: Scope;
  readonly records: ReportRecords;
  readonly writer: ReportWriter;
  readonly memory: (key: SubjectKey) => Memory;
  readonly marker: () => Marker | undefined;
  readonly now: () => Date;
  readonly exceptions: Pick<Exceptions, 'suppressing' | 'note'>;
  /** Whether it is known which exceptions there are. */
  readonly areExceptionsKnown: () => boolean;
  /** Told which checks came to a verdict on a subject; undefined once there is none to judge. */
  readonly onJudged: (key: SubjectKey, decided: readonly string[] | undefined) => void;
  /** Monotonic, to tell how long judging takes. */
  readonly nowMs: () => number;
  /** Told how long a subject took to judge, reading and writing apart. */
  readonly onScanned: (seconds: number) => void;
  readonly outbox: Outbox;
  /** Told of each report that was written. */
  readonly onStored: (change: StoredReportChange) => void;
  /** Asks for the template of a controller that is watched by its metadata only. */
  readonly fetchTemplate: (subject: Subject, version: string) => Promise<void>;
}

/** A report that was just written, and what was remembered of the one before. */
export interface StoredReportChange {
  readonly subject: ObjectRef;
  readonly previous: ReportRecord | undefined;
  readonly report: SecurityReport;
}

async function assessedSubject(key: SubjectKey, deps: ReconcileDeps): Promise<Assessed | undefined> {
  const subject = parseSubjectKey(key);
  if (key !== CLUSTER_KEY && !deps.scope.covers(subject)) return undefined;
  const missing = deps.inventory.workload(subject)?.missingTemplate;
  if (missing !== undefined) await deps.fetchTemplate(subject, missing);
  const startedMs = deps.nowMs();
  const assessed = assessSubject(subject, deps, deps.marker());
  deps.onScanned((deps.nowMs() - startedMs) / 1000);
  return assessed;
}

/** What is remembered of the subject: nothing, if an earlier object of its name had the report. */
function previousOf(record: ReportRecord | undefined, { subject }: Assessed): ReportRecord | undefined {
  return record?.subjectUid === subject.uid || groupOf(subject.apiVersion) === GROUP ? record : undefined;
}

/** A subject that is out of scope has no report; one that is merely out of sight keeps what it has. */
function mustGo(subject: Subject, { scope, availability }: ReconcileDeps): boolean {
  return !scope.covers(subject) || availability.isInSight(subject);
}

/** Findings of the stored report that nobody can confirm or deny now: what cannot be decided is not fixed. */
async function retainedFindings(
  subject: Subject,
  previous: ReportRecord | undefined,
  { uncertain }: Assessed,
  { writer, availability }: ReconcileDeps,
): Promise<readonly Finding[]> {
  if (previous?.isStored !== true || previous.findings.length === 0) return [];
  const unseen = new Set<Finding['seenIn']>();
  if (!availability.arePodsSeen()) unseen.add('Pod');
  if (!availability.isInSight(subject)) unseen.add('Template');
  if (unseen.size === 0 && !previous.findings.some(({ check }) => uncertain.has(check))) return [];
  const findings = await writer.storedFindings(reportKeyOf(subject));
  return findings.filter(({ check, seenIn }) => uncertain.has(check) || unseen.has(seenIn));
}

/** What exceptions say of a subject; while it is not known which there are, what was accepted stays so. */
async function suppressingOf(
  subject: Subject,
  previous: ReportRecord | undefined,
  { exceptions, areExceptionsKnown, writer }: ReconcileDeps,
): Promise<Suppressing> {
  if (areExceptionsKnown()) return exceptions.suppressing(subject);
  const isAnySuppressed = previous?.isStored === true && previous.findings.some((finding) => finding.isSuppressed);
  const findings = isAnySuppressed ? await writer.storedFindings(reportKeyOf(subject)) : [];
  const suppressors = new Map(findings.map(({ id, suppressedBy }) => [id, suppressedBy]));
  return { suppressorOf: ({ id }) => suppressors.get(id), matched: new Map(), ineffective: () => [] };
}

const isJudgedBy =
  ({ selection }: ReconcileDeps): Change['isJudged'] =>
  (check) =>
    selection.checks.some(({ id }) => id === check);

/** The change by which a subject that is gone, or out of scope, loses its report. */
function gone(key: SubjectKey, deps: ReconcileDeps): Change {
  const { group, kind, namespace, name } = parseSubjectKey(key);
  const previous = deps.records.get(reportKeyOf(parseSubjectKey(key)));
  const subject = {
    apiVersion: group,
    kind,
    name,
    uid: previous?.subjectUid ?? '',
    ...(namespace !== '' && { namespace }),
  };
  return { key, subject, previous, isJudged: isJudgedBy(deps) };
}

async function removeReport(
  name: ReportKey,
  change: Change,
  { writer, outbox, scope }: ReconcileDeps,
): Promise<WriteResult> {
  const result = await writer.remove(name);
  // What is not looked at any more is not fixed.
  if (scope.covers(parseSubjectKey(change.key))) outbox.removed(name, change);
  return result;
}

/** Judges one subject and brings its report up to date. Throws only what the queue should retry. */
export async function reconcile(key: SubjectKey, deps: ReconcileDeps): Promise<WriteResult> {
  const { records, writer, memory, now } = deps;
  const subject = parseSubjectKey(key);
  const name = reportKeyOf(subject);
  const assessed = await assessedSubject(key, deps);
  deps.onJudged(key, assessed?.decided);
  if (assessed === undefined) {
    deps.exceptions.note(key, undefined);
    return mustGo(subject, deps) ? removeReport(name, gone(key, deps), deps) : 'unchanged';
  }
  const previous = previousOf(records.get(name), assessed);
  const retained = await retainedFindings(subject, previous, assessed, deps);
  const suppressing = await suppressingOf(subject, previous, deps);
  const report = assemble(assessed, previous, { memory: memory(key), now: now(), retained, suppressing });
  deps.exceptions.note(key, suppressing.matched);
  const change: Change = { key, subject: assessed.subject, previous, isJudged: isJudgedBy(deps) };
  if (report === undefined) return removeReport(name, change, deps);
  const outgoing = deps.outbox.prepare(change, report);
  const result = await writer.write(key, outgoing.report);
  if (result === 'unchanged') return result;
  outgoing.stored();
  deps.onStored({ subject: assessed.subject, previous, report });
  return result;
}
