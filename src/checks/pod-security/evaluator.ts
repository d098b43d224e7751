import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Outcome } from '../check.ts';
import { isViolations, judgeControl, versionAt } from './control.ts';
import type { Control, ControlId, JudgedPod, Level } from './control.ts';
import { CONTROLS } from './controls.ts';

/**
 * The controls that a level consists of at a policy version: restricted is baseline and more, less what it replaces.
 */
export function controlsInForce(level: Level, minor: number): readonly Control[] {
  const existing = CONTROLS.filter((control) => versionAt(control, minor) !== undefined);
  if (level === 'baseline') return existing.filter((control) => control.level === 'baseline');
  const overridden = new Set(existing.flatMap(({ overrides = [] }) => overrides));
  return existing.filter(({ id }) => !overridden.has(id));
}

/**
 * What each control in force says of a pod; total: a field of a wrong type makes the controls that read it undecided.
 */
export function evaluatePodSecurity(pod: JudgedPod, level: Level): ReadonlyMap<ControlId, Outcome> {
  return new Map(
    controlsInForce(level, pod.podSecurityMinor).map((control) => [control.id, judgeControl(control, pod)] as const),
  );
}

/**
 * The controls that a pod violates at a level and policy version, sorted: what the API server's admission would name.
 */
export function violatedControls(pod: PodView, level: Level, minor: number): readonly ControlId[] {
  return [...evaluatePodSecurity({ ...pod, podSecurityMinor: minor }, level)]
    .filter(([, outcome]) => isViolations(outcome))
    .map(([id]) => id)
    .sort();
}
