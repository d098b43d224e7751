import type { BuiltInBinding, BuiltInRole } from '../built-in-rbac.ts';
import { account, clusterBinding, clusterRole, ofItself, ofNodes, systemBinding, user } from './rows.ts';

const AUTHENTICATION_READER = 'extension-apiserver-authentication-reader';

const cloudController = (name: string): readonly BuiltInBinding[] => [
  ofItself(name),
  clusterBinding(`${name}-auth-delegator`, 'system:auth-delegator', user(name)),
  systemBinding(`${name}-authentication-reader`, AUTHENTICATION_READER, user(name)),
];

/** The charts of k3s (manifests/) and RKE2 (charts/chart_versions.yaml); not those that an admin of the cluster adds. */
const CHARTS = [
  'traefik',
  'traefik-crd',
  'rke2-calico',
  'rke2-calico-crd',
  'rke2-canal',
  'rke2-cilium',
  'rke2-coredns',
  'rke2-flannel',
  'rke2-ingress-nginx',
  'rke2-metrics-server',
  'rke2-multus',
  'rke2-runtimeclasses',
  'rke2-snapshot-controller',
  'rke2-snapshot-controller-crd',
  'rke2-snapshot-validation-webhook',
  'rke2-traefik',
  'rke2-traefik-crd',
];

/**
 * k3s, manifests/rolebindings.yaml and ccm.yaml; RKE2, pkg/rke2/clusterrole_bootstrap.go; for the charts of both
 * k3s-io/helm-controller, pkg/controllers/chart: the account of the Job that installs them.
 */
export const K3S_AND_RKE2: readonly BuiltInBinding[] = [
  // The name in the certificate by which the API server calls kubelets.
  clusterBinding('kube-apiserver-kubelet-admin', 'system:kubelet-api-admin', user('kube-apiserver')),
  ofItself('system:k3s-controller'),
  ofItself('system:rke2-controller'),
  ofItself('system:kube-proxy'),
  ...cloudController('k3s-cloud-controller-manager'),
  ...cloudController('rke2-cloud-controller-manager'),
  ...CHARTS.map((chart) =>
    clusterBinding(`helm-kube-system-${chart}`, 'cluster-admin', account('kube-system', `helm-${chart}`)),
  ),
];

export const K3S_AND_RKE2_WILDCARDS: readonly BuiltInRole[] = [
  clusterRole('k3s-cloud-controller-manager', ofNodes('nodes')),
  clusterRole('rke2-cloud-controller-manager', ofNodes('nodes')),
];
