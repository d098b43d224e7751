import { accountsOfController, accountsOfPod } from './accounts.ts';
import { bindingsNaming, concernedByBinding, concernedByRole } from './rbac.ts';
import type { DirtyViews } from './views.ts';
import type { FactsByKind } from '../facts/by-kind.ts';
import { CLUSTER_KEY, keyOfRef, type SubjectKey } from '../subject-key.ts';
import { controllerTouchesCluster, namespaceTouchesCluster } from '../indexes/cluster-facts.ts';
import { podTouchesCluster } from '../indexes/component-index.ts';
import type { ControllerFacts } from '../facts/workload.ts';
import type { Change } from '../store.ts';
import { listedTokenMarks, neighbours, nodePortMarks, surroundingMarks } from './surroundings.ts';
import { subjectOfController, subjectOfPod } from '../workloads/top-controller.ts';
import { workloadsRunningAs } from '../workloads/workloads.ts';

/** Subjects whose verdict may differ after a change; the same may be named twice. */
type Marks<F, V> = (change: Change<F>, views: DirtyViews<V>) => Iterable<SubjectKey | undefined>;

function versions<F>({ before, after }: Change<F>): readonly F[] {
  return [before, after].filter((facts) => facts !== undefined);
}

const itself = <F extends { readonly ref: Parameters<typeof keyOfRef>[0] }>(change: Change<F>): readonly SubjectKey[] =>
  versions(change).map(({ ref }) => keyOfRef(ref));

/** A controller as its surroundings see it: by its template. */
const inhabitant = <V>(facts: ControllerFacts<V> | undefined): Parameters<typeof neighbours>[1] =>
  facts && { ...facts, spec: facts.template };

function controller<V>(change: Change<ControllerFacts<V>>, views: DirtyViews<V>): readonly SubjectKey[] {
  const [before, after] = [inhabitant(change.before), inhabitant(change.after)];
  return [
    ...versions(change).map(subjectOfController),
    ...neighbours(change.namespace, before, after, views),
    ...accountsOfController(change, views),
  ];
}

/** What the cluster as a whole is judged by. */
const ofCluster = (): readonly SubjectKey[] => [CLUSTER_KEY];

/** Which change makes which subjects dirty. */
export function dirtyTable<V>(): { readonly [K in keyof FactsByKind<V>]: Marks<FactsByKind<V>[K], V> } {
  return {
    Namespace: (change) => [...itself(change), ...(namespaceTouchesCluster(change) ? [CLUSTER_KEY] : [])],
    Node: (change, views) => [...itself(change), ...views.nodesJudgedAnewBy(change), ...nodePortMarks(change, views)],
    ServiceAccount: (change, views) => [
      ...itself(change),
      ...bindingsNaming(change, views),
      ...workloadsRunningAs(change.namespace, change.name, views.sources),
      ...listedTokenMarks(change, views),
    ],
    Pod: (change, views) => [
      ...versions(change).map((facts) => subjectOfPod(change.namespace, change.name, facts, views.sources)),
      ...neighbours(change.namespace, change.before, change.after, views),
      ...accountsOfPod(change, views),
      ...(podTouchesCluster(change) ? [CLUSTER_KEY] : []),
    ],
    ReplicationController: controller,
    ReplicaSet: controller,
    Deployment: controller,
    StatefulSet: controller,
    DaemonSet: (change, views) => [
      ...controller(change, views),
      ...(controllerTouchesCluster(change) ? [CLUSTER_KEY] : []),
    ],
    Job: controller,
    CronJob: controller,
    Role: concernedByRole,
    ClusterRole: concernedByRole,
    RoleBinding: concernedByBinding,
    ClusterRoleBinding: concernedByBinding,
    ValidatingWebhookConfiguration: (change) => [...itself(change), CLUSTER_KEY],
    MutatingWebhookConfiguration: (change) => [...itself(change), CLUSTER_KEY],
    ValidatingAdmissionPolicy: ofCluster,
    ValidatingAdmissionPolicyBinding: ofCluster,
    CustomResourceDefinition: ofCluster,
    CSIDriver: ofCluster,
    KubeletConfig: ofCluster,
    KubeProxyConfig: ofCluster,
    ClusterInfo: ofCluster,
    ServerEndpoints: ofCluster,
    ...surroundingMarks<V>(),
  };
}
