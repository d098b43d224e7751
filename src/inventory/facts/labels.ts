/** Labels of pods, one object for all that are equal in them: memory follows the distinct sets, not the pods. */
export interface Labels {
  /** By which equal ones are known. */
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * What controllers make up for each pod or each rollout. Who selects by one of these means single pods, not a workload, so
 * that they are not kept. (`job-name` is: it names the workload, where a Job is one.)
 */
const MADE_UP: ReadonlySet<string> = new Set([
  'pod-template-hash',
  'pod-template-generation',
  'controller-revision-hash',
  'controller-uid',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-completion-index',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
]);

/** Whether a label is made up for each pod, and not kept. */
export const isMadeUp = (label: string): boolean => MADE_UP.has(label);

/** The labels that are kept, in one order whatever theirs was. */
export function labelsOf(labels: Readonly<Record<string, string>>): Labels {
  const kept = Object.entries(labels)
    .filter(([name]) => !isMadeUp(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { key: JSON.stringify(kept), values: Object.fromEntries(kept) };
}
