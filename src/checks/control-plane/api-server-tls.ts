import { STRONG_CIPHER_SUITES } from './cipher-suites.ts';
import { apiServerItems, flagCheck, staticPod } from './flag-check.ts';
import { rulesOf, SET } from './flag-rules.ts';

const apiServer = rulesOf('kube-apiserver');
const PKI = 'https://kubernetes.io/docs/setup/best-practices/certificates/';

export const apiserverKubeletTls = flagCheck(
  {
    id: 'apiserver-kubelet-tls',
    severity: 'High',
    title: 'API server does not authenticate to kubelets, or does not verify them',
    why: 'Whoever stands in between reads logs, and what is typed into containers.',
    fix:
      'Set --kubelet-client-certificate, --kubelet-client-key and --kubelet-certificate-authority; the latter needs serving ' +
      'certificates of kubelets that the cluster has signed (serverTLSBootstrap).',
    references: {
      cis: apiServerItems(4, 5),
      nsa: ['Control plane hardening'],
      trivy: ['KCV-0005', 'KCV-0006'],
      kubescape: ['C-0116', 'C-0117'],
      urls: [
        'https://kubernetes.io/docs/concepts/architecture/control-plane-node-communication/#api-server-to-kubelet',
      ],
    },
    example: {
      before: staticPod('kube-apiserver'),
      after: staticPod(
        'kube-apiserver',
        '--kubelet-client-certificate=/etc/kubernetes/pki/apiserver-kubelet-client.crt',
        '--kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key',
        '--kubelet-certificate-authority=/etc/kubernetes/pki/ca.crt',
      ),
    },
  },
  [
    apiServer('kubelet-client-certificate', SET),
    apiServer('kubelet-client-key', SET),
    apiServer('kubelet-certificate-authority', SET),
  ],
);

export const apiserverEtcdTls = flagCheck(
  {
    id: 'apiserver-etcd-tls',
    severity: 'High',
    title: 'API server does not authenticate to etcd, or does not verify it',
    why: 'An etcd that asks for no certificate gives all Secrets to whoever reaches it.',
    fix: 'Set --etcd-certfile, --etcd-keyfile and --etcd-cafile.',
    references: {
      cis: apiServerItems(23, 26),
      nsa: ['Control plane hardening'],
      trivy: ['KCV-0026', 'KCV-0029'],
      kubescape: ['C-0137', 'C-0140'],
      urls: [PKI],
    },
    example: {
      before: staticPod('kube-apiserver'),
      after: staticPod(
        'kube-apiserver',
        '--etcd-certfile=/etc/kubernetes/pki/apiserver-etcd-client.crt',
        '--etcd-keyfile=/etc/kubernetes/pki/apiserver-etcd-client.key',
        '--etcd-cafile=/etc/kubernetes/pki/etcd/ca.crt',
      ),
    },
  },
  ['etcd-certfile', 'etcd-keyfile', 'etcd-cafile'].map((flag) => apiServer(flag, SET)),
);

/**
 * Cipher suites are judged only where somebody has chosen them: Go's own choice is sound, and moves with it
 * (https://pkg.go.dev/crypto/tls#Config).
 */
export const apiserverServingTls = flagCheck(
  {
    id: 'apiserver-serving-tls',
    severity: 'High',
    title: 'API server has no certificate of its own, or trusts no clients by theirs',
    why: 'Clients cannot tell it from another, so that they give their credentials away; or weak ciphers give them away.',
    fix: 'Set --tls-cert-file, --tls-private-key-file and --client-ca-file, and leave --tls-cipher-suites alone.',
    references: {
      cis: apiServerItems(24, 25, 29),
      nsa: ['Control plane hardening'],
      trivy: ['KCV-0027', 'KCV-0028'],
      kubescape: ['C-0138', 'C-0139', 'C-0277'],
      urls: [PKI],
    },
    example: {
      before: staticPod('kube-apiserver', '--tls-cipher-suites=TLS_RSA_WITH_AES_128_CBC_SHA'),
      after: staticPod(
        'kube-apiserver',
        '--tls-cert-file=/etc/kubernetes/pki/apiserver.crt',
        '--tls-private-key-file=/etc/kubernetes/pki/apiserver.key',
        '--client-ca-file=/etc/kubernetes/pki/ca.crt',
      ),
    },
  },
  [
    apiServer('tls-cert-file', SET),
    apiServer('tls-private-key-file', SET),
    apiServer('client-ca-file', SET),
    apiServer('tls-cipher-suites', { op: 'within', items: STRONG_CIPHER_SUITES }, { severity: 'Low' }),
  ],
);
