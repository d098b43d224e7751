import { API_VERSION } from '../../src/crds/index.ts';
import type { Json } from './objects.ts';

/** Objects as people write them: valid, but for what a test says otherwise. */

export const EXCEPTION_SPEC: Json = {
  checks: ['host-network'],
  reason: 'It routes the traffic of its node',
  expirationTime: '2027-06-30T00:00:00Z',
};

export function securityException(spec: Json = {}, namespace = 'default'): Json {
  return {
    apiVersion: API_VERSION,
    kind: 'SecurityException',
    metadata: { name: 'routes-traffic', namespace },
    spec: { ...EXCEPTION_SPEC, ...spec },
  };
}

export function clusterSecurityException(spec: Json = {}): Json {
  return {
    apiVersion: API_VERSION,
    kind: 'ClusterSecurityException',
    metadata: { name: 'routes-traffic' },
    spec: { ...EXCEPTION_SPEC, ...spec },
  };
}

export function securityProfile(spec: Json = {}, name = 'default'): Json {
  return { apiVersion: API_VERSION, kind: 'SecurityProfile', metadata: { name }, spec };
}

export function customCheck(fields: Json = {}): Json {
  return {
    name: 'shop-replicas',
    severity: 'Low',
    title: 'Deployment has one replica',
    match: { kinds: [{ apiVersion: 'apps/v1', kind: 'Deployment' }] },
    expression: 'object.spec.replicas > 1',
    tests: [{ name: 'one', object: { spec: { replicas: 1 } }, expect: 'Fail' }],
    ...fields,
  };
}
