import type { V1Container } from '@kubernetes/client-node';
import type { Violation } from '../check.ts';
import { containerCheck } from '../container-check.ts';
import { stringAt, violationAt } from '../fields.ts';
import type { Place } from '../fields.ts';
import { parseImageReference } from './image-reference.ts';
import type { ImageReference } from './image-reference.ts';

/** What `latest` means changes with every push, also between two replicas of the same Deployment. */
export const imageTagMutable = containerCheck({
  id: 'image-tag-mutable',
  severity: 'Medium',
  title: 'Image has no tag, or the tag latest',
  why: 'What runs depends on the hour it was pulled; a rollback brings nothing back, and a scan says nothing of the next start.',
  fix: 'Name the version as tag, or pin the image by its digest.',
  references: { trivy: ['KSV-0013'], polaris: ['tagNotSpecified'], kubeLinter: ['latest-tag'] },
  unmapped: 'the frameworks ask where images come from and what is in them, not how they are named',
  evaluate: perImage(({ tag, digest }, name) => {
    if (digest !== undefined || (tag !== undefined && tag !== 'latest')) return undefined;
    return `image ${name} is used ${tag === undefined ? 'without a tag, which means latest' : 'by the tag latest'}`;
  }),
});

/** A tag can be moved by whoever may push to the repository; a digest is the image. */
export const imageDigestNotPinned = containerCheck({
  id: 'image-digest-not-pinned',
  severity: 'Low',
  title: 'Image is not pinned by a digest',
  why: 'A tag can be moved to another image by anyone who may push to its repository, and the next start runs that.',
  fix: 'Add the digest to the image (image:tag@sha256:...), and let a bot keep it current.',
  references: { checklist: ['current-images'], kubescape: ['C-0306'] },
  evaluate: perImage(({ digest }, name) => (digest === undefined ? `image ${name} has no digest` : undefined)),
});

/** Messages leave the tag out, so that a release that changes nothing else leaves the report as it is. */
function perImage(
  describe: (reference: ImageReference, name: string) => string | undefined,
): (container: Place<V1Container>) => readonly Violation[] {
  return (container) => {
    const image = stringAt(container, 'image');
    // Only templates that wait for a tool to fill in their image have none.
    if (!image) return [];
    const reference = parseImageReference(image);
    const message = describe(reference, `${reference.registry}/${reference.repository}`);
    return message === undefined ? [] : [violationAt(container, 'image', message)];
  };
}
