import { groupByCause, type CausedFinding } from '../checks/causes/group.ts';
import type { UndecidedCheck } from '../checks/judge.ts';
import type { SeenFinding } from '../checks/union.ts';
import {
  API_VERSION,
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
}

function toFinding(id: string, found: CausedFinding, dated: Dated): Finding {
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
    ...dated,
  };
}

/** The worst first, then by check, container and id: equal content is equal bytes. */
function inOrder(a: Finding, b: Finding): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareTexts(a.check, b.check) ||
    compareTexts(a.container ?? '', b.container ?? '') ||
    compareTexts(a.id, b.id)
  );
}

function summarize(findings: readonly Finding[], unknown: readonly UnknownEntry[], passed: number): Summary {
  const open = findings.filter(({ suppressedBy }) => suppressedBy === undefined);
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
  const byId = new Map<string, Finding>(context.retained.map((finding) => [finding.id, finding]));
  const idOf: IdOf = (found) => findingId(subject, found);
  const dating = { memory: context.memory, nowTime: toTime(context.now) };
  for (const found of groupByCause(findings)) {
    const id = idOf(found);
    byId.set(id, toFinding(id, found, dateFinding(found, idOf, previous, createdSeconds, dating)));
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
    basis: { catalogueVersion, ...(podSecurityVersion === undefined ? {} : { podSecurityVersion }) },
  });
}
