import { cis } from '../cis.ts';
import { STRONG_CIPHER_SUITES } from '../control-plane/cipher-suites.ts';
import { booleanAt, stringAt, stringsAt } from '../fields.ts';
import { kubeletConfigMap, kubeletFieldCheck, type KubeletPlace } from './configuration.ts';

const BOOTSTRAPPING = 'https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/';

function hasFiles(config: KubeletPlace): boolean {
  return (stringAt(config, 'tlsCertFile') ?? '') !== '' && (stringAt(config, 'tlsPrivateKeyFile') ?? '') !== '';
}

function servingCertComplaint(config: KubeletPlace): string | undefined {
  if (hasFiles(config)) return undefined;
  if (booleanAt(config, 'serverTLSBootstrap') !== true) return 'the kubelet signs its serving certificate itself';
  return booleanAt(config, 'featureGates.RotateKubeletServerCertificate') === false
    ? 'the serving certificate is not renewed: the feature gate RotateKubeletServerCertificate is off'
    : undefined;
}

/** kubeadm leaves it to the kubelet to sign for itself, so that its clients have nothing to verify. */
export const kubeletServingCert = kubeletFieldCheck(
  {
    id: 'kubelet-serving-cert',
    severity: 'Medium',
    title: 'Serving certificate of the kubelet cannot be verified',
    why: 'Whoever stands between the API server and the node can pose as its kubelet.',
    fix: 'Set serverTLSBootstrap: true and approve the requests for certificates, or name files that the cluster has signed.',
    references: {
      cis: [...cis('4.2.9'), ...cis('4.2.11')],
      nsa: ['Control plane hardening'],
      trivy: ['KCV-0088', 'KCV-0089', 'KCV-0091'],
      kubescape: ['C-0181', 'C-0183'],
      urls: [BOOTSTRAPPING],
    },
    example: {
      before: kubeletConfigMap('serverTLSBootstrap: false'),
      after: kubeletConfigMap('serverTLSBootstrap: true'),
    },
  },
  'serverTLSBootstrap',
  servingCertComplaint,
);

/** Not defaulted in the configuration file: unset is off, other than kube-bench takes it. kubeadm sets it. */
export const kubeletCertRotationDisabled = kubeletFieldCheck(
  {
    id: 'kubelet-cert-rotation-disabled',
    severity: 'Medium',
    title: 'Client certificate of the kubelet is not renewed',
    why: 'It must be long-lived then, and a stolen one is; or the node drops out when it expires.',
    fix: 'Set rotateCertificates: true.',
    references: {
      cis: cis('4.2.10'),
      nsa: ['Control plane hardening'],
      trivy: ['KCV-0090'],
      kubescape: ['C-0182'],
      urls: [BOOTSTRAPPING],
    },
    example: {
      before: kubeletConfigMap('rotateCertificates: false'),
      after: kubeletConfigMap('rotateCertificates: true'),
    },
  },
  'rotateCertificates',
  (config) => (booleanAt(config, 'rotateCertificates') === true ? undefined : 'rotateCertificates is not true'),
);

/** Judged only where somebody has chosen: Go's own choice is sound. */
export const kubeletWeakCiphers = kubeletFieldCheck(
  {
    id: 'kubelet-weak-ciphers',
    severity: 'Low',
    title: 'Kubelet offers weak cipher suites',
    why: 'Recorded connections can be read once a key is lost, or are open to padding attacks.',
    fix: 'Leave tlsCipherSuites out, or name suites with ECDHE and GCM or ChaCha20 only.',
    references: { cis: cis('4.2.12'), trivy: ['KCV-0092'], kubescape: ['C-0184'] },
    example: {
      before: kubeletConfigMap('tlsCipherSuites: [TLS_RSA_WITH_AES_128_CBC_SHA]'),
      after: kubeletConfigMap('tlsCipherSuites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256]'),
    },
  },
  'tlsCipherSuites',
  (config) => {
    const weak = stringsAt(config, 'tlsCipherSuites').filter((suite) => !STRONG_CIPHER_SUITES.includes(suite));
    return weak.length === 0 ? undefined : `weak suites are offered: ${[...new Set(weak)].sort().join(', ')}`;
  },
);
