import { selects, type Labels, type LabelSelector } from './label-selector.ts';

/** Labels of pods, one object for all that are equal in them: memory follows the distinct sets, not the pods. */
export interface PodLabels {
  /** By which equal ones are known. */
  readonly key: string;
  readonly values: Labels;
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

/** The labels that are kept, in one order whatever theirs was. */
export function podLabelsOf(labels: Labels): PodLabels {
  const kept = Object.entries(labels)
    .filter(([name]) => !MADE_UP.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return { key: JSON.stringify(kept), values: Object.fromEntries(kept) };
}

/** Whether a selector selects pods with these labels; undefined if that hangs on a label that is not kept. */
export function selectsPods(selector: LabelSelector, { values }: PodLabels): boolean | undefined {
  const known = selector.filter(({ key }) => !MADE_UP.has(key));
  if (!selects(known, values)) return false;
  return known.length === selector.length ? true : undefined;
}
