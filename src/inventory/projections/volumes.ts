import { isDeepStrictEqual } from 'node:util';
import type { NodeStorage, PersistentVolumeClaimFacts, PersistentVolumeFacts } from '../facts/volume.ts';
import { objectOf, textOf, type JsonObject } from '../json-shape.ts';
import type { Projection } from '../store.ts';

const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';
/** Most volumes are none of a node: one object for all of them. */
const ELSEWHERE: PersistentVolumeFacts = { nodeStorage: undefined, claim: undefined };

function storageTypeOf(spec: JsonObject): NodeStorage['type'] | undefined {
  return (['hostPath', 'local'] as const).find((type) => Object.keys(objectOf(spec[type], `spec.${type}`)).length > 0);
}

function claimOf(spec: JsonObject): string | undefined {
  const claim = objectOf(spec['claimRef'], 'spec.claimRef');
  const name = textOf(claim['name'], 'spec.claimRef.name');
  const namespace = textOf(claim['namespace'], 'spec.claimRef.namespace');
  return name === undefined || namespace === undefined ? undefined : [namespace, name].join('/');
}

export const persistentVolumeProjection: Projection<PersistentVolumeFacts> = {
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  relevant: ['metadata.annotations', 'spec'],
  project: (object) => {
    const spec = objectOf(object.parse('spec'), 'spec');
    const type = storageTypeOf(spec);
    if (type === undefined) return ELSEWHERE;
    const annotations = objectOf(object.parse('metadata.annotations'), 'metadata.annotations');
    return { nodeStorage: { type, isProvisioned: Object.hasOwn(annotations, PROVISIONED_BY) }, claim: claimOf(spec) };
  },
  equal: isDeepStrictEqual,
};

export const persistentVolumeClaimProjection: Projection<PersistentVolumeClaimFacts> = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  relevant: ['spec.volumeName'],
  project: (object) => ({ volumeName: textOf(object.parse('spec.volumeName'), 'spec.volumeName') }),
  equal: isDeepStrictEqual,
};
