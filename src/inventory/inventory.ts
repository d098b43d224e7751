import type { RawObject } from '../kube/raw-object.ts';
import type { ReflectorSink } from '../kube/reflector-api.ts';
import { createAdoptedTemplates } from './workloads/adopted-templates.ts';
import { clusterFactsOf } from './indexes/cluster-facts.ts';
import { dirtyTable } from './dirty/table.ts';
import { accountViews, type DirtyViews } from './dirty/views.ts';
import type { FactsByKind } from './facts/by-kind.ts';
import type { ClusterFacts } from './facts/cluster.ts';
import type { PodLabels } from './facts/pod-labels.ts';
import { UNMARKED, type SubjectMarks } from './facts/marks.ts';
import type { LimitRangeFacts } from './facts/limit-range.ts';
import type { NodeFacts } from './facts/node.ts';
import type { ObjectRef } from './facts/object-ref.ts';
import type { PodSpecFacts } from './facts/pod-spec.ts';
import { createIndexes } from './indexes/indexes.ts';
import type { ControllerRef } from './workloads/owners.ts';
import type { RbacGraph } from './rbac/graph.ts';
import { createPool } from './collections/pool.ts';
import {
  CONTROLLER_KINDS,
  CONTROLLERS,
  createStores,
  isControllerKind,
  type Judges,
  type OnChange,
  type Stores,
} from './stores.ts';
import { keyOfRef, subjectKey, type Subject, type SubjectKey } from './subject-key.ts';
import { subjectOfController, subjectOfPod } from './workloads/top-controller.ts';
import { watchesOf, type Kind } from './watched.ts';
import type { Surroundings } from './surroundings/surroundings.ts';
import type { Pools } from './projections/workloads.ts';
import {
  firstDistinct,
  refsOf,
  workloadOf,
  workloadsRunningAs,
  type Workload,
  type WorkloadSources,
} from './workloads/workloads.ts';

/** What the cluster is known to hold, as far as it is judged. It has no I/O: bytes come in, dirty subjects go out. */
export interface Inventory<V> extends Pick<RbacGraph, 'rulesOf' | 'isBound' | 'grantsOf' | 'allows'> {
  /** Where the reflector of a kind hands its objects. */
  readonly sink: (kind: Kind) => ReflectorSink;
  readonly get: <K extends Kind>(kind: K, namespace: string, name: string) => FactsByKind<V>[K] | undefined;
  readonly count: (kind: Kind) => number;
  /** What people have written on a subject; nothing of one that is not known. */
  readonly marksOf: (subject: Subject) => SubjectMarks;
  readonly workload: (subject: Subject) => Workload<V> | undefined;
  /** The workloads that run as a ServiceAccount. */
  readonly workloadsOf: (namespace: string, serviceAccount: string) => readonly ObjectRef[];
  /** How many they are, counted no further than to two. */
  readonly usersOf: (namespace: string, serviceAccount: string) => number;
  /** Whether somebody in the namespace runs as another ServiceAccount than this. */
  readonly hasNeighbours: (namespace: string, serviceAccount: string) => boolean;
  readonly hasWorkloads: (namespace: string) => boolean;
  readonly surroundings: Surroundings<V>;
  readonly limitRangesIn: (namespace: string) => readonly LimitRangeFacts[];
  /** What is known of the cluster as a whole; which namespaces belong to the system, others know. */
  readonly clusterFacts: (isSystemNamespace: (name: string) => boolean) => ClusterFacts;
  /** Whether there are nodes beside those of the control plane. */
  readonly hasWorkers: () => boolean;
  readonly nodes: () => Iterable<NodeFacts>;
  /** Every subject that could have a report, of whatever kind; the same may be named twice. */
  readonly subjects: () => Iterable<SubjectKey>;
  /** Takes over the template of a controller whose kind is watched by metadata only, from its whole object. */
  readonly adoptTemplate: (subject: Subject, version: string, object: RawObject) => void;
}

export interface InventoryOptions<V> extends Judges<V> {
  readonly onDirty: (key: SubjectKey) => void;
  /** Whether a kind has been read, and still may be. */
  readonly isReadable: (kind: Kind) => boolean;
  /** While it is so, nothing is named dirty: everything will be looked at afterwards. Default false. */
  readonly isLoading?: () => boolean;
  /**
   * Takes any pod of kube-system that starts a part of the control plane for one: in files there are the manifests of static
   * pods, not the mirror pods that kubelets make of them. Default false.
   */
  readonly trustStaticPods?: boolean;
}

function workloadSources<V>(
  stores: () => Stores<V>,
  isReadable: (kind: Kind) => boolean,
  more: Pick<WorkloadSources<V>, 'members' | 'adoptedTemplate'>,
): WorkloadSources<V> {
  return {
    ...more,
    pod: (namespace, name) => stores().Pod.get(namespace, name),
    controller: ({ group, kind, namespace, name }) =>
      isControllerKind(kind) && CONTROLLERS[kind].group === group ? stores()[kind].get(namespace, name) : undefined,
    isReadable: (kind) => Object.hasOwn(stores(), kind) && isReadable(kind as Kind),
  };
}

function* subjectsOf<V>(stores: Stores<V>, sources: WorkloadSources<V>): Iterable<SubjectKey> {
  for (const kind of CONTROLLER_KINDS) for (const facts of stores[kind].values()) yield subjectOfController(facts);
  for (const [namespace, name, facts] of stores.Pod.entries()) {
    const subject = subjectOfPod(namespace, name, facts, sources);
    if (subject !== undefined) yield subject;
  }
  const { ServiceAccount, Namespace, Node, Role, ClusterRole, RoleBinding, ClusterRoleBinding } = stores;
  const { Service, Ingress, NetworkPolicy, ConfigMap } = stores;
  const rbac = [Role, ClusterRole, RoleBinding, ClusterRoleBinding];
  for (const store of [ServiceAccount, Namespace, Node, ...rbac, Service, Ingress, NetworkPolicy, ConfigMap]) {
    for (const { ref } of store.values()) yield keyOfRef(ref);
  }
  const { ValidatingWebhookConfiguration, MutatingWebhookConfiguration } = stores;
  for (const store of [ValidatingWebhookConfiguration, MutatingWebhookConfiguration]) {
    for (const { ref } of store.values()) yield keyOfRef(ref);
  }
}

/** @param options what to do with new specs and dirty subjects, and which kinds can be read at all */
export function createInventory<V>({
  onDirty,
  isReadable,
  isLoading = () => false,
  trustStaticPods = false,
  ...judges
}: InventoryOptions<V>): Inventory<V> {
  const pools: Pools<V> = {
    specs: createPool<PodSpecFacts<V>>(),
    owners: createPool<ControllerRef>(),
    labels: createPool<PodLabels>(),
  };
  const adopted = createAdoptedTemplates(pools, judges.judgePod);
  const indexes = createIndexes<V>({
    claim: (namespace, name) => stores.PersistentVolumeClaim.get(namespace, name),
    volume: (name) => stores.PersistentVolume.get('', name),
  });
  const table = dirtyTable<V>();

  const onChange: OnChange<V> = (kind, change) => {
    indexes.update(kind, change);
    if (!isLoading()) for (const key of table[kind](change, views)) if (key !== undefined) onDirty(key);
    if (kind === 'ReplicaSet' && change.after === undefined)
      adopted.drop(subjectKey('apps', kind, change.namespace, change.name));
  };
  const stores = createStores(pools, { ...judges, trustStaticPods }, onChange);
  const sources = workloadSources(() => stores, isReadable, { members: indexes.members, adoptedTemplate: adopted.get });
  const { surroundings } = indexes;
  const views: DirtyViews<V> = {
    ...accountViews(sources, indexes, () => stores.ServiceAccount.values()),
    surroundings,
    subjects: () => subjectsOf(stores, sources),
    nodesJudgedAnewBy: (change) => indexes.workers.judgedAnewBy(change, stores.Node.values()),
  };

  return {
    sink: (kind) => stores[kind],
    get: (kind, namespace, name) => stores[kind].get(namespace, name),
    count: (kind) => stores[kind].size(),
    marksOf: ({ group, kind, namespace, name }) =>
      watchesOf(group, kind)
        .map((row) => stores[row.kind].marks(namespace, name))
        .find((marks) => marks !== undefined) ?? UNMARKED,
    workload: (subject) => workloadOf(subject, sources),
    rulesOf: indexes.rbac.rulesOf,
    isBound: indexes.rbac.isBound,
    grantsOf: indexes.rbac.grantsOf,
    allows: indexes.rbac.allows,
    workloadsOf: (namespace, account) => refsOf(workloadsRunningAs(namespace, account, sources), sources),
    usersOf: (namespace, account) => firstDistinct(workloadsRunningAs(namespace, account, sources), 2).length,
    hasNeighbours: (namespace, account) =>
      [...indexes.members.accountUsers.accountsIn(namespace)].some((each) => each !== account),
    hasWorkloads: (namespace) => surroundings.populationOf(namespace) > 0,
    surroundings,
    limitRangesIn: indexes.limitRangesIn,
    clusterFacts: (isSystemNamespace) => clusterFactsOf(stores, indexes.components.values(), isSystemNamespace),
    hasWorkers: indexes.workers.exist,
    nodes: () => stores.Node.values(),
    subjects: views.subjects,
    adoptTemplate: ({ group, kind, namespace, name }, version, object) =>
      adopted.adopt(subjectKey(group, kind, namespace, name), version, object),
  };
}
