import type { SubjectKey } from '../inventory/subject-key.ts';
import type { Timers } from '../kube/timers.ts';
import type { Memory } from '../reports/first-seen.ts';
import { toTime } from '../reports/first-seen.ts';
import type { Check } from '../checks/check.ts';
import type { CheckParameters } from '../checks/parameters.ts';
import { meaningOf } from '../checks/selection.ts';
import type { Marker } from '../reports/marker.ts';
import type { Past } from './past.ts';

/** Whether the first pass of this leader is done, and what findings are dated by until then and after. */
export interface FirstPass {
  /** Takes over from whoever led before. */
  readonly begin: (past: Past) => void;
  /** From now on what appears is news, but for the subjects that failed so far: those are still of the first pass. */
  readonly end: (now: Date, failing: Iterable<SubjectKey>) => void;
  /** These are judged for the first time, though they are no news: they came into scope. */
  readonly enter: (keys: Iterable<SubjectKey>) => void;
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

/**
 * @param checks those that judge
 * @param parameters what they are told: a check that goes by others than before is another check
 */
export function createFirstPass(
  checks: readonly Pick<Check, 'id' | 'revision' | 'parameters'>[],
  parameters: CheckParameters,
  { now: nowMs }: Pick<Timers, 'now'>,
): FirstPass {
  const stragglers = new Set<SubjectKey>();
  const newcomers = new Set<SubjectKey>();
  const meanings = checks.map((check) => meaningOf(check, parameters));
  const after: Memory = {
    hasBaseline: true,
    knownChecks: new Set(checks.map(({ id }) => id)),
    watchedUntilSeconds: undefined,
  };
  let before = NOTHING;
  let past: Past | undefined;
  let marker: Marker | undefined;
  let isDone = false;
  let beganMs = 0;
  let seconds: number | undefined;

  function knownSince(stored: Marker): ReadonlySet<string> {
    const known = new Set(stored.knownChecks);
    return new Set(checks.filter((check) => known.has(meaningOf(check, parameters))).map(({ id }) => id));
  }

  return {
    begin(found) {
      beganMs = nowMs();
      seconds = undefined;
      past = found;
      marker = past.marker;
      before =
        marker === undefined
          ? NOTHING
          : {
              hasBaseline: true,
              knownChecks: knownSince(marker),
              watchedUntilSeconds: past.watchedUntil && past.watchedUntil.getTime() / 1000,
            };
      isDone = false;
    },
    end(now, failing) {
      for (const key of failing) (past?.isNewcomer(key) === true ? newcomers : stragglers).add(key);
      marker = { baselineTime: marker?.baselineTime ?? toTime(now), knownChecks: meanings };
      isDone = true;
      seconds = (nowMs() - beganMs) / 1000;
    },
    enter(keys) {
      for (const key of keys) newcomers.add(key);
    },
    settle(key) {
      stragglers.delete(key);
      newcomers.delete(key);
    },
    abandon() {
      isDone = false;
      stragglers.clear();
      newcomers.clear();
    },
    isDone: () => isDone,
    seconds: () => seconds,
    memoryFor(key) {
      if (newcomers.has(key) || (!isDone && past?.isNewcomer(key) === true)) return NOTHING;
      return isDone && !stragglers.has(key) ? after : before;
    },
    marker: () => marker,
  };
}
