import { checked, undecidable, type CisItem } from './item.ts';

const ON_THE_NODE = 'files of nodes are not in the API';

const FILES: readonly string[] = [
  'Mode of the kubelet service file',
  'Owner of the kubelet service file',
  'Mode of the kubeconfig of kube-proxy',
  'Owner of the kubeconfig of kube-proxy',
  'Mode of the kubeconfig of the kubelet',
  'Owner of the kubeconfig of the kubelet',
  'Mode of the certificate authorities of the kubelet',
  'Owner of the certificate authorities of the kubelet',
  'Mode of the kubelet configuration',
  'Owner of the kubelet configuration',
];

/** Section 4: nodes. */
export const NODES: readonly CisItem[] = [
  ...FILES.map((title, index) => undecidable(`4.1.${index + 1}`, title, ON_THE_NODE)),
  checked('4.2.1', 'Kubelets refuse anonymous requests'),
  checked('4.2.2', 'Kubelets do not authorize every request'),
  checked('4.2.3', 'Kubelets verify client certificates'),
  checked('4.2.4', 'Kubelets serve no port without authentication'),
  checked('4.2.5', 'Idle streams end'),
  checked('4.2.6', 'Kubelets may set up the firewall of their node'),
  undecidable('4.2.7', 'Kubelets go by the name of their host', 'the command line of the kubelet is not in the API'),
  checked('4.2.8', 'Kubelets report events at a rate that loses none that matter'),
  checked('4.2.9', 'Kubelets serve TLS by a certificate that was set'),
  checked('4.2.10', 'Client certificates of kubelets are rotated'),
  checked('4.2.11', 'Serving certificates of kubelets are rotated'),
  checked('4.2.12', 'Kubelets offer strong ciphers only'),
  checked('4.2.13', 'Pods have a limit of processes'),
  checked('4.2.14', 'Pods without a seccomp profile get the default one', { since: '1.11' }),
  undecidable(
    '4.2.15',
    'The kubelet service takes requests from known addresses only',
    'the service files of nodes are not in the API',
    { since: '1.11', until: '1.11' },
  ),
  checked('4.3.1', 'Metrics of kube-proxy are served on the loopback address only', { since: '1.9' }),
];
