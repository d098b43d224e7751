import type { V1Container } from '@kubernetes/client-node';
import type { PodInput, Violation } from '../check.ts';
import { stringAt, violationAt } from '../fields.ts';
import type { Place } from '../fields.ts';
import { parseImageReference } from './image-reference.ts';
import type { ImageReference } from './image-reference.ts';

/**
 * Judges a container by what its image is called. Messages leave the tag out, so that a release that changes nothing else
 * leaves the report as it is.
 */
export function perImage(
  describe: (reference: ImageReference, name: string, pod: PodInput) => string | undefined,
): (container: Place<V1Container>, pod: PodInput) => readonly Violation[] {
  return (container, pod) => {
    const image = stringAt(container, 'image');
    // Only templates that wait for a tool to fill in their image have none.
    if (!image) return [];
    const reference = parseImageReference(image);
    const message = describe(reference, `${reference.registry}/${reference.repository}`, pod);
    return message === undefined ? [] : [violationAt(container, 'image', message)];
  };
}
