import { SEVERITIES, type Finding, type SecurityReport, type Severity, type Subject } from '../../crds/index.ts';
import { compareTexts } from '../../inventory/collections/compare-texts.ts';
import type { RawObject } from '../../kube/raw-object.ts';
import { newSince } from '../../reports/first-seen.ts';

/** A finding that is new, and what it is about. */
export interface NewFinding extends Finding {
  readonly newSince: string;
  /** Undefined for what is in none. */
  readonly namespace?: string;
  readonly subject: Subject;
}

/** What of a report is new. */
export interface ReportNews {
  readonly findings: readonly NewFinding[];
  /** Its mildest findings were cut from it. */
  readonly isCut: boolean;
}

export interface NewsOptions {
  /** RFC 3339 in whole seconds and UTC, as times in reports are. */
  readonly from: string;
  /** The mildest that is looked at. */
  readonly severity: Severity;
}

const NOTHING: ReportNews = { findings: [], isCut: false };

/** The findings of a report that are new since a time. Few reports have any, and only they are decoded. */
export function newsOf(report: RawObject, { from, severity }: NewsOptions): ReportNews {
  const newest = report.text('summary.newestFirstSeenTime');
  if (newest === undefined || newest < from) return NOTHING;
  const { metadata, subject, findings, truncated } = report.parse('') as SecurityReport;
  const { namespace } = metadata;
  const lowest = SEVERITIES.indexOf(severity);
  const news = findings.flatMap((finding): readonly NewFinding[] => {
    const since = finding.suppressedBy === undefined ? newSince(finding) : undefined;
    if (since === undefined || since < from || SEVERITIES.indexOf(finding.severity) > lowest) return [];
    return [{ newSince: since, ...(namespace === undefined ? {} : { namespace }), subject, ...finding }];
  });
  return { findings: news, isCut: truncated !== undefined };
}

const placeOf = ({ namespace = '', subject, check, container = '', id }: NewFinding): string =>
  [namespace, subject.kind, subject.name, check, container, id].join('\0');

/** The newest first, of these the worst, then by their place: equal content is equal output. */
export function byNovelty(a: NewFinding, b: NewFinding): number {
  return (
    compareTexts(b.newSince, a.newSince) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compareTexts(placeOf(a), placeOf(b))
  );
}
