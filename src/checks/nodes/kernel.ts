import { finding, nodeCheck, SKIP, verdict } from '../check.ts';
import { kernelVulnerabilitiesOf } from '../tables/kernel-vulnerabilities.ts';
import { nodeWith } from './example.ts';

/** Builds of an unchanged stable release. Other distributions mend kernels without raising the number. */
const UNCHANGED = /^(\d+)\.(\d+)\.(\d+)(?:-flatcar|-talos)?$/;

/** Only a few vulnerabilities are looked for: those by which containers were escaped from in earnest. */
export const nodeKernelVulnerable = nodeCheck({
  id: 'node-kernel-vulnerable',
  severity: 'Low',
  title: 'Kernel of the node is known to let containers out',
  why: 'Containers share the kernel, and exploits for these vulnerabilities are public.',
  fix: 'Upgrade the node. Kernels whose distribution mends them without a new number are not judged.',
  references: {
    nsa: ['Upgrading'],
    kubescape: ['C-0079'],
    kyverno: ['check-node-for-cve-2022-0185'],
    checklist: ['cluster-up-to-date'],
  },
  example: { before: nodeWith('kernelVersion: 5.10.90-flatcar'), after: nodeWith('kernelVersion: 6.12.40-flatcar') },
  maySkip: true,
  evaluate: ({ node }) => {
    const [, major, minor, patch] = UNCHANGED.exec(node.kernelVersion) ?? [];
    if (major === undefined) return SKIP;
    const version = { major: Number(major), minor: Number(minor), patch: Number(patch) };
    return verdict(
      kernelVulnerabilitiesOf(version).map(({ cve, what }) =>
        finding('status.nodeInfo.kernelVersion', `Linux ${node.kernelVersion} has ${cve} (${what})`, { key: cve }),
      ),
    );
  },
});
