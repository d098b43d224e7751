import type { V1Container } from '@kubernetes/client-node';
import { containerCheck } from '../container-check.ts';
import { containerWith } from '../example-pods.ts';
import { stringAt, violationAt } from '../fields.ts';
import type { Place } from '../fields.ts';
import { parseImageReference } from './image-reference.ts';

const FIELD = 'imagePullPolicy';

/**
 * Off by default: with trusted registries and pinned digests it only costs pulls, and the admission plugin AlwaysPullImages
 * does it for the whole cluster.
 */
export const imagePullPolicyNotAlways = containerCheck({
  id: 'image-pull-policy-not-always',
  severity: 'Low',
  title: 'Image of the node is used without asking its registry',
  why: 'A pod may start from a private image that another pod left on the node, without having the right to pull it.',
  fix: 'Set imagePullPolicy to Always, or pin the image by its digest; or turn on the admission plugin AlwaysPullImages.',
  references: {
    kubescape: ['C-0075'],
    polaris: ['pullPolicyNotAlways'],
    kubeScore: ['container-image-pull-policy'],
    checkov: ['CKV_K8S_15'],
  },
  isOptIn: true,
  unmapped: 'CIS asks for the admission plugin AlwaysPullImages, which is a check of its own, and not for the field',
  example: {
    before: containerWith('imagePullPolicy: IfNotPresent'),
    after: containerWith('imagePullPolicy: Always'),
  },
  evaluate: (container) => {
    const image = stringAt(container, 'image') ?? '';
    const { digest } = parseImageReference(image);
    const policy = stringAt(container, FIELD) || defaultPolicy(image);
    if (image === '' || digest !== undefined || policy === 'Always') return [];
    return [violationAt(container, FIELD, messageOf(container, policy))];
  },
});

/** As the API server fills it in. */
function defaultPolicy(image: string): string {
  const { tag = 'latest', digest } = parseImageReference(image);
  return tag === 'latest' && digest === undefined ? 'Always' : 'IfNotPresent';
}

function messageOf(container: Place<V1Container>, policy: string): string {
  return stringAt(container, FIELD)
    ? `imagePullPolicy is ${policy}`
    : `imagePullPolicy is unset, which means ${policy}`;
}
