import { cis } from '../cis.ts';
import { flagCheck, staticPod } from './flag-check.ts';
import { FALSE, rulesOf, SET, TRUE, type FlagCondition } from './flag-rules.ts';

const manager = rulesOf('kube-controller-manager');
const scheduler = rulesOf('kube-scheduler');

/** With --secure-port=0 nothing is served. */
const SERVES_NOTHING: readonly FlagCondition[] = [{ flag: 'secure-port', want: { op: 'is', value: '0' } }];

/**
 * An address that is not set means all of them, other than the CIS Benchmark takes it. That pods which have ended are
 * removed is the default (12500 of them are kept), so that only switching it off is found.
 */
export const controllerManagerHardening = flagCheck(
  {
    id: 'controller-manager-hardening',
    severity: 'Medium',
    title: 'Controller manager is not hardened',
    why: 'It holds the key that signs tokens; what it serves or shares helps whoever is on its network.',
    fix:
      'Set --bind-address=127.0.0.1, --profiling=false, --use-service-account-credentials=true, --root-ca-file and ' +
      '--service-account-private-key-file, and leave RotateKubeletServerCertificate and the removal of ended pods on.',
    references: {
      cis: [1, 2, 3, 4, 5, 6, 7].flatMap((number) => cis(`1.3.${number}`)),
      nsa: ['Control plane hardening'],
      trivy: ['KCV-0033', 'KCV-0034', 'KCV-0035', 'KCV-0036', 'KCV-0037', 'KCV-0038', 'KCV-0039'],
      kubescape: ['C-0144', 'C-0145', 'C-0146', 'C-0147', 'C-0148', 'C-0149', 'C-0150'],
      urls: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/'],
    },
    example: {
      before: staticPod('kube-controller-manager', '--bind-address=0.0.0.0'),
      after: staticPod(
        'kube-controller-manager',
        '--bind-address=127.0.0.1',
        '--profiling=false',
        '--use-service-account-credentials=true',
        '--root-ca-file=/etc/kubernetes/pki/ca.crt',
        '--service-account-private-key-file=/etc/kubernetes/pki/sa.key',
      ),
    },
  },
  [
    manager('use-service-account-credentials', TRUE, { absent: 'false' }),
    manager('service-account-private-key-file', SET),
    manager('root-ca-file', SET),
    manager('feature-gates', { op: 'lacks', item: 'RotateKubeletServerCertificate=false' }),
    manager('bind-address', { op: 'loopback' }, { absent: '0.0.0.0', unless: SERVES_NOTHING }),
    manager('terminated-pod-gc-threshold', { op: 'atLeast', number: 1 }, { absent: '12500', severity: 'Low' }),
    manager('profiling', FALSE, { absent: 'true', severity: 'Low' }),
  ],
);

/** With a file of --config, the flag for profiling is ignored (kube-scheduler --help); the address still counts. */
export const schedulerHardening = flagCheck(
  {
    id: 'scheduler-hardening',
    severity: 'Low',
    title: 'Scheduler is not hardened',
    why: 'What it serves about itself helps whoever is on its network.',
    fix: 'Set --bind-address=127.0.0.1, and --profiling=false or enableProfiling: false in the file of --config.',
    references: {
      cis: [...cis('1.4.1'), ...cis('1.4.2')],
      nsa: ['Control plane hardening'],
      trivy: ['KCV-0040', 'KCV-0041'],
      kubescape: ['C-0151', 'C-0152'],
      urls: ['https://kubernetes.io/docs/reference/command-line-tools-reference/kube-scheduler/'],
    },
    example: {
      before: staticPod('kube-scheduler', '--bind-address=0.0.0.0'),
      after: staticPod('kube-scheduler', '--bind-address=127.0.0.1', '--profiling=false'),
    },
  },
  [
    scheduler('bind-address', { op: 'loopback' }, { absent: '0.0.0.0', unless: SERVES_NOTHING }),
    scheduler('profiling', FALSE, { absent: 'true', overruledBy: 'config' }),
  ],
);
