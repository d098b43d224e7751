import type { PodSpecFacts } from '../../inventory/facts/pod-spec.ts';
import type { WorkloadInput } from '../check.ts';

/** The ServiceAccount that a pod of this spec runs as. */
export const accountOf = ({ serviceAccountName }: PodSpecFacts): string => serviceAccountName;

/**
 * Whether a pod of this spec gets a token if it is created now: the pod decides, else its ServiceAccount, else it does. A live
 * pod is judged by this too, not by what it has: so the author sees the mistake, and sees it go when it is mended.
 */
export function automounts({ serviceAccount }: WorkloadInput, spec: PodSpecFacts): boolean {
  if (spec.isMirror || spec.tokenMounts.shadowed) return false;
  const ofAccount = serviceAccount(spec.serviceAccountName)?.automountServiceAccountToken;
  return spec.automountServiceAccountToken ?? ofAccount ?? true;
}

/** Whether a pod of this spec has a token: because it gets one, has got one, or by a volume of its author. */
export const hasToken = (workload: WorkloadInput, spec: PodSpecFacts): boolean =>
  automounts(workload, spec) || spec.tokenMounts.injected || spec.tokenMounts.explicitVolumes.length > 0;

export const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
