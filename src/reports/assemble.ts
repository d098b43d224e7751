import { groupByCause, type CausedFinding } from '../checks/causes/group.ts';
import type { UndecidedCheck } from '../checks/judge.ts';
import type { SeenFinding } from '../checks/union.ts';
import {
  API_VERSION,
  REPORT_LIMITS,
  SEVERITIES,
  type Finding,
  type SecurityReport,
  type Severity,
  type Summary,
  type UnknownEntry,
} from '../crds/index.ts';
import { compareTexts } from '../inventory/collections/compare-texts.ts';
import type { ObjectRef } from '../inventory/facts/object-ref.ts';
import { subjectOfRef, type Subject } from '../inventory/subject-key.ts';
import { findingId } from './fingerprint.ts';
import { dateFinding, newSince, toTime, type Dated, type IdOf, type Memory } from './first-seen.ts';
import { markerAnnotations, type Marker } from './marker.ts';
import { reportLabels, reportName, reportNamespace } from './naming.ts';
import type { ReportRecord } from './records.ts';
import type { Suppressing } from './exceptions/suppress.ts';
import { clip, truncate } from './truncate.ts';

/** What came out of judging one subject. */
export interface Assessment {
  readonly subject: ObjectRef;
  readonly createdSeconds: number | undefined;
  readonly findings: readonly SeenFinding[];
  readonly undecided: readonly UndecidedCheck[];
  readonly passed: number;
  readonly catalogueVersion: string;
  /** `v1.N`, for subjects that Pod Security judges. */
  readonly podSecurityVersion?: string;
  /** Has a report even without a finding, so that a missing one means "not judged". */
  readonly alwaysReported: boolean;
  readonly marker?: Marker;
}

export interface AssembleContext {
  readonly memory: Memory;
  readonly now: Date;
  /** Findings of the stored report whose checks cannot decide any more: they stay until somebody can. */
  readonly retained: readonly Finding[];
  /** What exceptions say of the subject. Default: nothing is accepted. */
  readonly suppressing?: Suppressing;
}

function toFinding(id: string, found: CausedFinding, { firstSeenTime, origin }: Dated): Finding {
  const { check, severity, message, container, path, seenIn, implied } = found;
  return {
    id,
    check,
    severity,
    ...(container === undefined ? {} : { container }),
    ...(path === undefined ? {} : { path: clip(path, 'findings.path') }),
    message: clip(message, 'findings.message'),
    ...(seenIn === undefined ? {} : { seenIn }),
    ...(implied === undefined ? {} : { implies: [...new Set(implied.map((each) => each.check))].sort() }),
    firstSeenTime,
    origin,
  };
}

/**
 * A finding as exceptions leave it. One that none accepts any more is open again from now on, which is kept as long as it
 * stays open.
 */
function underExceptions(
  finding: Omit<Finding, 'suppressedBy' | 'reopenedTime'>,
  { wasSuppressed, reopenedTime }: Pick<Dated, 'wasSuppressed' | 'reopenedTime'>,
  { suppressing, now }: AssembleContext,
): Finding {
  const suppressedBy = suppressing?.suppressorOf(finding);
  if (suppressedBy !== undefined) {
    return {
      ...finding,
      suppressedBy: { ...suppressedBy, reason: clip(suppressedBy.reason, 'findings.suppressedBy.reason') },
    };
  }
  const reopened = wasSuppressed ? toTime(now) : reopenedTime;
  return reopened === undefined ? finding : { ...finding, reopenedTime: reopened };
}

const isSuppressed = ({ suppressedBy }: Finding): boolean => suppressedBy !== undefined;

/** Open ones first; of each the worst first, then by check, container and id: equal content is equal bytes. */
function inOrder(a: Finding, b: Finding): number {
  return (
    Number(isSuppressed(a)) - Number(isSuppressed(b)) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareTexts(a.check, b.check) ||
    compareTexts(a.container ?? '', b.container ?? '') ||
    compareTexts(a.id, b.id)
  );
}

function summarize(findings: readonly Finding[], unknown: readonly UnknownEntry[], passed: number): Summary {
  const open = findings.filter((finding) => !isSuppressed(finding));
  const count = (severity: Severity): number => open.filter((finding) => finding.severity === severity).length;
  const newest = open
    .flatMap((finding) => newSince(finding) ?? [])
    .sort()
    .at(-1);
  return {
    critical: count('Critical'),
    high: count('High'),
    medium: count('Medium'),
    low: count('Low'),
    info: count('Info'),
    suppressed: findings.length - open.length,
    unknown: unknown.length,
    passed,
    ...(newest === undefined ? {} : { newestFirstSeenTime: newest }),
  };
}

function datedFindings(
  subject: Subject,
  { createdSeconds, findings }: Assessment,
  previous: ReportRecord | undefined,
  context: AssembleContext,
): readonly Finding[] {
  const byId = new Map<string, Finding>();
  const idOf: IdOf = (found) => findingId(subject, found);
  const dating = { memory: context.memory, nowTime: toTime(context.now) };
  for (const { suppressedBy, reopenedTime, ...finding } of context.retained) {
    const before = { wasSuppressed: suppressedBy !== undefined, ...(reopenedTime !== undefined && { reopenedTime }) };
    byId.set(finding.id, underExceptions(finding, before, context));
  }
  for (const found of groupByCause(findings)) {
    const id = idOf(found);
    const dated = dateFinding(found, idOf, previous, createdSeconds, dating);
    byId.set(id, underExceptions(toFinding(id, found, dated), dated, context));
  }
  return [...byId.values()].sort(inOrder);
}

const byCheck = (a: UnknownEntry, b: UnknownEntry): number => compareTexts(a.check, b.check);

/** The report of a subject, or undefined if it needs none. Pure: the same inputs give the same bytes. */
export function assemble(
  assessment: Assessment,
  previous: ReportRecord | undefined,
  context: AssembleContext,
): SecurityReport | undefined {
  const { subject: ref, undecided, passed, alwaysReported, catalogueVersion, podSecurityVersion, marker } = assessment;
  const subject = subjectOfRef(ref);
  const findings = datedFindings(subject, assessment, previous, context);
  if (!alwaysReported && findings.length === 0 && undecided.length === 0) return undefined;
  const namespace = reportNamespace(subject);
  const { apiVersion, kind, name, uid } = ref;
  const unknown = undecided
    .map(({ check, reason, message }) => ({ check, reason, message: clip(message, 'unknown.message') }))
    .sort(byCheck);
  const ineffective = context.suppressing?.ineffective().slice(0, REPORT_LIMITS.maxItems.ineffectiveAnnotations) ?? [];
  return truncate({
    apiVersion: API_VERSION,
    kind: namespace === '' ? 'ClusterSecurityReport' : 'SecurityReport',
    metadata: {
      name: reportName(subject),
      ...(namespace === '' ? {} : { namespace }),
      labels: { ...reportLabels(subject) },
      ...(marker === undefined ? {} : { annotations: { ...markerAnnotations(marker) } }),
      // The Cluster is no object that could own anything.
      ...(kind === 'Cluster'
        ? {}
        : { ownerReferences: [{ apiVersion, kind, name, uid, controller: false, blockOwnerDeletion: false }] }),
    },
    subject: { apiVersion, kind, name, uid },
    summary: summarize(findings, unknown, passed),
    findings: [...findings],
    unknown,
    ...(ineffective.length === 0 ? {} : { ineffectiveAnnotations: [...ineffective] }),
    basis: { catalogueVersion, ...(podSecurityVersion === undefined ? {} : { podSecurityVersion }) },
  });
}
