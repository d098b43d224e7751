import { PASS } from '../../../../src/checks/check.ts';
import { kubeletVersionSkew, kubeletVersionUnsupported } from '../../../../src/checks/nodes/kubelet-version.ts';
import { fails, undecided, verdicts } from '../verdicts.ts';
import { node } from './facts.ts';

const kubelet = (kubeletVersion: string, serverMinor?: number, today?: string): ReturnType<typeof node> =>
  node({ kubeletVersion }, serverMinor, today);

verdicts(kubeletVersionUnsupported, [
  ['a supported release', kubelet('v1.36.3'), PASS],
  ['a supported release of EKS', kubelet('v1.35.4-eks-1a2b3c'), PASS],
  ['a supported release of GKE', kubelet('v1.36.2-gke.100'), PASS],
  ['a supported release of RKE2', kubelet('v1.36.5+rke2r1'), PASS],
  ['a supported release of IBM Cloud', kubelet('v1.36.5+IKS'), PASS],
  ['an ended release of GKE', kubelet('v1.33.4-gke.100'), fails('status.nodeInfo.kubeletVersion')],
  ['a release without a v', kubelet('1.36.3+k3s1'), PASS],
  ['the last day of support', kubelet('v1.34.4', 37, '2026-10-27'), PASS],
  [
    'the day after it',
    kubelet('v1.34.4', 37, '2026-10-28'),
    fails({
      path: 'status.nodeInfo.kubeletVersion',
      message: 'the kubelet is Kubernetes 1.34, whose support ended on 2026-10-27',
    }),
  ],
  ['a release of old', kubelet('v1.18.20'), fails('status.nodeInfo.kubeletVersion')],
  ['a release that came after the table', kubelet('v1.38.0'), undecided('BeyondHorizon')],
  ['a node that has not told its version', kubelet(''), undecided('Malformed')],
  ['a version that is none', kubelet('latest'), undecided('Malformed')],
]);

verdicts(kubeletVersionSkew, [
  ['the same version', kubelet('v1.37.0'), PASS],
  ['three minors behind', kubelet('v1.34.4'), PASS],
  ['three minors behind, of GKE', kubelet('v1.34.4-gke.100'), PASS],
  ['four minors behind, of k3s', kubelet('v1.33.5+k3s1'), fails('status.nodeInfo.kubeletVersion')],
  ['two minors behind an API server of 1.27', kubelet('v1.25.0', 27), PASS],
  [
    'four minors behind',
    kubelet('v1.33.13'),
    fails({ message: 'the kubelet is of 1.33, the API server of 1.37: a kubelet may be 3 minors older' }),
  ],
  ['three minors behind an API server of 1.27', kubelet('v1.24.0', 27), fails('status.nodeInfo.kubeletVersion')],
  ['three minors behind an API server of 1.28 as allowed since', kubelet('v1.25.0', 28), PASS],
  ['a newer kubelet', kubelet('v1.38.0'), fails('status.nodeInfo.kubeletVersion')],
  ['a newer kubelet by number, not by text', kubelet('v1.10.0', 9), fails('status.nodeInfo.kubeletVersion')],
  ['a node that has not told its version', kubelet(''), undecided('Malformed')],
  ['another major', kubelet('v2.0.0'), undecided('Malformed')],
]);
