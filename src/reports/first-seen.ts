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

/** RFC 3339 in whole seconds, as the API server writes times. */
export function toTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}

/**
 * When a finding was first seen, and whether it is news (`Observed`). A finding that the previous report has keeps its
 * date. One that is not in it is new, unless it belongs to the baseline of an installation, was brought by a check that
 * did not exist before, or stands on a subject that was there while somebody kept watch and whose report was lost since.
 */
export function dateFinding(
  id: string,
  check: string,
  previous: ReportRecord | undefined,
  subjectCreatedSeconds: number | undefined,
  { memory, now }: { readonly memory: Memory; readonly now: Date },
): Dated {
  const known = previous?.findings.find((finding) => finding.id === id);
  if (known !== undefined) return { firstSeenTime: known.firstSeenTime, origin: known.origin };
  return { firstSeenTime: toTime(now), origin: originOf(check, previous, subjectCreatedSeconds, memory) };
}

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
