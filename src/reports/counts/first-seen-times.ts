import type { Severity } from '../../crds/index.ts';
import { newSince } from '../first-seen.ts';
import type { KnownFinding } from '../records.ts';
import { count } from './count.ts';

/** When the open findings of a namespace came, in seconds since the epoch. */
export interface FirstSeenTimes {
  readonly change: (finding: KnownFinding, sign: 1 | -1) => void;
  /** Since when the latest of those that are news is news; 0 if none is. */
  readonly newest: (severity: Severity) => number;
  /** When the one that has been there for longest was first seen, news or not; 0 if there is none. */
  readonly oldest: (severity: Severity) => number;
}

/**
 * How many findings have each time. Times are in whole seconds and most are shared by many, so that this is small, and the
 * latest and the earliest are looked for only when they are asked for: findings come and go far more often.
 */
type Times = Map<number, number>;
type BySeverity = Partial<Record<Severity, Times>>;

const secondsOf = (time: string): number => Math.floor(Date.parse(time) / 1000);

function change(times: BySeverity, severity: Severity, time: string, sign: 1 | -1): void {
  count((times[severity] ??= new Map()), secondsOf(time), sign);
}

export function createFirstSeenTimes(): FirstSeenTimes {
  const news: BySeverity = {};
  const all: BySeverity = {};
  return {
    change(finding, sign) {
      const since = newSince(finding);
      change(all, finding.severity, finding.firstSeenTime, sign);
      if (since !== undefined) change(news, finding.severity, since, sign);
    },
    newest(severity) {
      let newest = 0;
      for (const time of news[severity]?.keys() ?? []) if (time > newest) newest = time;
      return newest;
    },
    oldest(severity) {
      let oldest = Number.POSITIVE_INFINITY;
      for (const time of all[severity]?.keys() ?? []) if (time < oldest) oldest = time;
      return Number.isFinite(oldest) ? oldest : 0;
    },
  };
}
