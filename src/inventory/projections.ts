import { isDeepStrictEqual } from 'node:util';
import type { NamespaceFacts } from './facts/namespace.ts';
import type { NodeFacts } from './facts/node.ts';
import type { ServiceAccountFacts } from './facts/service-account.ts';
import type { Projection } from './store.ts';

export const serviceAccountProjection: Projection<ServiceAccountFacts> = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  relevant: ['automountServiceAccountToken'],
  project: (object, ref) => {
    const automount = object.parse('automountServiceAccountToken');
    return { ref, automountServiceAccountToken: typeof automount === 'boolean' ? automount : undefined };
  },
  equal: isDeepStrictEqual,
};

/** The rest of a Node's status beats every few seconds, and is not read. */
export const nodeProjection: Projection<NodeFacts> = {
  apiVersion: 'v1',
  kind: 'Node',
  relevant: ['status.addresses', 'status.nodeInfo'],
  project: (object, ref) => {
    const addresses = (object.parse('status.addresses') ?? []) as NodeFacts['addresses'];
    return { ref, addresses, kubeletVersion: object.text('status.nodeInfo.kubeletVersion') ?? '' };
  },
  equal: isDeepStrictEqual,
};

export const namespaceProjection: Projection<NamespaceFacts> = {
  apiVersion: 'v1',
  kind: 'Namespace',
  relevant: ['metadata.labels'],
  project: (object, ref) => {
    const labels = (object.parse('metadata.labels') ?? {}) as Readonly<Record<string, string>>;
    const podSecurity = Object.entries(labels).filter(([name]) => name.startsWith('pod-security.kubernetes.io/'));
    return { ref, podSecurityLabels: Object.fromEntries(podSecurity) };
  },
  equal: isDeepStrictEqual,
};

/** NetworkPolicies are counted so far: that one exists is all that is asked. */
export const networkPolicyProjection: Projection<{ readonly namespace: string }> = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  relevant: [],
  project: (_object, { namespace = '' }) => ({ namespace }),
  equal: () => true,
};
