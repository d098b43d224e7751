import type { SubjectKey } from '../inventory/subject-key.ts';
import type { Timers } from '../kube/timers.ts';
import type { Memory } from '../reports/first-seen.ts';
import { toTime } from '../reports/first-seen.ts';
import type { Marker } from '../reports/marker.ts';

/** Whether the first pass of this leader is done, and what findings are dated by until then and after. */
export interface FirstPass {
  /** Takes over from whoever led before; `watchedUntil` is when that was last seen at work. */
  readonly begin: (stored: Marker | undefined, watchedUntil: Date | undefined) => void;
  /** From now on what appears is news, but for the subjects that failed so far: those are still of the first pass. */
  readonly end: (now: Date, checks: readonly string[], failing: Iterable<SubjectKey>) => void;
  /** A subject's report is up to date. */
  readonly settle: (key: SubjectKey) => void;
  /** The lead is lost. */
  readonly abandon: () => void;
  readonly isDone: () => boolean;
  /** How long it took; undefined until it is done. */
  readonly seconds: () => number | undefined;
  readonly memoryFor: (key: SubjectKey) => Memory;
  /** What the Cluster's report has to remember; undefined before a first pass ever ended. */
  readonly marker: () => Marker | undefined;
}

const NOTHING: Memory = { hasBaseline: false, knownChecks: new Set(), watchedUntilSeconds: undefined };

export function createFirstPass({ now: nowMs }: Pick<Timers, 'now'>): FirstPass {
  const stragglers = new Set<SubjectKey>();
  let before = NOTHING;
  let after = NOTHING;
  let marker: Marker | undefined;
  let isDone = false;
  let beganMs = 0;
  let seconds: number | undefined;
  return {
    begin(stored, watchedUntil) {
      beganMs = nowMs();
      seconds = undefined;
      marker = stored;
      before = {
        hasBaseline: stored !== undefined,
        knownChecks: new Set(stored?.knownChecks),
        watchedUntilSeconds: watchedUntil === undefined ? undefined : watchedUntil.getTime() / 1000,
      };
      isDone = false;
    },
    end(now, checks, failing) {
      for (const key of failing) stragglers.add(key);
      marker = { baselineTime: marker?.baselineTime ?? toTime(now), knownChecks: checks };
      after = { hasBaseline: true, knownChecks: new Set(checks), watchedUntilSeconds: undefined };
      isDone = true;
      seconds = (nowMs() - beganMs) / 1000;
    },
    settle: (key) => void stragglers.delete(key),
    abandon() {
      isDone = false;
      stragglers.clear();
    },
    isDone: () => isDone,
    seconds: () => seconds,
    memoryFor: (key) => (isDone && !stragglers.has(key) ? after : before),
    marker: () => marker,
  };
}
