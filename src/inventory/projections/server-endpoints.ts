import { isDeepStrictEqual } from 'node:util';
import type { Projection } from '../store.ts';

/** The EndpointSlice default/kubernetes, in which the API servers enter themselves. */
export const serverEndpointsProjection: Projection<{ readonly addresses: readonly string[] }> = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  relevant: ['endpoints'],
  project: (object) => {
    const endpoints = (object.parse('endpoints') ?? []) as readonly { readonly addresses?: readonly string[] }[];
    return { addresses: endpoints.flatMap(({ addresses = [] }) => addresses).sort() };
  },
  equal: isDeepStrictEqual,
};
