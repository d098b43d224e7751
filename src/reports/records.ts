import type { Finding, SecurityReport, Severity, Summary } from '../crds/index.ts';
import type { SubjectKey } from '../inventory/subject-key.ts';
import { subjectKey } from '../inventory/subject-key.ts';
import { groupOf } from '../inventory/facts/object-ref.ts';
import type { RawObject } from '../kube/raw-object.ts';
import type { ReflectorSink } from '../kube/reflector-api.ts';
import { contentHash } from './content.ts';
import { readMarker, type Marker } from './marker.ts';
import { createIntern } from '../inventory/collections/intern.ts';
import { reportKey, type ReportKey } from './naming.ts';
import { isOlder } from './resource-version.ts';

/** What is remembered of one finding of a stored report. */
export interface KnownFinding {
  readonly id: string;
  readonly check: string;
  readonly severity: Finding['severity'];
  readonly origin: Finding['origin'];
  readonly firstSeenTime: string;
  /** When its exception ended. Default: it was open all the time. */
  readonly reopenedTime?: string;
  /** Checks whose violation follows from it. Default none. */
  readonly implies?: readonly string[];
  /** An exception takes it out of the counts. Default false. */
  readonly isSuppressed?: true;
  /** Of what container; only if containers are to be remembered. */
  readonly container?: string;
}

/** What is remembered of one stored report: enough to date findings, to count them, and to see an edit. */
export interface ReportRecord {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly subject: SubjectKey;
  readonly subjectUid: string;
  readonly contentHash: string;
  readonly findings: readonly KnownFinding[];
  /** Open findings by severity, those included that were cut from the report. */
  readonly counts: Readonly<Record<Severity, number>>;
  /** Ids of the checks that could not be decided. */
  readonly unknown: readonly string[];
  /** Findings were cut from it. */
  readonly isCut: boolean;
  readonly marker: Marker | undefined;
  /** False once it was deleted: it is to be written again, with what is remembered. */
  readonly isStored: boolean;
}

const SHARED_TEXTS = 4096;

export type OnRecordChange = (
  key: ReportKey,
  before: ReportRecord | undefined,
  after: ReportRecord | undefined,
) => void;

/** All reports there are, as the API server or our own last write has them. */
export interface ReportRecords {
  /** For the reflector of the namespaced or of the cluster-scoped kind. */
  readonly sink: (scope: Scope) => ReflectorSink;
  readonly get: (key: ReportKey) => ReportRecord | undefined;
  readonly entries: () => Iterable<readonly [ReportKey, ReportRecord]>;
  /** What is to be remembered of a report. */
  readonly remembered: (report: SecurityReport) => Remembered;
  /** Announces what is about to be written: the watch may echo it before the write is answered. */
  readonly expect: (key: ReportKey, contentHash: string) => void;
  /** Announces that we are about to delete it, until it is forgotten or written: that somebody else did is no news then. */
  readonly expectGone: (key: ReportKey) => void;
  /** Notes what was just written, so that the watch's echo of it is no news. */
  readonly written: (key: ReportKey, record: ReportRecord) => void;
  /** Forgets a report that was just deleted, or that shall not come back. */
  readonly forget: (key: ReportKey) => void;
}

export interface ReportRecordsOptions {
  /** A report was edited or made by somebody else: its subject is to be looked at. */
  readonly onForeignChange: (subject: SubjectKey) => void;
  /** A report was deleted by somebody else. */
  readonly onDeleted: (subject: SubjectKey) => void;
  /** Whether we are the ones who write: then what others make of a report does not change what is remembered of it. */
  readonly isAuthor: () => boolean;
  /** Any change of what is stored, ours or not; for counts. */
  readonly onChange: OnRecordChange;
  /** Whether the containers of findings are remembered, which takes memory. Default false. */
  readonly remembersContainers?: boolean;
}

function countsOf({ critical, high, medium, low, info }: Summary): ReportRecord['counts'] {
  return { Critical: critical, High: high, Medium: medium, Low: low, Info: info };
}

const texts = createIntern<string>(SHARED_TEXTS);
/** Ids of checks and times are few, and each is in thousands of reports. */
const shared = <Text extends string>(text: Text): Text => texts(text, () => text) as Text;

const lists = createIntern<readonly string[]>(SHARED_TEXTS);
/** Lists of ids, most of them empty, are few as well. */
const sharedList = (ids: readonly string[]): readonly string[] => lists(ids.join(), () => ids.map(shared));

function knownFinding(finding: Finding, withContainer: boolean): KnownFinding {
  const { id, check, severity, origin, firstSeenTime, reopenedTime, implies, suppressedBy, container } = finding;
  return {
    id,
    check: shared(check),
    severity: shared(severity),
    origin: shared(origin),
    firstSeenTime: shared(firstSeenTime),
    ...(reopenedTime === undefined ? {} : { reopenedTime: shared(reopenedTime) }),
    ...(implies === undefined ? {} : { implies: sharedList(implies) }),
    ...(suppressedBy === undefined ? {} : { isSuppressed: true }),
    ...(withContainer && container !== undefined ? { container: shared(container) } : {}),
  };
}

type Remembered = Pick<ReportRecord, 'subjectUid' | 'findings' | 'counts' | 'unknown' | 'isCut' | 'marker'>;

/** What is remembered of what a report says, whoever wrote it. */
export function remember(
  { subject, summary, findings, unknown, truncated, metadata }: SecurityReport,
  withContainers = false,
): Remembered {
  return {
    subjectUid: subject.uid,
    findings: findings.map((finding) => knownFinding(finding, withContainers)),
    counts: countsOf(summary),
    unknown: sharedList(unknown.map(({ check }) => check)),
    isCut: truncated !== undefined,
    marker: readMarker(metadata?.annotations),
  };
}

function recordOf(report: SecurityReport, withContainers: boolean): ReportRecord {
  const { metadata, subject } = report;
  const { namespace = '', uid = '', resourceVersion = '' } = metadata ?? {};
  const subjectNamespace = subject.kind === 'Namespace' && groupOf(subject.apiVersion) === '' ? '' : namespace;
  return {
    uid,
    resourceVersion,
    subject: subjectKey(groupOf(subject.apiVersion), subject.kind, subjectNamespace, subject.name),
    contentHash: contentHash(report),
    ...remember(report, withContainers),
    isStored: true,
  };
}

type Scope = 'Namespaced' | 'Cluster';

const scopeOf = (key: ReportKey): Scope => (key.startsWith('/') ? 'Cluster' : 'Namespaced');

/** Which reports the latest reading of their collection has shown, or we have written since it began. */
interface Seen {
  readonly begin: (scope: Scope) => void;
  readonly mark: (key: ReportKey) => void;
  readonly drop: (key: ReportKey) => void;
  readonly unseen: (scope: Scope) => readonly ReportKey[];
}

function createSeen(): Seen {
  const passOf = new Map<ReportKey, number>();
  const passes = { Namespaced: 0, Cluster: 0 };
  return {
    begin: (scope) => void (passes[scope] += 1),
    mark: (key) => void passOf.set(key, passes[scopeOf(key)]),
    drop: (key) => void passOf.delete(key),
    unseen: (scope) =>
      [...passOf].filter(([key, pass]) => scopeOf(key) === scope && pass !== passes[scope]).map(([key]) => key),
  };
}

export function createReportRecords({
  onForeignChange,
  onDeleted,
  onChange,
  isAuthor,
  remembersContainers = false,
}: ReportRecordsOptions): ReportRecords {
  const records = new Map<ReportKey, ReportRecord>();
  const expected = new Map<ReportKey, string>();
  const going = new Set<ReportKey>();
  const seen = createSeen();

  function keep(key: ReportKey, record: ReportRecord): void {
    const before = records.get(key);
    records.set(key, record);
    seen.mark(key);
    onChange(key, before, record);
  }

  function vanish(key: ReportKey): void {
    const known = records.get(key);
    if (known === undefined || !known.isStored) return;
    // What it remembered is kept, so that a deleted report comes back with its dates.
    records.set(key, { ...known, isStored: false, contentHash: '' });
    onChange(key, known, undefined);
    if (!going.has(key)) onDeleted(known.subject);
  }

  function upsert(object: RawObject): void {
    const key = identify(object);
    const known = records.get(key);
    const resourceVersion = object.text('metadata.resourceVersion') ?? '';
    seen.mark(key);
    if (known?.isStored === true && !isOlder(known.resourceVersion, resourceVersion)) return;
    const record = recordOf(object.parse('') as SecurityReport, remembersContainers);
    if (record.contentHash === known?.contentHash || record.contentHash === expected.get(key)) {
      keep(key, record);
      return;
    }
    const isTamperedWith = known !== undefined && known.subjectUid === record.subjectUid && isAuthor();
    keep(key, isTamperedWith ? { ...record, findings: known.findings, marker: known.marker } : record);
    onForeignChange(record.subject);
  }

  return {
    sink: (scope) => ({
      upsert,
      remove(object) {
        const key = identify(object);
        if (records.get(key)?.uid === object.text('metadata.uid')) vanish(key);
      },
      startReplace: () => seen.begin(scope),
      endReplace: () => seen.unseen(scope).forEach(vanish),
    }),
    get: (key) => records.get(key),
    entries: () => records.entries(),
    remembered: (report) => remember(report, remembersContainers),
    expect: (key, hash) => void expected.set(key, hash),
    expectGone: (key) => void going.add(key),
    written(key, record) {
      expected.delete(key);
      going.delete(key);
      keep(key, record);
    },
    forget(key) {
      expected.delete(key);
      going.delete(key);
      const known = records.get(key);
      records.delete(key);
      seen.drop(key);
      if (known?.isStored === true) onChange(key, known, undefined);
    },
  };
}

function identify(object: RawObject): ReportKey {
  return reportKey(object.text('metadata.namespace') ?? '', object.text('metadata.name') ?? '');
}
