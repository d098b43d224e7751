import type { NodeStorage, PersistentVolumeClaimFacts, PersistentVolumeFacts } from '../facts/volume.ts';
import type { Change } from '../store.ts';

/** Which claims are bound to a directory or disk of a node, instead of to storage of its own. */
export interface NodeStorageIndex {
  readonly change: (change: Change<PersistentVolumeFacts>) => void;
  readonly storageBehind: (namespace: string, claim: string) => NodeStorage | undefined;
}

export interface VolumeSources {
  readonly claim: (namespace: string, name: string) => PersistentVolumeClaimFacts | undefined;
  readonly volume: (name: string) => PersistentVolumeFacts | undefined;
}

/** A claim says which volume it is bound to; in files, where nobody has bound it yet, the volume may say for whom it is kept. */
export function createNodeStorageIndex({ claim, volume }: VolumeSources): NodeStorageIndex {
  const keptFor = new Map<string, string>();
  return {
    change({ name, before, after }) {
      if (before?.claim !== undefined && keptFor.get(before.claim) === name) keptFor.delete(before.claim);
      if (after?.claim !== undefined) keptFor.set(after.claim, name);
    },
    storageBehind(namespace, name) {
      const bound = claim(namespace, name)?.volumeName ?? keptFor.get(`${namespace}/${name}`);
      return bound === undefined ? undefined : volume(bound)?.nodeStorage;
    },
  };
}
