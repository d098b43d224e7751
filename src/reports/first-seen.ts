import { isSumOfImplied, possibleCauses, type CausedFinding } from '../checks/causes/group.ts';
import type { Judged } from '../checks/judge.ts';
import type { Finding } from '../crds/index.ts';
import type { ReportRecord } from './records.ts';

/** What is known of the past when findings are dated. */
export interface Memory {
  /** The first full pass after the installation has ended: what appears from now on is news. */
  readonly hasBaseline: boolean;
  /** Checks that had judged this cluster before. */
  readonly knownChecks: ReadonlySet<string>;
  /** Until when, in seconds since the epoch, the leader before us kept watch; undefined if none is known. */
  readonly watchedUntilSeconds: number | undefined;
}

export interface Dated {
  readonly firstSeenTime: string;
  readonly origin: Finding['origin'];
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
 * did not exist before, or stands on a subject that was there while somebody kept watch and whose report was lost since.
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
  return { firstSeenTime: nowTime, origin: originOf(found.check, previous, subjectCreatedSeconds, memory) };
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

const dateOf = ({ firstSeenTime, origin }: Dated): Dated => ({ firstSeenTime, origin });

function originOf(
  check: string,
  previous: ReportRecord | undefined,
  subjectCreatedSeconds: number | undefined,
  { hasBaseline, knownChecks, watchedUntilSeconds }: Memory,
): Finding['origin'] {
  if (!hasBaseline) return 'Baseline';
  if (!knownChecks.has(check)) return 'Catalogue';
  const reportWasLost =
    previous === undefined &&
    watchedUntilSeconds !== undefined &&
    subjectCreatedSeconds !== undefined &&
    subjectCreatedSeconds < watchedUntilSeconds;
  return reportWasLost ? 'Baseline' : 'Observed';
}
