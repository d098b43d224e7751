import type { PodView } from '../../inventory/facts/pod-view.ts';
import { SKIP, podCheck, verdict } from '../check.ts';
import type { CheckOf, CheckRow, Outcome, PodInput, References, Violation } from '../check.ts';
import { unlessMalformed } from '../fields.ts';

/** A level of the Pod Security Standards that forbids something; `privileged` forbids nothing. */
export type Level = 'baseline' | 'restricted';

/** The controls by the names that Kubernetes gives them. */
export type ControlId =
  | 'privileged'
  | 'hostNamespaces'
  | 'hostPathVolumes'
  | 'hostPorts'
  | 'capabilities_baseline'
  | 'appArmorProfile'
  | 'seLinuxOptions'
  | 'procMount'
  | 'procMount_restricted'
  | 'seccompProfile_baseline'
  | 'seccompProfile_restricted'
  | 'sysctls'
  | 'windowsHostProcess'
  | 'hostProbesAndHostLifecycle'
  | 'restrictedVolumes'
  | 'allowPrivilegeEscalation'
  | 'runAsNonRoot'
  | 'runAsUser'
  | 'capabilities_restricted';

/** What a control means from one policy version on, until its next. */
export interface ControlVersion {
  /** Minor of the first policy version with this meaning: 22 for v1.22. */
  readonly from: number;
  /** Where the pod violates the control. Throws `MalformedField` where a field has a wrong type. */
  readonly evaluate: (pod: PodView) => readonly Violation[];
  /** Pods that are let off without a look. Default none. */
  readonly exempts?: (pod: PodView) => boolean;
}

/** One control of the Pod Security Standards, in all its versions. */
export interface Control {
  readonly id: ControlId;
  readonly level: Level;
  /** From the oldest to the newest; before the first the control does not exist. */
  readonly versions: readonly ControlVersion[];
  /** Milder controls of the baseline in whose place it stands at the restricted level. Default none. */
  readonly overrides?: readonly ControlId[];
}

/**
 * The meaning of a control at a policy version: the last change at or before it, so that newer versions than known have
 * the newest.
 */
export function versionAt({ versions }: Control, minor: number): ControlVersion | undefined {
  return versions.findLast(({ from }) => from <= minor);
}

/** A pod, and the minor of the policy version that judges it. */
export type JudgedPod = PodView & Pick<PodInput, 'podSecurityMinor'>;

/**
 * What a control says of a pod at the policy version that judges; a skip if it does not exist there or exempts the pod.
 */
export function judgeControl(control: Control, pod: JudgedPod): Outcome {
  const version = versionAt(control, pod.podSecurityMinor);
  if (version === undefined) return SKIP;
  return unlessMalformed(() => (version.exempts?.(pod) === true ? SKIP : verdict(version.evaluate(pod))));
}

/**
 * A check that repeats what a control finds, so that nothing is decided twice; `picks` limits it to violations of its
 * own.
 */
export function controlCheck(
  control: Control,
  {
    picks = () => true,
    references,
    ...row
  }: Omit<CheckRow, 'references'> & {
    readonly references: Omit<References, 'podSecurity'>;
    readonly picks?: (violation: Violation) => boolean;
  },
): CheckOf<'pod'> {
  return podCheck({
    ...row,
    references: { podSecurity: [`${control.level}/${control.id}`], ...references },
    maySkip: mayNotApply(control),
    mayBeUndecided: true,
    evaluate: (pod) => {
      const outcome = judgeControl(control, pod);
      return isViolations(outcome) ? verdict(outcome.filter(picks)) : outcome;
    },
  });
}

/** Whether there are versions without it, or pods that it lets off. */
const mayNotApply = ({ versions }: Control): boolean =>
  versions.some(({ from, exempts }, index) => exempts !== undefined || (index === 0 && from > 0));

/** Whether a control or check was violated, rather than kept, skipped or undecided. */
export const isViolations = (outcome: Outcome): outcome is readonly Violation[] => Array.isArray(outcome);
