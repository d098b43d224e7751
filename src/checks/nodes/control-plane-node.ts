import { finding, nodeCheck, PASS, SKIP } from '../check.ts';

const NODES = `
---
apiVersion: v1
kind: Node
metadata:
  name: worker
`;

const controlPlane = (spec: string): string =>
  `apiVersion: v1\nkind: Node\nmetadata:\n  name: control-plane\n  labels:\n    node-role.kubernetes.io/control-plane: ''${spec}${NODES}`;

/** Where there are no other nodes, workloads must run there. */
export const controlPlaneNodeSchedulable = nodeCheck({
  id: 'control-plane-node-schedulable',
  severity: 'Low',
  title: 'Workloads are scheduled onto a node of the control plane',
  why: 'Whoever escapes from a container there holds the keys of the whole cluster.',
  fix: 'Add the taint node-role.kubernetes.io/control-plane:NoSchedule to the node.',
  references: {
    nsa: ['Control plane hardening'],
    urls: [
      'https://kubernetes.io/docs/reference/labels-annotations-taints/#node-role-kubernetes-io-control-plane-taint',
    ],
  },
  example: {
    before: controlPlane(''),
    after: controlPlane(
      '\nspec:\n  taints:\n    - key: node-role.kubernetes.io/control-plane\n      effect: NoSchedule',
    ),
  },
  maySkip: true,
  evaluate: ({ node, hasWorkers }) => {
    if (!node.isControlPlane || !hasWorkers) return SKIP;
    return node.isSchedulable ? [finding('spec.taints', 'no taint keeps workloads off this node')] : PASS;
  },
});
