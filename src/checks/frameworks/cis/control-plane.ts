import { checked, manual, undecidable, type CisItem } from './item.ts';

const ON_THE_NODE = 'files of nodes are not in the API';
/** 1.8 has one admission plugin more, before all these. */
const AFTER_1_2_12 = (id: string): { readonly former: { readonly id: string; readonly until: '1.8' } } => ({
  former: { id, until: '1.8' },
});

const FILES: readonly string[] = [
  'Mode of the API server manifest',
  'Owner of the API server manifest',
  'Mode of the controller manager manifest',
  'Owner of the controller manager manifest',
  'Mode of the scheduler manifest',
  'Owner of the scheduler manifest',
  'Mode of the etcd manifest',
  'Owner of the etcd manifest',
  'Mode of the CNI configuration',
  'Owner of the CNI configuration',
  'Mode of the etcd data directory',
  'Owner of the etcd data directory',
  'Mode of the credentials of the administrator',
  'Owner of the credentials of the administrator',
  'Mode of the kubeconfig of the scheduler',
  'Owner of the kubeconfig of the scheduler',
  'Mode of the kubeconfig of the controller manager',
  'Owner of the kubeconfig of the controller manager',
  'Owner of the PKI directory',
  'Mode of the PKI certificates',
  'Mode of the PKI keys',
];

const API_SERVER: readonly CisItem[] = [
  checked('1.2.1', 'The API server refuses anonymous requests'),
  checked('1.2.2', 'No static file of tokens'),
  checked('1.2.3', 'Services may not take external IPs of their choice'),
  checked('1.2.4', 'The API server shows the kubelet a client certificate'),
  checked('1.2.5', 'The API server verifies the certificates of kubelets'),
  checked('1.2.6', 'Not every request is authorized'),
  checked('1.2.7', 'The Node authorizer is on'),
  checked('1.2.8', 'RBAC is on'),
  checked('1.2.9', 'The rate of events is limited at admission'),
  checked('1.2.10', 'Admission does not accept everything'),
  checked('1.2.11', 'Images are always pulled anew'),
  manual(
    '1.2.12',
    'Security contexts are denied where no other policy stands guard',
    'the admission plugin is gone from Kubernetes, and Pod Security admission has taken its place',
    { until: '1.8' },
  ),
  checked('1.2.12', 'The ServiceAccount admission plugin is on', AFTER_1_2_12('1.2.13')),
  checked('1.2.13', 'Admission to vanishing namespaces is refused', AFTER_1_2_12('1.2.14')),
  checked('1.2.14', 'Kubelets may change their own node and pods only', AFTER_1_2_12('1.2.15')),
  checked('1.2.15', 'The API server serves no profiles', AFTER_1_2_12('1.2.16')),
  checked('1.2.16', 'The API server writes an audit log', AFTER_1_2_12('1.2.17')),
  checked('1.2.17', 'Audit logs are kept for 30 days', AFTER_1_2_12('1.2.18')),
  checked('1.2.18', 'Ten audit logs are kept', AFTER_1_2_12('1.2.19')),
  checked('1.2.19', 'Audit logs may grow to 100 MB', AFTER_1_2_12('1.2.20')),
  manual(
    '1.2.20',
    'The timeout of requests suits the cluster',
    'which timeout suits depends on the cluster',
    AFTER_1_2_12('1.2.21'),
  ),
  checked('1.2.21', 'Tokens of deleted ServiceAccounts are refused', AFTER_1_2_12('1.2.22')),
  checked('1.2.22', 'Tokens of ServiceAccounts are verified by a key of their own', AFTER_1_2_12('1.2.23')),
  checked('1.2.23', 'The API server shows etcd a client certificate', AFTER_1_2_12('1.2.24')),
  checked('1.2.24', 'The API server serves TLS by a certificate that was set', AFTER_1_2_12('1.2.25')),
  checked('1.2.25', 'Client certificates are verified', AFTER_1_2_12('1.2.26')),
  checked('1.2.26', 'The API server verifies the certificate of etcd', AFTER_1_2_12('1.2.27')),
  checked('1.2.27', 'Encryption at rest is configured', AFTER_1_2_12('1.2.28')),
  checked('1.2.28', 'Encryption at rest uses a strong provider', AFTER_1_2_12('1.2.29')),
  checked('1.2.29', 'The API server offers strong ciphers only', AFTER_1_2_12('1.2.30')),
  checked('1.2.30', 'Lifetimes of tokens are not extended', { since: '1.11' }),
];

const CONTROLLERS: readonly CisItem[] = [
  checked('1.3.1', 'Finished pods are collected at a number that suits the cluster'),
  checked('1.3.2', 'The controller manager serves no profiles'),
  checked('1.3.3', 'Each controller has credentials of its own'),
  checked('1.3.4', 'Tokens are signed by a key that was set'),
  checked('1.3.5', 'Pods are given the root certificate of the API server'),
  checked('1.3.6', 'The controller manager lets serving certificates of kubelets rotate'),
  checked('1.3.7', 'The controller manager listens on the loopback address only'),
  checked('1.4.1', 'The scheduler serves no profiles'),
  checked('1.4.2', 'The scheduler listens on the loopback address only'),
];

const ETCD: readonly CisItem[] = [
  checked('2.1', 'etcd serves TLS'),
  checked('2.2', 'etcd asks clients for certificates'),
  checked('2.3', 'etcd trusts no self-signed client certificates'),
  checked('2.4', 'etcd members talk by TLS'),
  checked('2.5', 'etcd members show each other certificates'),
  checked('2.6', 'etcd members trust no self-signed certificates'),
  checked('2.7', 'etcd has a certificate authority of its own'),
];

const CONFIGURATION: readonly CisItem[] = [
  checked('3.1.1', 'People do not log in by client certificates'),
  checked('3.1.2', 'People do not log in by tokens of ServiceAccounts'),
  manual(
    '3.1.3',
    'People do not log in by bootstrap tokens',
    'who uses a bootstrap token, and for what, is not in the API',
  ),
  checked('3.2.1', 'There is an audit policy'),
  undecidable('3.2.2', 'The audit policy covers what matters', 'the audit policy is a file of the control plane'),
];

/** Sections 1 to 3: the control plane and etcd. */
export const CONTROL_PLANE: readonly CisItem[] = [
  ...FILES.map((title, index) => undecidable(`1.1.${index + 1}`, title, ON_THE_NODE)),
  ...API_SERVER,
  ...CONTROLLERS,
  ...ETCD,
  ...CONFIGURATION,
];
