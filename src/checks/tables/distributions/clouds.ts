import type { BuiltInBinding, BuiltInRole } from '../built-in-rbac.ts';
import { account, clusterBinding, clusterRole, nodes, ofItself, ofNodes, systemBinding, user } from './rows.ts';

/** Amazon EKS User Guide, "Default Amazon EKS created Kubernetes roles and users" and "Amazon EKS add-ons". */
export const EKS: readonly BuiltInBinding[] = [
  // Without it EKS cannot manage add-ons any more.
  clusterBinding('eks:addon-cluster-admin', 'cluster-admin', user('eks:addon-manager')),
  ...[
    'eks:addon-manager',
    'eks:az-poller',
    'eks:cloud-controller-manager',
    'eks:cluster-event-watcher',
    'eks:fargate-manager',
    'eks:fargate-scheduler',
    'eks:k8s-metrics',
    'eks:node-manager',
    'eks:nodewatcher',
    'eks:pod-identity-mutating-webhook',
  ].map(ofItself),
  ...['eks:certificate-controller-approver', 'eks:certificate-controller-signer'].map((name) =>
    clusterBinding(name, name, user('eks:certificate-controller')),
  ),
  clusterBinding(
    'eks:certificate-controller',
    'system:controller:certificate-controller',
    user('eks:certificate-controller'),
  ),
  clusterBinding('eks:tagging-controller', 'eks:tagging-controller', account('kube-system', 'tagging-controller')),
  clusterBinding(
    'eks:cloud-provider-extraction-migration',
    'eks:cloud-provider-extraction-migration',
    user('system:kube-controller-manager'),
  ),
  clusterBinding(
    'vpc-resource-controller-rolebinding',
    'vpc-resource-controller-role',
    user('eks:vpc-resource-controller'),
    account('kube-system', 'eks-vpc-resource-controller'),
  ),
  systemBinding(
    'eks-vpc-resource-controller-rolebinding',
    'eks-vpc-resource-controller-role',
    user('eks:vpc-resource-controller'),
    account('kube-system', 'eks-vpc-resource-controller'),
  ),
  ...[
    'eks:addon-manager',
    'eks:authenticator',
    'eks:az-poller',
    'eks:certificate-controller',
    'eks:fargate-manager',
    'eks:k8s-metrics',
    'eks:node-manager',
  ].map((name) => systemBinding(name, name, user(name))),
];

/** kubernetes 1.32, cluster/addons and cluster/gce/addons, of which GKE is made. */
export const GKE: readonly BuiltInBinding[] = [
  clusterBinding('kubelet-cluster-admin', 'system:node', user('kubelet')),
  clusterBinding('kubelet-bootstrap', 'system:node-bootstrapper', user('kubelet')),
  clusterBinding('kubelet-bootstrap-node-bootstrapper', 'system:node-bootstrapper', user('kubelet-bootstrap')),
  clusterBinding(
    'kubelet-bootstrap-certificate-bootstrap',
    'gce:beta:kubelet-certificate-bootstrap',
    user('kubelet-bootstrap'),
  ),
  clusterBinding('gce:beta:kubelet-certificate-bootstrap', 'gce:beta:kubelet-certificate-bootstrap', user('kubelet')),
  clusterBinding('gce:beta:kubelet-certificate-rotation', 'gce:beta:kubelet-certificate-rotation', nodes),
  clusterBinding('kube-apiserver-kubelet-api-admin', 'kubelet-api-admin', user('kube-apiserver')),
  clusterBinding('kubelet-user-npd-binding', 'system:node-problem-detector', user('kubelet')),
  clusterBinding('npd-binding', 'system:node-problem-detector', user('system:node-problem-detector')),
  ofItself('cluster-autoscaler'),
  clusterBinding('cluster-autoscaler-updateinfo', 'read-updateinfo', user('cluster-autoscaler')),
  clusterBinding('gce:cloud-provider', 'gce:cloud-provider', account('kube-system', 'cloud-provider')),
  systemBinding('gce:cloud-provider', 'gce:cloud-provider', account('kube-system', 'cloud-provider')),
  ofItself('system:controller:glbc'),
  systemBinding('system:controller:glbc', 'system:controller:glbc', user('system:controller:glbc')),
  ofItself('system:cloud-controller-manager'),
  clusterBinding(
    'system:controller:cloud-node-controller',
    'system:controller:cloud-node-controller',
    account('kube-system', 'cloud-node-controller'),
  ),
  clusterBinding('system:konnectivity-server', 'system:auth-delegator', user('system:konnectivity-server')),
];

/**
 * Azure Kubernetes Service, "Concepts: access and identity": its support staff. The local accounts of
 * aks-cluster-admin-binding can be turned off (`az aks update --disable-local-accounts`) and ought to be, so they are not let
 * off.
 */
export const AKS: readonly BuiltInBinding[] = [
  clusterBinding('aks-service-rolebinding', 'aks-service', user('aks-support')),
];

export const GKE_WILDCARDS: readonly BuiltInRole[] = [
  clusterRole('kubelet-api-admin', ofNodes('nodes/proxy', 'nodes/log', 'nodes/stats', 'nodes/metrics')),
  clusterRole('system:cloud-controller-manager', { apiGroups: ['*'], resources: ['*'], verbs: ['list', 'watch'] }),
];
