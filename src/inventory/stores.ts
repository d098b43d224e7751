import type { FactsByKind } from './facts/by-kind.ts';
import type { JudgeConfigValue } from './facts/config-map.ts';
import { OTHER_POLICY_KINDS, type OtherPolicyFacts, type OtherPolicyKind } from './facts/network-policy.ts';
import type { ControllerFacts } from './facts/workload.ts';
import {
  bindingProjection,
  namespaceProjection,
  nodeProjection,
  roleProjection,
  serviceAccountProjection,
} from './projections.ts';
import { configMapProjection, resourceQuotaProjection, tokenSecretProjection } from './projections/configuration.ts';
import { ingressProjection } from './projections/ingresses.ts';
import { networkPolicyProjection, otherPolicyProjection } from './projections/network-policies.ts';
import { serviceProjection } from './projections/services.ts';
import { persistentVolumeClaimProjection, persistentVolumeProjection } from './projections/volumes.ts';
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

function otherPolicyStores<V>(onChange: OnChange<V>): Record<OtherPolicyKind, Store<OtherPolicyFacts>> {
  const entries = OTHER_POLICY_KINDS.map((kind) => {
    return [kind, createStore(otherPolicyProjection(kind), (change) => onChange(kind, change))] as const;
  });
  return Object.fromEntries(entries) as Record<OtherPolicyKind, Store<OtherPolicyFacts>>;
}

/** What of an object is judged while it is handed over, as it is not kept. */
export interface Judges<V> {
  readonly judgePod: JudgePod<V>;
  readonly judgeConfigValue: JudgeConfigValue;
}

/** One store per watched kind. */
export function createStores<V>(
  pools: Pools<V>,
  { judgePod, judgeConfigValue }: Judges<V>,
  onChange: OnChange<V>,
): Stores<V> {
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
    Role: createStore(roleProjection('Role'), (change) => onChange('Role', change)),
    ClusterRole: createStore(roleProjection('ClusterRole'), (change) => onChange('ClusterRole', change)),
    RoleBinding: createStore(bindingProjection('RoleBinding'), (change) => onChange('RoleBinding', change)),
    ClusterRoleBinding: createStore(bindingProjection('ClusterRoleBinding'), (change) =>
      onChange('ClusterRoleBinding', change),
    ),
    NetworkPolicy: createStore(networkPolicyProjection, (change) => onChange('NetworkPolicy', change)),
    Service: createStore(serviceProjection, (change) => onChange('Service', change)),
    Ingress: createStore(ingressProjection, (change) => onChange('Ingress', change)),
    ResourceQuota: createStore(resourceQuotaProjection, (change) => onChange('ResourceQuota', change)),
    PersistentVolume: createStore(persistentVolumeProjection, (change) => onChange('PersistentVolume', change)),
    PersistentVolumeClaim: createStore(persistentVolumeClaimProjection, (change) =>
      onChange('PersistentVolumeClaim', change),
    ),
    ConfigMap: createStore(configMapProjection(judgeConfigValue), (change) => onChange('ConfigMap', change)),
    Secret: createStore(tokenSecretProjection, (change) => onChange('Secret', change)),
    ...otherPolicyStores(onChange),
  };
}
