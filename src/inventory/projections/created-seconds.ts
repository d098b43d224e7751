import type { RawObject } from '../../kube/raw-object.ts';

/** When an object was created, in seconds since the epoch; 0 if it does not say. */
export function createdSeconds(object: RawObject): number {
  return Math.floor(Date.parse(object.text('metadata.creationTimestamp') ?? '') / 1000) || 0;
}
