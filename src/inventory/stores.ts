import type { FactsByKind } from './facts/by-kind.ts';
import type { ControllerFacts } from './facts/workload.ts';
import {
  namespaceProjection,
  networkPolicyProjection,
  nodeProjection,
  serviceAccountProjection,
} from './projections.ts';
import { bindingProjection, clusterRoleProjection, roleProjection } from './projections/rbac.ts';
import { createStore, type Change, type Store } from './store.ts';
import type { Kind } from './watched.ts';
import { controllerProjection, podProjection, type JudgePod, type Pools } from './workload-projections.ts';

type ControllerKind =
  'ReplicationController' | 'ReplicaSet' | 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob';
export type Stores<V> = { readonly [K in Kind]: Store<FactsByKind<V>[K]> };
/** Told of every change of facts, whatever the kind. */
export type OnChange<V> = <K extends Kind>(kind: K, change: Change<FactsByKind<V>[K]>) => void;

/** Controllers of pods, with the path of their template; undefined where only metadata is watched. */
export const CONTROLLERS: Readonly<
  Record<ControllerKind, { readonly group: string; readonly apiVersion: string; readonly template: string | undefined }>
> = {
  ReplicationController: { group: '', apiVersion: 'v1', template: 'spec.template' },
  ReplicaSet: { group: 'apps', apiVersion: 'apps/v1', template: undefined },
  Deployment: { group: 'apps', apiVersion: 'apps/v1', template: 'spec.template' },
  StatefulSet: { group: 'apps', apiVersion: 'apps/v1', template: 'spec.template' },
  DaemonSet: { group: 'apps', apiVersion: 'apps/v1', template: 'spec.template' },
  Job: { group: 'batch', apiVersion: 'batch/v1', template: 'spec.template' },
  CronJob: { group: 'batch', apiVersion: 'batch/v1', template: 'spec.jobTemplate.spec.template' },
};

export const isControllerKind = (kind: string): kind is ControllerKind => Object.hasOwn(CONTROLLERS, kind);
export const CONTROLLER_KINDS = Object.keys(CONTROLLERS).filter(isControllerKind);

/** One store per watched kind. */
export function createStores<V>(pools: Pools<V>, judgePod: JudgePod<V>, onChange: OnChange<V>): Stores<V> {
  function controllers(kind: ControllerKind): Store<ControllerFacts<V>> {
    const { apiVersion, template } = CONTROLLERS[kind];
    return createStore(controllerProjection(apiVersion, kind, template, pools, judgePod), (change) =>
      onChange(kind, change),
    );
  }
  return {
    Namespace: createStore(namespaceProjection, (change) => onChange('Namespace', change)),
    Node: createStore(nodeProjection, (change) => onChange('Node', change)),
    ServiceAccount: createStore(serviceAccountProjection, (change) => onChange('ServiceAccount', change)),
    Pod: createStore(podProjection(pools, judgePod), (change) => onChange('Pod', change)),
    ReplicationController: controllers('ReplicationController'),
    ReplicaSet: controllers('ReplicaSet'),
    Deployment: controllers('Deployment'),
    StatefulSet: controllers('StatefulSet'),
    DaemonSet: controllers('DaemonSet'),
    Job: controllers('Job'),
    CronJob: controllers('CronJob'),
    Role: createStore(roleProjection, (change) => onChange('Role', change)),
    ClusterRole: createStore(clusterRoleProjection, (change) => onChange('ClusterRole', change)),
    RoleBinding: createStore(bindingProjection('RoleBinding'), (change) => onChange('RoleBinding', change)),
    ClusterRoleBinding: createStore(bindingProjection('ClusterRoleBinding'), (change) =>
      onChange('ClusterRoleBinding', change),
    ),
    NetworkPolicy: createStore(networkPolicyProjection, (change) => onChange('NetworkPolicy', change)),
  };
}
