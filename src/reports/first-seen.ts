import { isSumOfImplied, possibleCauses, type CausedFinding } from '../checks/causes/group.ts';
import type { Judged } from '../checks/judge.ts';
import { SEVERITIES, type Finding, type Severity } from '../crds/index.ts';
import type { KnownFinding, ReportRecord } from './records.ts';

/** What is known of the past when findings are dated. */
export interface Memory {
  /** The first full pass after the installation has ended: what appears from now on is news. */
  readonly hasBaseline: boolean;
  /** Checks that had judged this cluster before, in the meaning that they have now. */
  readonly knownChecks: ReadonlySet<string>;
  /** Until when, in seconds since the epoch, what the leader before us saw is written; undefined if none is known. */
  readonly watchedUntilSeconds: number | undefined;
}

export interface Dated extends Pick<Finding, 'firstSeenTime' | 'origin' | 'reopenedTime'> {
  /** An exception took it out of the counts, when it was last looked at. */
  readonly wasSuppressed: boolean;
}

/** Since when a finding is news: since it was first seen, or since its exception ended. Undefined if it never was. */
export function newSince({
  origin,
  firstSeenTime,
  reopenedTime,
}: Pick<Finding, 'origin' | 'firstSeenTime' | 'reopenedTime'>): string | undefined {
  return reopenedTime ?? (origin === 'Observed' ? firstSeenTime : undefined);
}

/** RFC 3339 in whole seconds, as the API server writes times. */
export function toTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/** Identifies the findings of one subject. */
export type IdOf = (found: Pick<Judged, 'check' | 'container' | 'key'>) => string;

/**
 * When a finding was first seen, and whether it is news (`Observed`). A finding that the previous report has keeps its
 * date. One that is not in it is new, unless it belongs to the baseline of an installation, was brought by a check that
 * did not exist before, may have been cut from the report, or stands on a subject that was there while somebody kept watch
 * and whose report was lost since.
 */
export function dateFinding(
  found: CausedFinding,
  idOf: IdOf,
  previous: ReportRecord | undefined,
  subjectCreatedSeconds: number | undefined,
  { memory, nowTime }: { readonly memory: Memory; readonly nowTime: string },
): Dated {
  const known = previous && (rememberedDate(found, idOf, previous) ?? dateOfSum(found, idOf, previous));
  if (known !== undefined) return known;
  const origin = originOf(found, previous, subjectCreatedSeconds, memory);
  return { firstSeenTime: nowTime, origin, wasSuppressed: false };
}

/** The date that a finding has in the previous report, where it may have stood under another as its cause. */
function rememberedDate(found: Judged, idOf: IdOf, { findings }: ReportRecord): Dated | undefined {
  const id = idOf(found);
  const itself = findings.find((finding) => finding.id === id);
  if (itself !== undefined) return dateOf(itself);
  const causes = new Set(possibleCauses(found).map(idOf));
  const cause = findings.find((finding) => causes.has(finding.id) && finding.implies?.includes(found.check) === true);
  return cause && dateOf(cause);
}

/** A cause that says no more than what it implies is as old as the newest of these, if all of them are known. */
function dateOfSum({ check, implied = [] }: CausedFinding, idOf: IdOf, previous: ReportRecord): Dated | undefined {
  if (!isSumOfImplied(check)) return undefined;
  const dates = implied.map((each) => rememberedDate(each, idOf, previous));
  const known = dates.filter((date) => date !== undefined);
  if (known.length < dates.length) return undefined;
  return known.toSorted((a, b) => (a.firstSeenTime < b.firstSeenTime ? 1 : -1))[0];
}

function dateOf({ firstSeenTime, origin, reopenedTime, isSuppressed }: KnownFinding): Dated {
  const dates = { firstSeenTime, origin, wasSuppressed: isSuppressed === true };
  return reopenedTime === undefined ? dates : { ...dates, reopenedTime };
}

function originOf(
  { check, severity }: Pick<Judged, 'check' | 'severity'>,
  previous: ReportRecord | undefined,
  subjectCreatedSeconds: number | undefined,
  { hasBaseline, knownChecks, watchedUntilSeconds }: Memory,
): Finding['origin'] {
  if (!hasBaseline) return 'Baseline';
  if (!knownChecks.has(check)) return 'Catalogue';
  if (previous !== undefined) return mayHaveBeenCut(severity, previous) ? 'Baseline' : 'Observed';
  const reportWasLost =
    watchedUntilSeconds !== undefined &&
    subjectCreatedSeconds !== undefined &&
    // What was created within a second is written with its beginning.
    subjectCreatedSeconds + 1 <= watchedUntilSeconds;
  return reportWasLost ? 'Baseline' : 'Observed';
}

/** Whether a report that was cut, which loses its mildest findings first, may have had one of this severity that is not listed. */
function mayHaveBeenCut(severity: Severity, { isCut, findings }: ReportRecord): boolean {
  const open = findings.filter(({ isSuppressed }) => isSuppressed !== true);
  const mildest = Math.max(-1, ...open.map((finding) => SEVERITIES.indexOf(finding.severity)));
  return isCut && SEVERITIES.indexOf(severity) >= mildest;
}
