import type { Check, PodSecurityLevel } from '../check.ts';
import type { Judgement } from '../judge.ts';
import type { Level } from './control.ts';
import { podSecurityChecks } from './index.ts';

/** The level whose control a check repeats. */
const LEVELS: ReadonlyMap<string, Level> = new Map(
  podSecurityChecks.map(({ id, references }) => {
    const isBaseline = references.podSecurity?.some((control) => control.startsWith('baseline/')) === true;
    return [id, isBaseline ? 'baseline' : 'restricted'];
  }),
);

/** Whether the checks that run are enough to tell the level of a pod. */
export function judgesEveryControl(checks: readonly Pick<Check, 'id'>[]): boolean {
  const ids = new Set(checks.map(({ id }) => id));
  return [...LEVELS.keys()].every((id) => ids.has(id));
}

/** Verdicts are shared by all that are equal, and namespaces ask for them over and over. */
const known = new WeakMap<Judgement, PodSecurityLevel | 'undecided'>();

function levelOf(judgement: Judgement): PodSecurityLevel | 'undecided' {
  const violated = new Set(judgement.findings.map(({ check }) => LEVELS.get(check)));
  if (violated.has('baseline')) return 'privileged';
  if (judgement.undecided.some(({ check }) => LEVELS.has(check))) return 'undecided';
  return violated.has('restricted') ? 'baseline' : 'restricted';
}

function cachedLevelOf(judgement: Judgement): PodSecurityLevel | 'undecided' {
  const level = known.get(judgement) ?? levelOf(judgement);
  known.set(judgement, level);
  return level;
}

/** The strictest level that all of these pods satisfy; undefined if one of them cannot be told. */
export function strictestLevelOf(judgements: readonly Judgement[]): PodSecurityLevel | undefined {
  const levels = new Set(judgements.map(cachedLevelOf));
  if (levels.has('privileged')) return 'privileged';
  if (levels.has('undecided')) return undefined;
  return levels.has('baseline') ? 'baseline' : 'restricted';
}
