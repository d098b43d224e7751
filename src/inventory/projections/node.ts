import { isDeepStrictEqual } from 'node:util';
import type { NodeFacts } from '../facts/node.ts';
import type { Projection } from '../store.ts';

const CONTROL_PLANE_LABELS = ['node-role.kubernetes.io/control-plane', 'node-role.kubernetes.io/master'];

interface Taint {
  readonly key?: string;
  readonly effect?: string;
}

/** Taints of these prefixes come and go by themselves, as the node is cordoned or out of reach. */
const PASSING_TAINTS = ['node.kubernetes.io/', 'node.cloudprovider.kubernetes.io/'];

function keepsPodsOff({ key = '', effect }: Taint): boolean {
  const isLasting = !PASSING_TAINTS.some((prefix) => key.startsWith(prefix));
  return isLasting && (effect === 'NoSchedule' || effect === 'NoExecute');
}

const portOf = (port: unknown): number => (typeof port === 'number' ? port : 10_250);

/** The rest of a Node's status beats every few seconds, and is not read. */
export const nodeProjection: Projection<NodeFacts> = {
  apiVersion: 'v1',
  kind: 'Node',
  relevant: ['metadata.labels', 'spec.taints', 'status.addresses', 'status.daemonEndpoints', 'status.nodeInfo'],
  project: (object, ref) => {
    const labels = (object.parse('metadata.labels') ?? {}) as Readonly<Record<string, string>>;
    const taints = (object.parse('spec.taints') ?? []) as readonly Taint[];
    const info = (field: string): string => object.text(`status.nodeInfo.${field}`) ?? '';
    return {
      ref,
      addresses: (object.parse('status.addresses') ?? []) as NodeFacts['addresses'],
      kubeletVersion: info('kubeletVersion'),
      osImage: info('osImage'),
      kernelVersion: info('kernelVersion'),
      containerRuntimeVersion: info('containerRuntimeVersion'),
      kubeletPort: portOf(object.parse('status.daemonEndpoints.kubeletEndpoint.Port')),
      isControlPlane: CONTROL_PLANE_LABELS.some((label) => Object.hasOwn(labels, label)),
      isSchedulable: !taints.some(keepsPodsOff),
    };
  },
  equal: isDeepStrictEqual,
};
