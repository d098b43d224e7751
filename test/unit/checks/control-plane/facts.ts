import type { ClusterInput } from '../../../../src/checks/check.ts';
import { componentOf } from '../../../../src/inventory/control-plane/component-of-pod.ts';
import { cluster } from '../cluster/facts.ts';

/** A command line as people write it, and the node it runs on. */
export type Command = string | readonly [command: string, node: string];

/** A cluster whose control plane runs by these command lines, one static pod each. */
export function controlPlane(...commands: readonly Command[]): ClusterInput {
  const components = commands.flatMap((each) => {
    const [command, node] = typeof each === 'string' ? [each, 'a'] : each;
    return componentOf([{ command: command.split(/\s+/) }], node) ?? [];
  });
  return cluster({ components });
}

/** What kubeadm 1.37 writes into its static pods, but for addresses. */
export const KUBEADM = [
  `kube-apiserver --advertise-address=10.0.0.10 --allow-privileged=true --authorization-mode=Node,RBAC
    --client-ca-file=/etc/kubernetes/pki/ca.crt --enable-admission-plugins=NodeRestriction --enable-bootstrap-token-auth=true
    --etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt --etcd-certfile=/etc/kubernetes/pki/apiserver-etcd-client.crt
    --etcd-keyfile=/etc/kubernetes/pki/apiserver-etcd-client.key --etcd-servers=https://127.0.0.1:2379
    --kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt
    --kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key
    --kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname
    --proxy-client-cert-file=/etc/kubernetes/pki/front-proxy-client.crt
    --proxy-client-key-file=/etc/kubernetes/pki/front-proxy-client.key --requestheader-allowed-names=front-proxy-client
    --requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt --secure-port=6443
    --service-account-issuer=https://kubernetes.default.svc.cluster.local
    --service-account-key-file=/etc/kubernetes/pki/sa.pub --service-account-signing-key-file=/etc/kubernetes/pki/sa.key
    --service-cluster-ip-range=10.96.0.0/12 --tls-cert-file=/etc/kubernetes/pki/apiserver.crt
    --tls-private-key-file=/etc/kubernetes/pki/apiserver.key`,
  `kube-controller-manager --authentication-kubeconfig=/etc/kubernetes/controller-manager.conf
    --authorization-kubeconfig=/etc/kubernetes/controller-manager.conf --bind-address=127.0.0.1
    --client-ca-file=/etc/kubernetes/pki/ca.crt --cluster-name=kubernetes
    --cluster-signing-cert-file=/etc/kubernetes/pki/ca.crt --cluster-signing-key-file=/etc/kubernetes/pki/ca.key
    --controllers=*,bootstrapsigner,tokencleaner --kubeconfig=/etc/kubernetes/controller-manager.conf --leader-elect=true
    --requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt --root-ca-file=/etc/kubernetes/pki/ca.crt
    --service-account-private-key-file=/etc/kubernetes/pki/sa.key --use-service-account-credentials=true`,
  `kube-scheduler --authentication-kubeconfig=/etc/kubernetes/scheduler.conf
    --authorization-kubeconfig=/etc/kubernetes/scheduler.conf --bind-address=127.0.0.1
    --kubeconfig=/etc/kubernetes/scheduler.conf --leader-elect=true`,
  `etcd --advertise-client-urls=https://10.0.0.10:2379 --cert-file=/etc/kubernetes/pki/etcd/server.crt
    --client-cert-auth=true --data-dir=/var/lib/etcd --initial-cluster=a=https://10.0.0.10:2380
    --key-file=/etc/kubernetes/pki/etcd/server.key --listen-client-urls=https://127.0.0.1:2379,https://10.0.0.10:2379
    --peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt --peer-client-cert-auth=true
    --peer-key-file=/etc/kubernetes/pki/etcd/peer.key --peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt
    --snapshot-count=10000 --trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt`,
] as const;
