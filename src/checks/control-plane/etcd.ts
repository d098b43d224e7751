import { cis } from '../cis.ts';
import { flagCheck, staticPod } from './flag-check.ts';
import { FALSE, rulesOf, SET, TRUE, type FlagRule, type Want } from './flag-rules.ts';

const etcd = rulesOf('etcd');
const SECURITY = 'https://etcd.io/docs/latest/op-guide/security/';

/** With a file of its own etcd takes nothing from the command line. */
const rule = (flag: string, want: Want, absent?: string): FlagRule =>
  etcd(flag, want, { overruledBy: 'config-file', ...(absent !== undefined && { absent }) });

/** Flags and variables (ETCD_CERT_FILE) alike. */
export const etcdClientTls = flagCheck(
  {
    id: 'etcd-client-tls',
    severity: 'Critical',
    title: 'Clients of etcd are not authenticated by certificates',
    why: 'Whoever reaches etcd reads all Secrets, and writes what makes him administrator.',
    fix: 'Set --cert-file, --key-file, --trusted-ca-file and --client-cert-auth=true; do not set --auto-tls.',
    references: {
      cis: [...cis('2.1'), ...cis('2.2'), ...cis('2.3')],
      nsa: ['Control plane hardening'],
      trivy: ['KCV-0042', 'KCV-0043', 'KCV-0044'],
      kubescape: ['C-0153', 'C-0154', 'C-0155'],
      urls: [SECURITY],
    },
    example: {
      before: staticPod('etcd', '--auto-tls=true'),
      after: staticPod('etcd', '--cert-file=/server.crt', '--key-file=/server.key', '--client-cert-auth=true'),
    },
  },
  [
    rule('cert-file', SET),
    rule('key-file', SET),
    rule('client-cert-auth', TRUE, 'false'),
    rule('auto-tls', FALSE, 'false'),
  ],
);

/** An authority that also signs for ordinary users of the API server lets each of them into etcd. */
export const etcdPeerTls = flagCheck(
  {
    id: 'etcd-peer-tls',
    severity: 'High',
    title: 'Members of etcd do not authenticate to each other by certificates of their own',
    why: 'Whoever reaches a member joins in, or is let in by a certificate that was issued for the API server.',
    fix:
      'Set --peer-cert-file, --peer-key-file and --peer-client-cert-auth=true, do not set --peer-auto-tls, and give etcd an ' +
      'authority of its own by --trusted-ca-file.',
    references: {
      cis: [...cis('2.4'), ...cis('2.5'), ...cis('2.6'), ...cis('2.7')],
      nsa: ['Control plane hardening'],
      trivy: ['KCV-0045', 'KCV-0046', 'KCV-0047'],
      kubescape: ['C-0156', 'C-0157', 'C-0158', 'C-0159'],
      urls: [SECURITY],
    },
    example: {
      before: staticPod('etcd', '--peer-auto-tls=true'),
      after: staticPod(
        'etcd',
        '--peer-cert-file=/peer.crt',
        '--peer-key-file=/peer.key',
        '--peer-client-cert-auth=true',
        '--trusted-ca-file=/etcd-ca.crt',
      ),
    },
  },
  [
    rule('peer-cert-file', SET),
    rule('peer-key-file', SET),
    rule('peer-client-cert-auth', TRUE, 'false'),
    rule('peer-auto-tls', FALSE, 'false'),
    rule('trusted-ca-file', SET),
    rule('trusted-ca-file', { op: 'differs', component: 'kube-apiserver', flag: 'client-ca-file' }),
    rule('peer-trusted-ca-file', { op: 'differs', component: 'kube-apiserver', flag: 'client-ca-file' }),
  ],
);
