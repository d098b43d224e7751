import { cis } from '../cis.ts';
import { apiServerItems, flagCheck, staticPod } from './flag-check.ts';
import { rulesOf, SET, type FlagCondition } from './flag-rules.ts';

const apiServer = rulesOf('kube-apiserver');

/** Limits are asked of a log that exists and is a file: `-` is the standard output, which others rotate. */
const NOT_A_FILE: readonly FlagCondition[] = [
  { flag: 'audit-log-path', want: { op: 'unset' } },
  { flag: 'audit-log-path', want: { op: 'is', value: '-' } },
];

/** A limit of 0, or none, means that nothing is ever removed, until the disk is full. */
const limit = (flag: string, number: number): ReturnType<typeof apiServer> =>
  apiServer(flag, { op: 'atLeast', number }, { unless: NOT_A_FILE, severity: 'Low' });

/** Without a policy nothing is recorded, whatever the log. A webhook is as good as a file. */
export const apiserverAuditLogging = flagCheck(
  {
    id: 'apiserver-audit-logging',
    severity: 'Medium',
    title: 'API server keeps no audit log, or a short one',
    why: 'After an intrusion nobody can say who did what.',
    fix:
      'Set --audit-policy-file, and --audit-log-path with --audit-log-maxage=30, --audit-log-maxbackup=10 and ' +
      '--audit-log-maxsize=100 or more, or --audit-webhook-config-file.',
    references: {
      cis: [...apiServerItems(16, 17, 18, 19), ...cis('3.2.1')],
      nsa: ['Audit logging'],
      trivy: ['KCV-0019', 'KCV-0020', 'KCV-0021', 'KCV-0022'],
      kubescape: ['C-0130', 'C-0131', 'C-0132', 'C-0133', 'C-0160'],
      urls: ['https://kubernetes.io/docs/tasks/debug/debug-cluster/audit/'],
    },
    example: {
      before: staticPod('kube-apiserver'),
      after: staticPod(
        'kube-apiserver',
        '--audit-policy-file=/etc/kubernetes/audit.yaml',
        '--audit-log-path=/var/log/kubernetes/audit.log',
        '--audit-log-maxage=30',
        '--audit-log-maxbackup=10',
        '--audit-log-maxsize=100',
      ),
    },
  },
  [
    apiServer('audit-policy-file', SET),
    apiServer('audit-log-path', SET, { unless: [{ flag: 'audit-webhook-config-file', want: SET }] }),
    limit('audit-log-maxage', 30),
    limit('audit-log-maxbackup', 10),
    limit('audit-log-maxsize', 100),
  ],
);

/** That there is a configuration can be seen, but not whether its first provider for Secrets is `identity`. */
export const apiserverSecretsNotEncrypted = flagCheck(
  {
    id: 'apiserver-secrets-not-encrypted',
    severity: 'High',
    title: 'Secrets are stored in clear text',
    why: 'Whoever reads a disk or a backup of etcd reads every Secret.',
    fix:
      'Set --encryption-provider-config to a file whose first provider for secrets is kms, secretbox or aesgcm, and write ' +
      'all Secrets anew. That file is not seen, so that the verdict is then unknown: make an exception once you have looked.',
    references: {
      cis: apiServerItems(27, 28),
      nsa: ['Secrets'],
      trivy: ['KCV-0030'],
      kubescape: ['C-0141', 'C-0142', 'C-0066'],
      checklist: ['use-secrets'],
      urls: ['https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/'],
    },
  },
  [
    apiServer('encryption-provider-config', SET),
    apiServer('encryption-provider-config', { op: 'inFile', what: 'the order of providers' }),
  ],
);
