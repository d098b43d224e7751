import { containerCheck } from '../container-check.ts';
import { running } from '../example-pods.ts';
import { perImage } from './per-image.ts';

/** What `latest` means changes with every push, also between two replicas of the same Deployment. */
export const imageTagMutable = containerCheck({
  id: 'image-tag-mutable',
  severity: 'Medium',
  title: 'Image has no tag, or the tag latest',
  why: 'What runs depends on the hour it was pulled; a rollback brings nothing back, and a scan says nothing of the next start.',
  fix: 'Name the version as tag, or pin the image by its digest.',
  references: {
    trivy: ['KSV-0013'],
    polaris: ['tagNotSpecified'],
    kubeLinter: ['latest-tag'],
    kubeScore: ['container-image-tag'],
    checkov: ['CKV_K8S_14'],
    kyverno: ['disallow-latest-tag'],
    gatekeeper: ['disallowedtags'],
  },
  unmapped: 'the frameworks ask where images come from and what is in them, not how they are named',
  example: { before: running('registry.example/app:latest'), after: running('registry.example/app:1.0') },
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
  references: {
    kubescape: ['C-0306'],
    checkov: ['CKV_K8S_43'],
    kyverno: ['require-image-checksum'],
    gatekeeper: ['imagedigests'],
    checklist: ['current-images'],
  },
  example: {
    before: running('registry.example/app:1.0'),
    after: running(`registry.example/app:1.0@sha256:${'0123456789abcdef'.repeat(4)}`),
  },
  evaluate: perImage(({ digest }, name) => (digest === undefined ? `image ${name} has no digest` : undefined)),
});
