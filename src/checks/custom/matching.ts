import type { MatchedKind } from './custom-check.ts';

/** Where the spec of pods stands in each kind that has one. */
const POD_SPECS: Readonly<Record<string, readonly string[]>> = {
  'v1/Pod': ['spec'],
  'v1/ReplicationController': ['spec', 'template', 'spec'],
  'apps/v1/Deployment': ['spec', 'template', 'spec'],
  'apps/v1/StatefulSet': ['spec', 'template', 'spec'],
  'apps/v1/DaemonSet': ['spec', 'template', 'spec'],
  'apps/v1/ReplicaSet': ['spec', 'template', 'spec'],
  'batch/v1/Job': ['spec', 'template', 'spec'],
  'batch/v1/CronJob': ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
};

/** The way to the spec of pods in an object of this kind; none if it has no pods. */
export function podSpecPath(apiVersion: string, kind: string): readonly string[] | undefined {
  const key = `${apiVersion}/${kind}`;
  return Object.hasOwn(POD_SPECS, key) ? POD_SPECS[key] : undefined;
}

/** Whether a check for these kinds is about objects of that kind. */
export function matchesKind(kinds: readonly MatchedKind[], apiVersion: string, kind: string): boolean {
  return kinds.some((matched) =>
    matched.apiVersion === undefined
      ? matched.kind === 'Workload' && podSpecPath(apiVersion, kind) !== undefined
      : matched.apiVersion === apiVersion && matched.kind === kind,
  );
}
