import { accountsOfController, accountsOfPod } from './dirty-accounts.ts';
import { bindingsNaming, concernedByBinding, concernedByRole } from './dirty-rbac.ts';
import type { DirtyViews } from './dirty-views.ts';
import type { FactsByKind } from './facts/by-kind.ts';
import { keyOfRef, subjectKey, type SubjectKey } from './subject-key.ts';
import type { ControllerFacts } from './facts/workload.ts';
import type { Change } from './store.ts';
import { subjectOfController, subjectOfPod } from './top-controller.ts';
import { workloadsRunningAs } from './workloads.ts';

/** Subjects whose verdict may differ after a change; the same may be named twice. */
type Marks<F, V> = (change: Change<F>, views: DirtyViews<V>) => Iterable<SubjectKey | undefined>;

const namespaceOf = (namespace: string): SubjectKey => subjectKey('', 'Namespace', '', namespace);

function versions<F>({ before, after }: Change<F>): readonly F[] {
  return [before, after].filter((facts) => facts !== undefined);
}

/** A new or vanished inhabitant may be the first or the last of its namespace. */
function inhabited<F>({ namespace, before, after }: Change<F>): readonly SubjectKey[] {
  return before === undefined || after === undefined ? [namespaceOf(namespace)] : [];
}

const itself = <F extends { readonly ref: Parameters<typeof keyOfRef>[0] }>(change: Change<F>): readonly SubjectKey[] =>
  versions(change).map(({ ref }) => keyOfRef(ref));

function controller<V>(change: Change<ControllerFacts<V>>, views: DirtyViews<V>): readonly SubjectKey[] {
  return [...versions(change).map(subjectOfController), ...inhabited(change), ...accountsOfController(change, views)];
}

/** Which change makes which subjects dirty. */
export function dirtyTable<V>(): { readonly [K in keyof FactsByKind<V>]: Marks<FactsByKind<V>[K], V> } {
  return {
    Namespace: itself,
    Node: itself,
    ServiceAccount: (change, views) => [
      ...itself(change),
      ...bindingsNaming(change, views),
      ...workloadsRunningAs(change.namespace, change.name, views.sources),
    ],
    Pod: (change, views) => [
      ...versions(change).map((facts) => subjectOfPod(change.namespace, change.name, facts, views.sources)),
      ...inhabited(change),
      ...accountsOfPod(change, views),
    ],
    ReplicationController: controller,
    ReplicaSet: controller,
    Deployment: controller,
    StatefulSet: controller,
    DaemonSet: controller,
    Job: controller,
    CronJob: controller,
    Role: concernedByRole,
    ClusterRole: concernedByRole,
    RoleBinding: concernedByBinding,
    ClusterRoleBinding: concernedByBinding,
    NetworkPolicy: ({ namespace }) => [namespaceOf(namespace)],
  };
}
