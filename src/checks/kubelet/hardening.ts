import { cis } from '../cis.ts';
import { booleanAt, numberAt, stringAt } from '../fields.ts';
import { kubeletConfigMap, kubeletFieldCheck, type KubeletPlace } from './configuration.ts';

const CONFIGURATION = 'https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/';

/** Unset means -1: as many as the kernel has. */
export const kubeletPodPidsUnlimited = kubeletFieldCheck(
  {
    id: 'kubelet-pod-pids-unlimited',
    severity: 'Low',
    title: 'Pods may take all process ids of their node',
    why: 'One fork bomb, or one leak of processes, stops the node and every pod on it.',
    fix: 'Set podPidsLimit, to 4096 for example.',
    references: {
      cis: cis('4.2.13'),
      nsa: ['Resource policies'],
      kubescape: ['C-0284'],
      urls: ['https://kubernetes.io/docs/concepts/policy/pid-limiting/'],
    },
    example: { before: kubeletConfigMap('podPidsLimit: -1'), after: kubeletConfigMap('podPidsLimit: 4096') },
  },
  'podPidsLimit',
  (config) => ((numberAt(config, 'podPidsLimit') ?? -1) > 0 ? undefined : 'podPidsLimit is not set'),
);

export const kubeletSeccompDefaultOff = kubeletFieldCheck(
  {
    id: 'kubelet-seccomp-default-off',
    severity: 'Medium',
    title: 'Pods that choose no seccomp profile get none',
    why: 'They may make every system call, also those through which containers are escaped from.',
    fix: 'Set seccompDefault: true, so that RuntimeDefault is what a pod gets.',
    references: {
      cis: cis('4.2.14', { since: '1.11' }),
      nsa: ['Pod security'],
      urls: [
        'https://kubernetes.io/docs/tutorials/security/seccomp/#enable-the-use-of-runtimedefault-as-the-default-seccomp-profile-for-all-workloads',
      ],
    },
    example: { before: kubeletConfigMap('seccompDefault: false'), after: kubeletConfigMap('seccompDefault: true') },
  },
  'seccompDefault',
  (config) => (booleanAt(config, 'seccompDefault') === true ? undefined : 'seccompDefault is not true'),
);

/** A duration of nothing, as Go writes it or as people do: `0`, `0s`, `0h0m0s`. */
const isZero = (duration: string): boolean => /^(?:0+(?:\.0*)?(?:ns|us|µs|ms|s|m|h)?)+$/.test(duration);

/**
 * In a configuration file nothing means the default of four hours (SetDefaults_KubeletConfiguration), and kubeadm writes `0s`
 * into every cluster; only a kubelet that says itself that it has no limit has none.
 */
function timeoutComplaint(config: KubeletPlace): string | undefined {
  const timeout = stringAt(config, 'streamingConnectionIdleTimeout');
  if (config.observed === 'Declared' || timeout === undefined || !isZero(timeout)) return undefined;
  return 'streamingConnectionIdleTimeout is 0';
}

export const kubeletStreamingTimeoutDisabled = kubeletFieldCheck(
  {
    id: 'kubelet-streaming-timeout-disabled',
    severity: 'Low',
    title: 'Kubelet never closes idle connections into containers',
    why: 'A forgotten shell stays open for whoever finds the terminal, and connections pile up.',
    fix:
      'Start the kubelet without --streaming-connection-idle-timeout=0. In a configuration file 0 means four hours, so that ' +
      'this is seen only in what the kubelet itself says (--kubelet-config-source).',
    references: {
      cis: cis('4.2.5'),
      trivy: ['KCV-0085'],
      kubescape: ['C-0176'],
      urls: [CONFIGURATION],
    },
  },
  'streamingConnectionIdleTimeout',
  timeoutComplaint,
);

/** Unset means true. */
export const kubeletIptablesChainsDisabled = kubeletFieldCheck(
  {
    id: 'kubelet-iptables-chains-disabled',
    severity: 'Low',
    title: 'Kubelet does not keep up its firewall rules',
    why: 'Rules that stop martian packets to services on localhost of the node are missing.',
    fix: 'Leave makeIPTablesUtilChains at true, unless nothing on the node uses iptables.',
    references: {
      cis: cis('4.2.6'),
      trivy: ['KCV-0084'],
      kubescape: ['C-0178'],
      urls: [CONFIGURATION],
    },
    example: {
      before: kubeletConfigMap('makeIPTablesUtilChains: false'),
      after: kubeletConfigMap('makeIPTablesUtilChains: true'),
    },
  },
  'makeIPTablesUtilChains',
  (config) => (booleanAt(config, 'makeIPTablesUtilChains') === false ? 'makeIPTablesUtilChains is false' : undefined),
);

/** The default is 50 (5 before Kubernetes 1.27); 0 means no limit, with which nothing is lost. */
export const kubeletEventQps = kubeletFieldCheck(
  {
    id: 'kubelet-event-qps',
    severity: 'Low',
    title: 'Kubelet drops Events',
    why: 'What happened on the node is missing where somebody later looks for it.',
    fix: 'Leave eventRecordQPS at its default, or set it to 5 or more.',
    isOptIn: true,
    references: {
      cis: cis('4.2.8'),
      trivy: ['KCV-0087'],
      kubescape: ['C-0180'],
      urls: [CONFIGURATION],
    },
    example: { before: kubeletConfigMap('eventRecordQPS: 1'), after: kubeletConfigMap('eventRecordQPS: 50') },
  },
  'eventRecordQPS',
  (config) => {
    const limit = numberAt(config, 'eventRecordQPS') ?? 50;
    return limit === 0 || limit >= 5 ? undefined : 'eventRecordQPS is less than 5';
  },
);

/** The CIS Benchmark dropped it after Kubernetes 1.24. */
export const kubeletProtectKernelDefaults = kubeletFieldCheck(
  {
    id: 'kubelet-protect-kernel-defaults',
    severity: 'Low',
    title: 'Kubelet changes settings of the kernel where it misses them',
    why: 'What an administrator has set by hand is overwritten without a word.',
    fix: 'Set the settings that the kubelet expects at boot, then protectKernelDefaults: true.',
    isOptIn: true,
    unmapped: 'No benchmark has asked for it since that of Kubernetes 1.24.',
    references: {
      trivy: ['KCV-0083'],
      kubescape: ['C-0177'],
      checkov: ['CKV_K8S_144'],
      urls: [CONFIGURATION],
    },
    example: {
      before: kubeletConfigMap('protectKernelDefaults: false'),
      after: kubeletConfigMap('protectKernelDefaults: true'),
    },
  },
  'protectKernelDefaults',
  (config) => (booleanAt(config, 'protectKernelDefaults') === true ? undefined : 'protectKernelDefaults is not true'),
);
