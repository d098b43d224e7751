import type { NodeFacts } from '../../inventory/facts/node.ts';
import { finding, nodeCheck, PASS } from '../check.ts';
import type { Decision, ServerFacts, Undecided } from '../check.ts';
import { judgeSupport } from '../cluster/support.ts';
import { nodeWith } from './example.ts';

const PATH = 'status.nodeInfo.kubeletVersion';

/** Upgrades of the control plane leave the nodes behind until somebody drains them. */
export const kubeletVersionUnsupported = nodeCheck({
  id: 'kubelet-version-unsupported',
  severity: 'High',
  title: 'Kubelet is of a Kubernetes release without support',
  why: 'Vulnerabilities that are found in it now are published, and stay; the kubelet runs as root beside every container.',
  fix: 'Replace or upgrade the node. If a vendor patches this release for longer, make an exception until then.',
  references: {
    nsa: ['Upgrading'],
    kubescape: ['C-0273'],
    kyverno: ['kubernetes-version-check'],
    checklist: ['cluster-up-to-date'],
    urls: ['https://kubernetes.io/releases/'],
  },
  example: { before: nodeWith('kubeletVersion: v1.24.17'), after: nodeWith('kubeletVersion: v1.36.6') },
  mayBeUndecided: true,
  evaluate: ({ node, server }) => {
    const version = kubeletVersion(node);
    return version === undefined ? unreadable(node) : judgeSupport('the kubelet', version, server.today, PATH);
  },
});

/** https://kubernetes.io/releases/version-skew-policy: never newer than the API server, and not too far behind. */
export const kubeletVersionSkew = nodeCheck({
  id: 'kubelet-version-skew',
  severity: 'Medium',
  title: 'Kubelet and API server are too far apart',
  why: 'Nobody tests them together: fields are dropped in silence, security settings of the pod among them.',
  fix: 'Upgrade the older of the two.',
  references: {
    nsa: ['Upgrading'],
    checklist: ['cluster-up-to-date'],
    urls: ['https://kubernetes.io/releases/version-skew-policy/'],
  },
  inFiles: 'server',
  example: { before: nodeWith('kubeletVersion: v1.24.17'), after: nodeWith('kubeletVersion: v1.36.6') },
  mayBeUndecided: true,
  evaluate: ({ node, server }) => {
    const kubelet = kubeletVersion(node);
    return kubelet === undefined || kubelet.major !== server.major
      ? unreadable(node)
      : judgeSkew(kubelet.minor, server);
  },
});

function judgeSkew(kubelet: number, { major, minor }: ServerFacts): Decision {
  const versions = `the kubelet is of ${major}.${kubelet}, the API server of ${major}.${minor}`;
  if (kubelet > minor) return [finding(PATH, `${versions}: a kubelet must not be newer`)];
  // Since 1.28 a kubelet may be three minors behind instead of two.
  const allowed = minor >= 28 ? 3 : 2;
  if (minor - kubelet > allowed) return [finding(PATH, `${versions}: a kubelet may be ${allowed} minors older`)];
  return PASS;
}

/** The version of the kubelet, whatever a vendor has appended; undefined while there is none. */
export function kubeletVersion({
  kubeletVersion: text,
}: NodeFacts): { readonly major: number; readonly minor: number } | undefined {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(text) ?? [];
  return major === undefined || minor === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}

/** A node that has just registered has no version yet. */
function unreadable({ kubeletVersion: text }: NodeFacts): Undecided {
  const message =
    text === '' ? 'the node reports no kubelet version' : `the kubelet version ${text} cannot be compared`;
  return { reason: 'Malformed', message };
}
