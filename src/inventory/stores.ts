import type { FactsByKind } from './facts/by-kind.ts';
import type { JudgeConfigValue } from './facts/config-map.ts';
import type { NamedFacts } from './facts/named.ts';
import { OTHER_POLICY_KINDS, type OtherPolicyFacts, type OtherPolicyKind } from './facts/network-policy.ts';
import type { WebhookConfigurationFacts } from './facts/webhooks.ts';
import type { ControllerFacts } from './facts/workload.ts';
import { policyBindingProjection, webhookConfigurationProjection } from './projections/admission.ts';
import { configMapProjection, resourceQuotaProjection, tokenSecretProjection } from './projections/config-maps.ts';
import { clusterInfoProjection, kubeletConfigProjection, kubeProxyProjection } from './projections/configuration.ts';
import { ingressProjection } from './projections/ingresses.ts';
import { limitRangeProjection } from './projections/limit-range.ts';
import { namedProjection } from './projections/named.ts';
import { namespaceProjection } from './projections/namespace.ts';
import { networkPolicyProjection, otherPolicyProjection } from './projections/network-policies.ts';
import { nodeProjection } from './projections/node.ts';
import { bindingProjection, clusterRoleProjection, roleProjection } from './projections/rbac.ts';
import { serverEndpointsProjection } from './projections/server-endpoints.ts';
import { serviceAccountProjection } from './projections/service-account.ts';
import { serviceProjection } from './projections/services.ts';
import { persistentVolumeClaimProjection, persistentVolumeProjection } from './projections/volumes.ts';
import { createStore, type Change, type Projection, type Store } from './store.ts';
import type { Kind } from './watched.ts';
import { controllerProjection, podProjection, type JudgePod, type Pools } from './projections/workloads.ts';

type ControllerKind =
  'ReplicationController' | 'ReplicaSet' | 'Deployment' | 'StatefulSet' | 'DaemonSet' | 'Job' | 'CronJob';
/** Kinds of which it only matters which objects there are. */
type NamedKind = 'ValidatingAdmissionPolicy' | 'CustomResourceDefinition' | 'CSIDriver';
/** Kinds that are read for the cluster as a whole, and for its admission control. */
type ClusterKind =
  | NamedKind
  | 'ValidatingWebhookConfiguration'
  | 'MutatingWebhookConfiguration'
  | 'ValidatingAdmissionPolicyBinding'
  | 'KubeletConfig'
  | 'KubeProxyConfig'
  | 'ClusterInfo'
  | 'ServerEndpoints';
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

/** Kinds that have reports of their own, so that exceptions may be about them. */
const ofSubjects = <F>(projection: Projection<F>): Projection<F> => ({ ...projection, isSubject: () => true });
/** What is owned is mostly part of a larger workload, and there is much of it. */
const ofUnowned = <F extends { readonly owner: unknown }>(projection: Projection<F>): Projection<F> => ({
  ...projection,
  isSubject: ({ owner }) => owner === undefined,
});

/** One store per watched kind. */
export function createStores<V>(
  pools: Pools<V>,
  { judgePod, judgeConfigValue, trustStaticPods }: Judges<V> & { readonly trustStaticPods: boolean },
  onChange: OnChange<V>,
): Stores<V> {
  function controllers(kind: ControllerKind): Store<ControllerFacts<V>> {
    const { apiVersion, template } = CONTROLLERS[kind];
    const mark = kind === 'ReplicaSet' || kind === 'Job' ? ofUnowned : ofSubjects;
    return createStore(mark(controllerProjection<V>(apiVersion, kind, template, pools, judgePod)), (change) =>
      onChange(kind, change),
    );
  }
  return {
    Namespace: createStore(ofSubjects(namespaceProjection), (change) => onChange('Namespace', change)),
    Node: createStore(ofSubjects(nodeProjection), (change) => onChange('Node', change)),
    ServiceAccount: createStore(ofSubjects(serviceAccountProjection), (change) => onChange('ServiceAccount', change)),
    Pod: createStore(ofUnowned(podProjection(pools, judgePod, trustStaticPods)), (change) => onChange('Pod', change)),
    ReplicationController: controllers('ReplicationController'),
    ReplicaSet: controllers('ReplicaSet'),
    Deployment: controllers('Deployment'),
    StatefulSet: controllers('StatefulSet'),
    DaemonSet: controllers('DaemonSet'),
    Job: controllers('Job'),
    CronJob: controllers('CronJob'),
    Role: createStore(ofSubjects(roleProjection), (change) => onChange('Role', change)),
    ClusterRole: createStore(ofSubjects(clusterRoleProjection), (change) => onChange('ClusterRole', change)),
    RoleBinding: createStore(ofSubjects(bindingProjection('RoleBinding')), (change) => onChange('RoleBinding', change)),
    ClusterRoleBinding: createStore(ofSubjects(bindingProjection('ClusterRoleBinding')), (change) =>
      onChange('ClusterRoleBinding', change),
    ),
    LimitRange: createStore(limitRangeProjection, (change) => onChange('LimitRange', change)),
    NetworkPolicy: createStore(ofSubjects(networkPolicyProjection), (change) => onChange('NetworkPolicy', change)),
    Service: createStore(ofSubjects(serviceProjection), (change) => onChange('Service', change)),
    Ingress: createStore(ofSubjects(ingressProjection), (change) => onChange('Ingress', change)),
    ResourceQuota: createStore(resourceQuotaProjection, (change) => onChange('ResourceQuota', change)),
    PersistentVolume: createStore(persistentVolumeProjection, (change) => onChange('PersistentVolume', change)),
    PersistentVolumeClaim: createStore(persistentVolumeClaimProjection, (change) =>
      onChange('PersistentVolumeClaim', change),
    ),
    ConfigMap: createStore(ofSubjects(configMapProjection(judgeConfigValue)), (change) =>
      onChange('ConfigMap', change),
    ),
    Secret: createStore(tokenSecretProjection, (change) => onChange('Secret', change)),
    ...otherPolicyStores(onChange),
    ...createClusterStores(onChange),
  };
}

/** The stores of what is judged of the cluster as a whole, and of its admission control. */
function createClusterStores<V>(onChange: OnChange<V>): Pick<Stores<V>, ClusterKind> {
  const webhooks = (
    kind: 'ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration',
  ): Store<WebhookConfigurationFacts> =>
    createStore(ofSubjects(webhookConfigurationProjection(kind)), (change) => onChange(kind, change));
  const named = (apiVersion: string, kind: NamedKind): Store<NamedFacts> =>
    createStore(namedProjection(apiVersion, kind), (change) => onChange(kind, change));
  return {
    ValidatingWebhookConfiguration: webhooks('ValidatingWebhookConfiguration'),
    MutatingWebhookConfiguration: webhooks('MutatingWebhookConfiguration'),
    ValidatingAdmissionPolicy: named('admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy'),
    ValidatingAdmissionPolicyBinding: createStore(policyBindingProjection, (change) =>
      onChange('ValidatingAdmissionPolicyBinding', change),
    ),
    CustomResourceDefinition: named('apiextensions.k8s.io/v1', 'CustomResourceDefinition'),
    CSIDriver: named('storage.k8s.io/v1', 'CSIDriver'),
    KubeletConfig: createStore(kubeletConfigProjection, (change) => onChange('KubeletConfig', change)),
    KubeProxyConfig: createStore(kubeProxyProjection, (change) => onChange('KubeProxyConfig', change)),
    ClusterInfo: createStore(clusterInfoProjection, (change) => onChange('ClusterInfo', change)),
    ServerEndpoints: createStore(serverEndpointsProjection, (change) => onChange('ServerEndpoints', change)),
  };
}
