import type { FactsByKind } from './facts/by-kind.ts';
import type { Resource } from '../kube/resource.ts';

/** A kind of object that is kept. */
export type Kind = keyof FactsByKind<unknown>;

/** One kind of object that the operator reads; its ClusterRole grants exactly these. */
export interface Watched {
  readonly kind: Kind;
  readonly resource: Resource;
  /** Only metadata is asked for: the body is not needed. */
  readonly metadataOnly: boolean;
  /** The one object of its resource that is read; a Role in its namespace grants just that. Absent where all are. */
  readonly only?: ObjectName;
  /** Narrows what is asked for. */
  readonly fieldSelector?: string;
  /** Read only if this word is given, as it may hold what should not be read without a decision. Default: always. */
  readonly optional?: OptionalRead;
  /**
   * Objects of this kind do the work of that one in clusters that have them, so that who reads that kind counts these too. That
   * the API server does not serve it then says that there are none.
   */
  readonly standsInFor?: Kind;
}

/** Names an object within its resource. */
export interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}

/** What is read only if it is asked for by this word, and that the manifests do not grant. */
export const OPTIONAL_READS = ['configmaps', 'token-secrets'] as const;
export type OptionalRead = (typeof OPTIONAL_READS)[number];

/** What the API calls the objects of kinds that are kept under a name of their own. */
const OBJECT_KINDS: Readonly<Partial<Record<Kind, string>>> = {
  KubeletConfig: 'ConfigMap',
  KubeProxyConfig: 'ConfigMap',
  ClusterInfo: 'ConfigMap',
  ServerEndpoints: 'EndpointSlice',
  CalicoNetworkPolicy: 'NetworkPolicy',
  CalicoGlobalNetworkPolicy: 'GlobalNetworkPolicy',
};

function row(
  apiVersion: string,
  resource: string,
  kind: Kind,
  options: { cluster?: true; metadataOnly?: true } & Pick<
    Watched,
    'fieldSelector' | 'optional' | 'only' | 'standsInFor'
  > = {},
): Watched {
  const { cluster, metadataOnly, ...more } = options;
  const [version = '', group = ''] = apiVersion.split('/').toReversed();
  return {
    kind,
    resource: { group, version, resource, kind: OBJECT_KINDS[kind] ?? kind, namespaced: cluster !== true },
    metadataOnly: metadataOnly === true,
    ...more,
  };
}

/** A kind of another project that does the work of a NetworkPolicy; `ownKind` where we call it otherwise than its API does. */
function policyRow(
  apiVersion: string,
  resource: string,
  kind: string,
  { ownKind = kind as Kind, ...options }: { readonly cluster?: true; readonly ownKind?: Kind } = {},
): Watched {
  const { resource: served, ...rest } = row(apiVersion, resource, ownKind, { ...options, metadataOnly: true });
  return { ...rest, resource: { ...served, kind }, standsInFor: 'NetworkPolicy' };
}

const RBAC = 'rbac.authorization.k8s.io/v1';
const ADMISSION = 'admissionregistration.k8s.io/v1';
const CALICO = 'crd.projectcalico.org/v1';
const POLICY_API = 'policy.networking.k8s.io';
const only = (namespace: string, name: string): { readonly only: ObjectName } => ({ only: { namespace, name } });

/** Every kind that is judged, or decides how another is judged. Our own reports are watched beside these. */
export const WATCHED: readonly Watched[] = [
  row('v1', 'namespaces', 'Namespace', { cluster: true }),
  row('v1', 'nodes', 'Node', { cluster: true }),
  row('v1', 'serviceaccounts', 'ServiceAccount'),
  row('v1', 'limitranges', 'LimitRange'),
  row('v1', 'pods', 'Pod'),
  row('v1', 'replicationcontrollers', 'ReplicationController'),
  row('apps/v1', 'replicasets', 'ReplicaSet', { metadataOnly: true }),
  row('apps/v1', 'deployments', 'Deployment'),
  row('apps/v1', 'statefulsets', 'StatefulSet'),
  row('apps/v1', 'daemonsets', 'DaemonSet'),
  row('batch/v1', 'jobs', 'Job'),
  row('batch/v1', 'cronjobs', 'CronJob'),
  row(RBAC, 'roles', 'Role'),
  row(RBAC, 'clusterroles', 'ClusterRole', { cluster: true }),
  row(RBAC, 'rolebindings', 'RoleBinding'),
  row(RBAC, 'clusterrolebindings', 'ClusterRoleBinding', { cluster: true }),
  row('networking.k8s.io/v1', 'networkpolicies', 'NetworkPolicy'),
  policyRow('cilium.io/v2', 'ciliumnetworkpolicies', 'CiliumNetworkPolicy'),
  policyRow('cilium.io/v2', 'ciliumclusterwidenetworkpolicies', 'CiliumClusterwideNetworkPolicy', { cluster: true }),
  policyRow(CALICO, 'networkpolicies', 'NetworkPolicy', { ownKind: 'CalicoNetworkPolicy' }),
  policyRow(CALICO, 'globalnetworkpolicies', 'GlobalNetworkPolicy', {
    ownKind: 'CalicoGlobalNetworkPolicy',
    cluster: true,
  }),
  policyRow(`${POLICY_API}/v1alpha1`, 'adminnetworkpolicies', 'AdminNetworkPolicy', { cluster: true }),
  policyRow(`${POLICY_API}/v1alpha1`, 'baselineadminnetworkpolicies', 'BaselineAdminNetworkPolicy', { cluster: true }),
  policyRow(`${POLICY_API}/v1alpha2`, 'clusternetworkpolicies', 'ClusterNetworkPolicy', { cluster: true }),
  row('networking.k8s.io/v1', 'ingresses', 'Ingress'),
  row('v1', 'services', 'Service'),
  row('v1', 'resourcequotas', 'ResourceQuota', { metadataOnly: true }),
  row('v1', 'persistentvolumes', 'PersistentVolume', { cluster: true }),
  row('v1', 'persistentvolumeclaims', 'PersistentVolumeClaim'),
  row('v1', 'configmaps', 'ConfigMap', { optional: 'configmaps' }),
  row('v1', 'secrets', 'Secret', {
    metadataOnly: true,
    fieldSelector: 'type=kubernetes.io/service-account-token',
    optional: 'token-secrets',
  }),
  row(ADMISSION, 'validatingwebhookconfigurations', 'ValidatingWebhookConfiguration', { cluster: true }),
  row(ADMISSION, 'mutatingwebhookconfigurations', 'MutatingWebhookConfiguration', { cluster: true }),
  row(ADMISSION, 'validatingadmissionpolicies', 'ValidatingAdmissionPolicy', { cluster: true, metadataOnly: true }),
  row(ADMISSION, 'validatingadmissionpolicybindings', 'ValidatingAdmissionPolicyBinding', { cluster: true }),
  row('apiextensions.k8s.io/v1', 'customresourcedefinitions', 'CustomResourceDefinition', {
    cluster: true,
    metadataOnly: true,
  }),
  row('storage.k8s.io/v1', 'csidrivers', 'CSIDriver', { cluster: true, metadataOnly: true }),
  row('v1', 'configmaps', 'KubeletConfig', only('kube-system', 'kubelet-config')),
  row('v1', 'configmaps', 'KubeProxyConfig', only('kube-system', 'kube-proxy')),
  row('v1', 'configmaps', 'ClusterInfo', only('kube-public', 'cluster-info')),
  row('discovery.k8s.io/v1', 'endpointslices', 'ServerEndpoints', only('default', 'kubernetes')),
];

/** The resource as messages and metrics name it: `configmaps/kubelet-config` where only that one is read. */
export function watchName({ resource, only: single }: Watched): Resource {
  return single === undefined ? resource : { ...resource, resource: `${resource.resource}/${single.name}` };
}

/** The rows of a kind of the API, mostly one or none. */
export const watchesOf = (group: string, kind: string): readonly Watched[] =>
  WATCHED.filter(({ resource }) => resource.group === group && resource.kind === kind);

/** Whether a row is about the object of this name: about any of its resource, but where only one is read. */
export const isAbout = ({ only: single }: Watched, { namespace, name }: ObjectName): boolean =>
  single === undefined || (single.namespace === namespace && single.name === name);
