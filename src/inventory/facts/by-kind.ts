import type { LimitRangeFacts } from './limit-range.ts';
import type { ConfigurationFacts } from './cluster.ts';
import type { NamedFacts } from './named.ts';
import type { ConfigMapFacts } from './config-map.ts';
import type { IngressFacts } from './ingress.ts';
import type { NamespaceFacts } from './namespace.ts';
import type { NetworkPolicyFacts, OtherPolicyFacts, OtherPolicyKind } from './network-policy.ts';
import type { NodeFacts } from './node.ts';
import type { BindingFacts, RoleFacts } from './rbac.ts';
import type { ServiceAccountFacts } from './service-account.ts';
import type { PolicyBindingFacts, WebhookConfigurationFacts } from './webhooks.ts';
import type { ServiceFacts } from './service.ts';
import type { TokenSecretFacts } from './token-secret.ts';
import type { PersistentVolumeClaimFacts, PersistentVolumeFacts } from './volume.ts';
import type { ControllerFacts, PodFacts } from './workload.ts';

/** What is kept of each watched kind. */
export interface FactsByKind<V> extends Readonly<Record<OtherPolicyKind, OtherPolicyFacts>> {
  readonly Namespace: NamespaceFacts;
  readonly Node: NodeFacts;
  readonly ServiceAccount: ServiceAccountFacts;
  readonly Pod: PodFacts<V>;
  readonly ReplicationController: ControllerFacts<V>;
  readonly ReplicaSet: ControllerFacts<V>;
  readonly Deployment: ControllerFacts<V>;
  readonly StatefulSet: ControllerFacts<V>;
  readonly DaemonSet: ControllerFacts<V>;
  readonly Job: ControllerFacts<V>;
  readonly CronJob: ControllerFacts<V>;
  readonly Role: RoleFacts;
  readonly ClusterRole: RoleFacts;
  readonly RoleBinding: BindingFacts;
  readonly ClusterRoleBinding: BindingFacts;
  readonly LimitRange: LimitRangeFacts;
  readonly ValidatingWebhookConfiguration: WebhookConfigurationFacts;
  readonly MutatingWebhookConfiguration: WebhookConfigurationFacts;
  readonly ValidatingAdmissionPolicy: NamedFacts;
  readonly ValidatingAdmissionPolicyBinding: PolicyBindingFacts;
  readonly CustomResourceDefinition: NamedFacts;
  readonly CSIDriver: NamedFacts;
  /** These are single objects, each kept for itself. */
  readonly KubeletConfig: ConfigurationFacts;
  readonly KubeProxyConfig: ConfigurationFacts;
  readonly ClusterInfo: ConfigurationFacts;
  readonly ServerEndpoints: { readonly addresses: readonly string[] };
  readonly NetworkPolicy: NetworkPolicyFacts;
  readonly Service: ServiceFacts;
  readonly Ingress: IngressFacts;
  readonly ResourceQuota: { readonly namespace: string };
  readonly PersistentVolume: PersistentVolumeFacts;
  readonly PersistentVolumeClaim: PersistentVolumeClaimFacts;
  readonly ConfigMap: ConfigMapFacts;
  /** Only those that hold a token of a ServiceAccount. */
  readonly Secret: TokenSecretFacts;
}
