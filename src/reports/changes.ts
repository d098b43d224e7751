import type { Finding, SecurityReport } from '../crds/index.ts';
import { newSince } from './first-seen.ts';
import type { ReportRecord } from './records.ts';

/** What has become news by this report: it is open and was not, and is neither baseline nor brought by a new check. */
export function openedFindings(previous: ReportRecord | undefined, { findings }: SecurityReport): readonly Finding[] {
  const wasOpen = new Set(previous?.findings.filter(({ isSuppressed }) => isSuppressed !== true).map(({ id }) => id));
  return findings.filter(
    (finding) => finding.suppressedBy === undefined && newSince(finding) !== undefined && !wasOpen.has(finding.id),
  );
}
