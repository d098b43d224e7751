import type { ReflectorSink } from '../kube/reflector.ts';
import type { RawObject } from '../kube/raw-object.ts';
import { createAdoptedTemplates } from './adopted-templates.ts';
import { dirtyTable, type FactsByKind } from './dirty.ts';
import { createGrantIndex } from './effective-grants.ts';
import type { PodSpecFacts } from './facts/pod-spec.ts';
import type { Grant } from './facts/rbac.ts';
import type { ControllerFacts } from './facts/workload.ts';
import type { ControllerRef } from './owners.ts';
import {
  bindingProjection,
  namespaceProjection,
  networkPolicyProjection,
  nodeProjection,
  roleProjection,
  serviceAccountProjection,
} from './projections.ts';
import { createPool } from './spec-pool.ts';
import { createStore, type Change, type Projection, type Store } from './store.ts';
import { keyOfRef, subjectKey, type Subject, type SubjectKey } from './subject-key.ts';
import { controllerProjection, podProjection, type JudgePod, type Pools } from './workload-projections.ts';
import type { Kind } from './watched.ts';
import { createWorkloadIndex, type Workload } from './workloads.ts';

type ControllerKind =
  'ReplicationController' | 'ReplicaSet' | 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob';
type Stores<V> = { readonly [K in Kind]: Store<FactsByKind<V>[K]> };

/** What the cluster is known to hold, as far as it is judged. It has no I/O: bytes come in, dirty subjects go out. */
export interface Inventory<V> {
  /** Where the reflector of a kind hands its objects. */
  sink(kind: Kind): ReflectorSink;
  get<K extends Kind>(kind: K, namespace: string, name: string): FactsByKind<V>[K] | undefined;
  count(kind: Kind): number;
  workload(subject: Subject): Workload<V> | undefined;
  grantsOf(namespace: string, serviceAccount: string): readonly Grant[];
  hasWorkloads(namespace: string): boolean;
  networkPoliciesIn(namespace: string): number;
  /** Every subject that could have a report, of whatever kind. */
  subjects(): Iterable<SubjectKey>;
  /** The template of a controller whose kind is watched by metadata only, from its whole object. */
  adoptTemplate(subject: Subject, version: string, object: RawObject): void;
}

export interface InventoryOptions<V> {
  readonly judgePod: JudgePod<V>;
  readonly onDirty: (key: SubjectKey) => void;
  /** Whether a kind has been read, and still may be. */
  readonly isReadable: (kind: Kind) => boolean;
}

const TEMPLATES: Readonly<Record<ControllerKind, readonly [apiVersion: string, template: string | undefined]>> = {
  ReplicationController: ['v1', 'spec.template'],
  ReplicaSet: ['apps/v1', undefined],
  Deployment: ['apps/v1', 'spec.template'],
  StatefulSet: ['apps/v1', 'spec.template'],
  DaemonSet: ['apps/v1', 'spec.template'],
  Job: ['batch/v1', 'spec.template'],
  CronJob: ['batch/v1', 'spec.jobTemplate.spec.template'],
};

const CONTROLLER_KINDS = Object.keys(TEMPLATES) as readonly ControllerKind[];

const isControllerKind = (kind: string): kind is ControllerKind => Object.hasOwn(TEMPLATES, kind);

/** @param options what to do with new specs and dirty subjects, and which kinds can be read at all */
export function createInventory<V>({ judgePod, onDirty, isReadable }: InventoryOptions<V>): Inventory<V> {
  const pools: Pools<V> = { specs: createPool<PodSpecFacts<V>>(), owners: createPool<ControllerRef>() };
  const adopted = createAdoptedTemplates(pools, judgePod);
  const grants = createGrantIndex();
  const policies = new Map<string, number>();
  const table = dirtyTable<V>();

  function keep<K extends Kind>(
    kind: K,
    projection: Projection<FactsByKind<V>[K]>,
    index: (change: Change<FactsByKind<V>[K]>) => void = () => undefined,
  ): Store<FactsByKind<V>[K]> {
    return createStore(projection, (change) => {
      index(change);
      for (const key of table[kind](change, views)) if (key !== undefined) onDirty(key);
    });
  }

  function controllers<K extends ControllerKind>(kind: K): Store<ControllerFacts<V>> {
    const [apiVersion, template] = TEMPLATES[kind];
    const projection = controllerProjection(apiVersion, kind, template, pools, judgePod);
    return keep<ControllerKind>(kind, projection, (change) => {
      workloads.changeController(change);
      if (change.after === undefined && change.before !== undefined) adopted.drop(keyOfRef(change.before.ref));
    });
  }

  function countPolicies({ namespace, before, after }: Change<unknown>): void {
    const difference = (after === undefined ? 0 : 1) - (before === undefined ? 0 : 1);
    policies.set(namespace, (policies.get(namespace) ?? 0) + difference);
  }

  const workloads = createWorkloadIndex<V>({
    pod: (namespace, name) => stores.Pod.get(namespace, name),
    controller: ({ group, kind, namespace, name }) => {
      if (!isControllerKind(kind) || !TEMPLATES[kind][0].startsWith(group === '' ? 'v1' : `${group}/`))
        return undefined;
      return stores[kind].get(namespace, name);
    },
    adoptedTemplate: (key, version) => adopted.get(key, version),
    isReadable: (kind) => Object.hasOwn(stores, kind) && isReadable(kind as Kind),
  });

  const views = {
    workloads,
    *namespacesWithServiceAccount(account: string): Iterable<string> {
      for (const { ref } of stores.ServiceAccount.values()) if (ref.name === account) yield ref.namespace ?? '';
    },
  };

  const stores: Stores<V> = {
    Namespace: keep('Namespace', namespaceProjection),
    Node: keep('Node', nodeProjection),
    ServiceAccount: keep('ServiceAccount', serviceAccountProjection),
    Pod: keep('Pod', podProjection(pools, judgePod), (change) => workloads.changePod(change)),
    ReplicationController: controllers('ReplicationController'),
    ReplicaSet: controllers('ReplicaSet'),
    Deployment: controllers('Deployment'),
    StatefulSet: controllers('StatefulSet'),
    DaemonSet: controllers('DaemonSet'),
    Job: controllers('Job'),
    CronJob: controllers('CronJob'),
    Role: keep('Role', roleProjection('Role')),
    ClusterRole: keep('ClusterRole', roleProjection('ClusterRole')),
    RoleBinding: keep('RoleBinding', bindingProjection('RoleBinding'), ({ before, after }) =>
      grants.change(before, after),
    ),
    ClusterRoleBinding: keep('ClusterRoleBinding', bindingProjection('ClusterRoleBinding'), ({ before, after }) =>
      grants.change(before, after),
    ),
    NetworkPolicy: keep('NetworkPolicy', networkPolicyProjection, countPolicies),
  };

  function* workloadSubjects(): Iterable<SubjectKey> {
    for (const kind of CONTROLLER_KINDS)
      for (const facts of stores[kind].values()) yield workloads.subjectOfController(facts);
    for (const [namespace, name, facts] of stores.Pod.entries()) {
      const subject = workloads.subjectOfPod(namespace, name, facts);
      if (subject !== undefined) yield subject;
    }
  }

  return {
    sink: (kind) => stores[kind],
    get: (kind, namespace, name) => stores[kind].get(namespace, name),
    count: (kind) => stores[kind].size,
    workload: (subject) => workloads.get(subject),
    grantsOf: (namespace, serviceAccount) => grants.grantsOf(namespace, serviceAccount),
    hasWorkloads: (namespace) => workloads.hasWorkloads(namespace),
    networkPoliciesIn: (namespace) => policies.get(namespace) ?? 0,
    *subjects() {
      yield* workloadSubjects();
      for (const kind of REFERENCED_KINDS) for (const { ref } of stores[kind].values()) yield keyOfRef(ref);
    },
    adoptTemplate: ({ group, kind, namespace, name }, version, object) =>
      adopted.adopt(subjectKey(group, kind, namespace, name), version, object),
  };
}

const REFERENCED_KINDS = [
  'Namespace',
  'Node',
  'ServiceAccount',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
] as const satisfies readonly Kind[];
