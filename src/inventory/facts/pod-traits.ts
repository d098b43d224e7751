import { textOf } from '../json-shape.ts';
import type { PodView } from './pod-view.ts';
import { resourceGaps, type ResourceGap } from './resources.ts';
import { toleratesControlPlane } from './tolerations.ts';
import { orUnreadable, type Unreadable } from './unreadable.ts';

/** What checks that join a pod with its namespace and its controller ask of it. */
export interface PodTraits {
  /** Each once, sorted. */
  readonly images: readonly string[] | Unreadable;
  readonly resourceGaps: readonly ResourceGap[] | Unreadable;
  readonly toleratesControlPlane: boolean | Unreadable;
}

export function podTraits(pod: PodView): PodTraits {
  return {
    images: orUnreadable(() => imagesOf(pod)),
    resourceGaps: orUnreadable(() => resourceGaps(pod)),
    toleratesControlPlane: orUnreadable(() => toleratesControlPlane(pod.spec)),
  };
}

function imagesOf({ containers }: PodView): readonly string[] {
  const images = containers.map(({ path, spec }) => textOf(spec.image, `${path}.image`) ?? '');
  return [...new Set(images)].filter((image) => image !== '').sort();
}
