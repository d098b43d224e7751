import type { BindingFacts, PolicyRule, RbacSubject } from '../../inventory/facts/rbac.ts';
import bootstrap from './bootstrap-rbac.generated.json' with { type: 'json' };

/** A role that comes with Kubernetes; lists of a rule that are empty are left out. */
export interface BuiltInRole {
  readonly kind: 'Role' | 'ClusterRole';
  readonly namespace?: string;
  readonly name: string;
  readonly rules: readonly Partial<PolicyRule>[];
}

/** A binding that comes with Kubernetes or a distribution, and whom it is meant to bind. */
export interface BuiltInBinding {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly namespace?: string;
  readonly name: string;
  readonly roleRef: BindingFacts['roleRef'];
  readonly subjects: readonly RbacSubject[];
}

const { roles, bindings } = bootstrap as {
  readonly roles: readonly BuiltInRole[];
  readonly bindings: readonly BuiltInBinding[];
};

/** What the API server makes of itself at start, in any supported version; made by `tools/bootstrap-rbac`. */
export const BOOTSTRAP_ROLES = roles;
export const BOOTSTRAP_BINDINGS = bindings;

const bootstrapTokens: RbacSubject = { kind: 'Group', name: 'system:bootstrappers:kubeadm:default-node-token' };
const nodes: RbacSubject = { kind: 'Group', name: 'system:nodes' };

const clusterBinding = (name: string, clusterRole: string, subject: RbacSubject): BuiltInBinding => ({
  kind: 'ClusterRoleBinding',
  name,
  roleRef: { kind: 'ClusterRole', name: clusterRole },
  subjects: [subject],
});

/** A RoleBinding to the Role of the same name. */
const roleBinding = (namespace: string, name: string, subjects: readonly RbacSubject[]): BuiltInBinding => ({
  kind: 'RoleBinding',
  namespace,
  name,
  roleRef: { kind: 'Role', name },
  subjects,
});

const CSR_APPROVAL = 'system:certificates.k8s.io:certificatesigningrequests';

/** What distributions bind for their own working. As of 2026-11-24. */
export const DISTRIBUTION_BINDINGS: readonly BuiltInBinding[] = [
  // kubeadm 1.37, cmd/kubeadm/app/phases: kubeconfig (since 1.29), bootstraptoken, kubelet, uploadconfig, addons/dns,
  // addons/proxy.
  clusterBinding('kubeadm:cluster-admins', 'cluster-admin', { kind: 'Group', name: 'kubeadm:cluster-admins' }),
  clusterBinding('kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', bootstrapTokens),
  clusterBinding('kubeadm:get-nodes', 'kubeadm:get-nodes', bootstrapTokens),
  clusterBinding('kubeadm:node-autoapprove-bootstrap', `${CSR_APPROVAL}:nodeclient`, bootstrapTokens),
  clusterBinding('kubeadm:node-autoapprove-certificate-rotation', `${CSR_APPROVAL}:selfnodeclient`, nodes),
  clusterBinding('kubeadm:apiserver-kubelet-client', 'system:kubelet-api-admin', {
    kind: 'User',
    name: 'kube-apiserver-kubelet-client',
  }),
  clusterBinding('kubeadm:node-proxier', 'system:node-proxier', {
    kind: 'ServiceAccount',
    namespace: 'kube-system',
    name: 'kube-proxy',
  }),
  clusterBinding('system:coredns', 'system:coredns', {
    kind: 'ServiceAccount',
    namespace: 'kube-system',
    name: 'coredns',
  }),
  roleBinding('kube-public', 'kubeadm:bootstrap-signer-clusterinfo', [{ kind: 'User', name: 'system:anonymous' }]),
  roleBinding('kube-system', 'kubeadm:kubelet-config', [nodes, bootstrapTokens]),
  roleBinding('kube-system', 'kubeadm:nodes-kubeadm-config', [bootstrapTokens, nodes]),
  roleBinding('kube-system', 'kube-proxy', [bootstrapTokens]),
  // k3s, manifests/rolebindings.yaml: the name in the certificate by which its API server calls kubelets.
  clusterBinding('kube-apiserver-kubelet-admin', 'system:kubelet-api-admin', { kind: 'User', name: 'kube-apiserver' }),
  // Amazon EKS User Guide, "Amazon EKS add-ons": without it EKS cannot manage add-ons any more.
  clusterBinding('eks:addon-cluster-admin', 'cluster-admin', { kind: 'User', name: 'eks:addon-manager' }),
  // Azure Kubernetes Service: its support staff. The local accounts of aks-cluster-admin-binding can be turned off
  // (`az aks update --disable-local-accounts`) and ought to be, so they are not let off.
  clusterBinding('aks-service-rolebinding', 'aks-service', { kind: 'User', name: 'aks-support' }),
];

/**
 * Names of users that no person can have: Kubernetes reserves `system:`, and Amazon EKS refuses `eks:` for those of an
 * access entry (EKS User Guide, "Create access entries").
 */
export const RESERVED_USER_PREFIXES: readonly string[] = ['system:', 'eks:'];
