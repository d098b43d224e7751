import { bindingsNaming, roleBound, usersOfController, usersOfPod } from './dirty-accounts.ts';
import { reachOf } from './effective-grants.ts';
import type { FactsByKind } from './facts/by-kind.ts';
import { keyOfRef, subjectKey, type SubjectKey } from './subject-key.ts';
import type { BindingFacts } from './facts/rbac.ts';
import type { ControllerFacts } from './facts/workload.ts';
import type { Change } from './store.ts';
import { subjectOfController, subjectOfPod } from './top-controller.ts';
import { workloadsRunningAs, type WorkloadSources } from './workloads.ts';

/** What a row may look up to name those that a change concerns. */
export interface DirtyViews<V> {
  readonly sources: WorkloadSources<V>;
  /** Namespaces in which a ServiceAccount of this name exists. */
  readonly namespacesWithServiceAccount: (name: string) => Iterable<string>;
  /** Bindings that name this ServiceAccount. */
  readonly bindingsNaming: (namespace: string, account: string) => Iterable<BindingFacts>;
}

/** Subjects whose verdict may differ after a change; the same may be named twice. */
type Marks<F, V> = (change: Change<F>, views: DirtyViews<V>) => Iterable<SubjectKey | undefined>;

const namespaceOf = (namespace: string): SubjectKey => subjectKey('', 'Namespace', '', namespace);
const serviceAccountOf = (namespace: string, name: string): SubjectKey =>
  subjectKey('', 'ServiceAccount', namespace, name);
/** Only the default ServiceAccount is judged by what is granted to it. */
const DEFAULT = 'default';

function versions<F>({ before, after }: Change<F>): readonly F[] {
  return [before, after].filter((facts) => facts !== undefined);
}

/** A new or vanished inhabitant may be the first or the last of its namespace. */
function inhabited<F>({ namespace, before, after }: Change<F>): readonly SubjectKey[] {
  return before === undefined || after === undefined ? [namespaceOf(namespace)] : [];
}

const itself = <F extends { readonly ref: Parameters<typeof keyOfRef>[0] }>(change: Change<F>): readonly SubjectKey[] =>
  versions(change).map(({ ref }) => keyOfRef(ref));

function controller<V>(change: Change<ControllerFacts<V>>, { sources }: DirtyViews<V>): readonly SubjectKey[] {
  const subjects = versions(change).map(subjectOfController);
  return [...subjects, ...inhabited(change), ...usersOfController(change, sources)];
}

function serviceAccountsBound<V>({ subjects }: BindingFacts, views: DirtyViews<V>): readonly SubjectKey[] {
  return subjects.flatMap((subject) => {
    const reach = reachOf(subject);
    if (reach === undefined) return [];
    const namespaces = reach.namespace === undefined ? views.namespacesWithServiceAccount(DEFAULT) : [reach.namespace];
    return [...namespaces].map((namespace) => serviceAccountOf(namespace, reach.name ?? DEFAULT));
  });
}

function binding<V>(change: Change<BindingFacts>, views: DirtyViews<V>): readonly SubjectKey[] {
  return [
    ...itself(change),
    ...versions(change).map(roleBound),
    ...versions(change).flatMap((facts) => serviceAccountsBound(facts, views)),
  ];
}

/** Which change makes which subjects dirty. */
export function dirtyTable<V>(): { readonly [K in keyof FactsByKind<V>]: Marks<FactsByKind<V>[K], V> } {
  return {
    Namespace: itself,
    Node: itself,
    ServiceAccount: (change, { sources, bindingsNaming: naming }) => [
      ...itself(change),
      ...bindingsNaming(change, naming),
      ...workloadsRunningAs(change.namespace, change.name, sources),
    ],
    Pod: (change, { sources }) => [
      ...versions(change).map((facts) => subjectOfPod(change.namespace, change.name, facts, sources)),
      ...inhabited(change),
      ...usersOfPod(change, sources),
    ],
    ReplicationController: controller,
    ReplicaSet: controller,
    Deployment: controller,
    StatefulSet: controller,
    DaemonSet: controller,
    Job: controller,
    CronJob: controller,
    Role: itself,
    ClusterRole: itself,
    RoleBinding: binding,
    ClusterRoleBinding: binding,
    NetworkPolicy: ({ namespace }) => [namespaceOf(namespace)],
  };
}
