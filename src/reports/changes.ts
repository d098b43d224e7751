import type { Finding, SecurityReport } from '../crds/index.ts';
import { newSince } from './first-seen.ts';
import type { KnownFinding, ReportRecord } from './records.ts';

/** What has become news by this report: it is open and was not, and is neither baseline nor brought by a new check. */
export function openedFindings(previous: ReportRecord | undefined, { findings }: SecurityReport): readonly Finding[] {
  const wasOpen = new Set(previous?.findings.filter(({ isSuppressed }) => isSuppressed !== true).map(({ id }) => id));
  return findings.filter(
    (finding) => finding.suppressedBy === undefined && newSince(finding) !== undefined && !wasOpen.has(finding.id),
  );
}

/** What was open and is there no more. What a cut report does not list may be there all the same; what is accepted still is. */
export function closedFindings(
  previous: ReportRecord | undefined,
  report: SecurityReport | undefined,
): readonly KnownFinding[] {
  if (report?.truncated !== undefined) return [];
  const isThere = new Set(report?.findings.flatMap(({ id, implies = [] }) => [id, ...implies]));
  return (
    previous?.findings.filter(
      ({ id, check, isSuppressed }) => isSuppressed !== true && !isThere.has(id) && !isThere.has(check),
    ) ?? []
  );
}
