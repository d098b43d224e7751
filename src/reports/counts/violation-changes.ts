import type { Severity } from '../../crds/index.ts';
import { newSince } from '../first-seen.ts';
import type { KnownFinding, ReportRecord } from '../records.ts';

/** The severities of findings that have become news, and of open ones that are gone: one entry for each. */
export interface ViolationChanges {
  readonly opened: readonly Severity[];
  readonly closed: readonly Severity[];
}

const isOpen = ({ isSuppressed }: KnownFinding): boolean => isSuppressed !== true;

const implies = (cause: KnownFinding, { check }: KnownFinding): boolean => cause.implies?.includes(check) === true;

/** Whether a finding is news that was not news before, under whatever cause. What is found anew has a date of its own. */
function isOpened(finding: KnownFinding, before: readonly KnownFinding[]): boolean {
  const since = newSince(finding);
  if (since === undefined || !isOpen(finding)) return false;
  return !before.some(
    (each) => newSince(each) === since && (each.id === finding.id || implies(each, finding) || implies(finding, each)),
  );
}

/** Whether an open finding is gone: neither listed any more, be it under an exception, nor hidden by a cause that has come. */
function isClosed(finding: KnownFinding, before: readonly KnownFinding[], after: readonly KnownFinding[]): boolean {
  if (!isOpen(finding)) return false;
  const hidBefore = (cause: KnownFinding): boolean =>
    before.some((each) => each.id === cause.id && implies(each, finding));
  return !after.some(
    (each) =>
      (each.id === finding.id && each.firstSeenTime === finding.firstSeenTime) ||
      (implies(each, finding) && !hidBefore(each)),
  );
}

const severities = (findings: readonly KnownFinding[]): readonly Severity[] => findings.map(({ severity }) => severity);

/**
 * What one write of a report has changed; `after` is undefined if it was deleted. A subject that was deleted and made anew
 * has closed all findings of the one before. What is cut from a report may be there all the same, and is not closed.
 */
export function violationChanges(
  before: Pick<ReportRecord, 'findings'> | undefined,
  after: Pick<ReportRecord, 'findings' | 'isCut'> | undefined,
): ViolationChanges {
  const [known, now] = [before?.findings ?? [], after?.findings ?? []];
  return {
    opened: severities(now.filter((finding) => isOpened(finding, known))),
    closed: after?.isCut === true ? [] : severities(known.filter((finding) => isClosed(finding, known, now))),
  };
}
