import { reachOf } from './effective-grants.ts';
import type { FactsByKind } from './facts/by-kind.ts';
import { CLUSTER_KEY, keyOfRef, subjectKey, type SubjectKey } from './subject-key.ts';
import { controllerTouchesCluster, namespaceTouchesCluster } from './cluster-facts.ts';
import { podTouchesCluster } from './component-index.ts';
import type { NodeFacts } from './facts/node.ts';
import type { BindingFacts } from './facts/rbac.ts';
import type { ControllerFacts } from './facts/workload.ts';
import type { Change } from './store.ts';
import {
  listedTokenMarks,
  neighbours,
  nodePortMarks,
  surroundingMarks,
  type SurroundingViews,
} from './surroundings-dirty.ts';
import { subjectOfController, subjectOfPod } from './top-controller.ts';
import { workloadsRunningAs } from './workloads.ts';

/** What a row may look up to name those that a change concerns. */
export interface DirtyViews<V> extends SurroundingViews<V> {
  /** Namespaces in which a ServiceAccount of this name exists. */
  readonly namespacesWithServiceAccount: (name: string) => Iterable<string>;
  /** Other nodes whose verdict rests on whether there are nodes beside the control plane. */
  readonly nodesJudgedAnewBy: (change: Change<NodeFacts>) => Iterable<SubjectKey>;
}

/** Subjects whose verdict may differ after a change; the same may be named twice. */
type Marks<F, V> = (change: Change<F>, views: DirtyViews<V>) => Iterable<SubjectKey | undefined>;

const serviceAccountOf = (namespace: string, name: string): SubjectKey =>
  subjectKey('', 'ServiceAccount', namespace, name);
/** Only the default ServiceAccount is judged by what is granted to it. */
const DEFAULT = 'default';

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
  return [...versions(change).map(subjectOfController), ...neighbours(change.namespace, before, after, views)];
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
  return [...itself(change), ...versions(change).flatMap((facts) => serviceAccountsBound(facts, views))];
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
      ...workloadsRunningAs(change.namespace, change.name, views.sources),
      ...listedTokenMarks(change, views),
    ],
    Pod: (change, views) => [
      ...versions(change).map((facts) => subjectOfPod(change.namespace, change.name, facts, views.sources)),
      ...neighbours(change.namespace, change.before, change.after, views),
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
    Role: itself,
    ClusterRole: itself,
    RoleBinding: binding,
    ClusterRoleBinding: binding,
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
