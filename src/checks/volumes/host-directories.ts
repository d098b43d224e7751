import { posix } from 'node:path';
import type { PodView } from '../../inventory/facts/pod-view.ts';
import { stringAt } from '../fields.ts';
import { volumesOf } from './volumes-of.ts';
import type { VolumePlace } from './volumes-of.ts';

/** A volume that is a directory or file of the node. */
export interface HostVolume {
  readonly volume: VolumePlace;
  /** As the node finds it: absolute, without `.`, `..`, doubled and trailing slashes. */
  readonly path: string;
}

/** The hostPath volumes of a pod, but for those whose path is still to be filled in. */
export function hostVolumes(pod: PodView): readonly HostVolume[] {
  return volumesOf(pod).flatMap((volume) => {
    const path = stringAt(volume, 'hostPath.path') ?? '';
    return path === '' ? [] : [{ volume, path: posix.resolve('/', path) }];
  });
}

/** Whether a directory is, or holds at whatever depth, the other path; both absolute and clean. */
export function holds(directory: string, path: string): boolean {
  return directory === path || path.startsWith(directory === '/' ? '/' : `${directory}/`);
}
