import { isDeepStrictEqual } from 'node:util';
import type { ConfigMapFacts, JudgeConfigValue } from '../facts/config-map.ts';
import type { TokenSecretFacts } from '../facts/token-secret.ts';
import { objectOf, stringMapOf, textOf } from '../json-shape.ts';
import type { Projection } from '../store.ts';

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('latin1');

/** ConfigMaps: their values are judged here and now, and only the names of suspicious keys are kept. */
export function configMapProjection(judgeValue: JudgeConfigValue): Projection<ConfigMapFacts> {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    relevant: ['data', 'binaryData'],
    project: (object, ref) => {
      const texts = Object.entries(stringMapOf(object.parse('data'), 'data'));
      const binaries = Object.entries(stringMapOf(object.parse('binaryData'), 'binaryData'));
      const all = [...texts, ...binaries.map(([key, value]) => [key, decoded(value)] as const)];
      const credentials = all.flatMap(([key, value]) => {
        const evidence = judgeValue(key, value);
        return evidence === undefined ? [] : [{ key, evidence }];
      });
      return { ref, credentials: credentials.sort((a, b) => (a.key < b.key ? -1 : 1)) };
    },
    equal: isDeepStrictEqual,
  };
}

/** Secrets with tokens of ServiceAccounts, of which nothing but metadata ever reaches us. */
export const tokenSecretProjection: Projection<TokenSecretFacts> = {
  apiVersion: 'v1',
  kind: 'Secret',
  relevant: ['metadata.annotations'],
  project: (object) => {
    const annotations = objectOf(object.parse('metadata.annotations'), 'metadata.annotations');
    const path = 'kubernetes.io/service-account.name';
    return { serviceAccount: textOf(annotations[path], `metadata.annotations.${path}`) ?? '' };
  },
  equal: isDeepStrictEqual,
};

/** That a namespace has a ResourceQuota is all that is asked. */
export const resourceQuotaProjection: Projection<{ readonly namespace: string }> = {
  apiVersion: 'v1',
  kind: 'ResourceQuota',
  relevant: [],
  project: (_object, { namespace = '' }) => ({ namespace }),
  equal: () => true,
};
