import type { NodeInput } from '../../../../src/checks/check.ts';
import type { NodeFacts } from '../../../../src/inventory/facts/node.ts';

/** A node with what is given, beside an API server of 1.37 in the autumn of 2026. */
export const node = (more: Partial<NodeFacts>, minor = 37, today = '2026-11-24'): NodeInput => ({
  node: {
    ref: { apiVersion: 'v1', kind: 'Node', name: 'node-a', uid: 'uid' },
    addresses: [],
    kubeletVersion: 'v1.37.2',
    ...more,
  },
  server: { major: 1, minor, today },
});
