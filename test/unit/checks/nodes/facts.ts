import type { NodeInput } from '../../../../src/checks/check.ts';
import type { NodeFacts } from '../../../../src/inventory/facts/node.ts';

/** A node with what is given, beside an API server of 1.37 in the autumn of 2026. */
export const node = (more: Partial<NodeFacts>, minor = 37, today = '2026-11-24'): NodeInput => ({
  node: {
    ref: { apiVersion: 'v1', kind: 'Node', name: 'node-a', uid: 'uid' },
    addresses: [],
    kubeletVersion: 'v1.37.2',
    osImage: 'Debian GNU/Linux 13 (trixie)',
    kernelVersion: '6.12.48+deb13-amd64',
    containerRuntimeVersion: 'containerd://2.3.1',
    kubeletPort: 10_250,
    isControlPlane: false,
    isSchedulable: true,
    ...more,
  },
  server: { major: 1, minor, gitVersion: `v1.${minor}.0`, today },
  hasWorkers: true,
});
