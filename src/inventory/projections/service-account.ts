import { isDeepStrictEqual } from 'node:util';
import type { RawObject } from '../../kube/raw-object.ts';
import { cloudIdentitiesOf } from '../facts/cloud-identity.ts';
import type { ServiceAccountFacts } from '../facts/service-account.ts';
import { listOf, objectOf, textOf } from '../json-shape.ts';
import type { Projection } from '../store.ts';

/** The Secrets that Kubernetes before v1.24 made for a ServiceAccount, and listed in it: `ci-token-x7k2p`. */
function listedTokens(object: RawObject, account: string): readonly string[] {
  const names = listOf(object.parse('secrets'), 'secrets', (item, path) => {
    return textOf(objectOf(item, path)['name'], `${path}.name`) ?? '';
  });
  const prefix = `${account}-token-`;
  return names.filter((name) => name.startsWith(prefix) && /^[a-z0-9]{5}$/.test(name.slice(prefix.length))).sort();
}

export const serviceAccountProjection: Projection<ServiceAccountFacts> = {
  apiVersion: 'v1',
  kind: 'ServiceAccount',
  relevant: ['automountServiceAccountToken', 'secrets', 'metadata.annotations'],
  project: (object, ref) => {
    const automount = object.parse('automountServiceAccountToken');
    const tokens = listedTokens(object, ref.name);
    return {
      ref,
      automountServiceAccountToken: typeof automount === 'boolean' ? automount : undefined,
      cloudIdentities: cloudIdentitiesOf(object.parse('metadata.annotations')),
      ...(tokens.length > 0 && { listedTokens: tokens }),
    };
  },
  equal: isDeepStrictEqual,
};
