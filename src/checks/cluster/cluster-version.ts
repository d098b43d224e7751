import { clusterCheck } from '../check.ts';
import { judgeSupport } from './support.ts';

/** The project fixes vulnerabilities in the newest three minors only. */
export const clusterVersionUnsupported = clusterCheck({
  id: 'cluster-version-unsupported',
  severity: 'High',
  title: 'Cluster runs a Kubernetes release without support',
  why: 'Vulnerabilities that are found in it now are published, and stay.',
  fix: 'Upgrade the control plane, one minor at a time. If a vendor patches this release for longer, make an exception until then.',
  references: {
    nsa: ['Upgrading'],
    kubescape: ['C-0273'],
    kyverno: ['kubernetes-version-check'],
    checklist: ['cluster-up-to-date'],
    urls: ['https://kubernetes.io/releases/'],
  },
  inFiles: 'server',
  mayBeUndecided: true,
  evaluate: ({ server }) => judgeSupport('the API server', server, server.today, 'version'),
});
