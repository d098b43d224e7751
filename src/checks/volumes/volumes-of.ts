import type { V1Volume } from '@kubernetes/client-node';
import type { PodView } from '../../inventory/facts/pod-view.ts';
import { itemsAt, podOf, stringAt } from '../fields.ts';
import type { Place } from '../fields.ts';

/** A volume of a pod; it is called by its name. */
export type VolumePlace = Place<V1Volume> & { readonly key: string };

/** The volumes of a pod, whether or not a container mounts them. */
export const volumesOf = (pod: PodView): readonly VolumePlace[] =>
  itemsAt(podOf(pod), 'volumes', (volume: Place<V1Volume>) => stringAt(volume, 'name') ?? '');
