import type { BuiltInBinding } from '../built-in-rbac.ts';
import { account, clusterBinding, group, nodes, roleBinding, systemBinding, user } from './rows.ts';

const bootstrapTokens = group('system:bootstrappers:kubeadm:default-node-token');
const CSR_APPROVAL = 'system:certificates.k8s.io:certificatesigningrequests';

/**
 * kubeadm 1.37, cmd/kubeadm/app/phases: kubeconfig (since 1.29), bootstraptoken, kubelet, uploadconfig, addons/dns,
 * addons/proxy.
 */
export const KUBEADM: readonly BuiltInBinding[] = [
  clusterBinding('kubeadm:cluster-admins', 'cluster-admin', group('kubeadm:cluster-admins')),
  clusterBinding('kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', bootstrapTokens),
  clusterBinding('kubeadm:get-nodes', 'kubeadm:get-nodes', bootstrapTokens),
  clusterBinding('kubeadm:node-autoapprove-bootstrap', `${CSR_APPROVAL}:nodeclient`, bootstrapTokens),
  clusterBinding('kubeadm:node-autoapprove-certificate-rotation', `${CSR_APPROVAL}:selfnodeclient`, nodes),
  clusterBinding('kubeadm:apiserver-kubelet-client', 'system:kubelet-api-admin', user('kube-apiserver-kubelet-client')),
  clusterBinding('kubeadm:node-proxier', 'system:node-proxier', account('kube-system', 'kube-proxy')),
  clusterBinding('system:coredns', 'system:coredns', account('kube-system', 'coredns')),
  roleBinding(
    'kube-public',
    'kubeadm:bootstrap-signer-clusterinfo',
    { kind: 'Role', name: 'kubeadm:bootstrap-signer-clusterinfo' },
    [user('system:anonymous')],
  ),
  systemBinding('kubeadm:kubelet-config', 'kubeadm:kubelet-config', nodes, bootstrapTokens),
  systemBinding('kubeadm:nodes-kubeadm-config', 'kubeadm:nodes-kubeadm-config', bootstrapTokens, nodes),
  systemBinding('kube-proxy', 'kube-proxy', bootstrapTokens),
];
