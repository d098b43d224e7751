import { isDeepStrictEqual } from 'node:util';
import type { NamespaceFacts } from '../facts/namespace.ts';
import { createdSeconds } from './created-seconds.ts';
import type { Projection } from '../store.ts';

export const namespaceProjection: Projection<NamespaceFacts> = {
  apiVersion: 'v1',
  kind: 'Namespace',
  relevant: ['metadata.labels'],
  project: (object, ref) => {
    const labels = (object.parse('metadata.labels') ?? {}) as Readonly<Record<string, string>>;
    const podSecurity = Object.entries(labels).filter(([name]) => name.startsWith('pod-security.kubernetes.io/'));
    return { ref, createdSeconds: createdSeconds(object), podSecurityLabels: Object.fromEntries(podSecurity) };
  },
  equal: isDeepStrictEqual,
};
