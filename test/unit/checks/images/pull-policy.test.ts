import { PASS } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import { imagePullPolicyNotAlways } from '../../../../src/checks/images/pull-policy.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const running = (image: string, imagePullPolicy?: string): PodInput =>
  pod({ containers: [container({ image, ...(imagePullPolicy !== undefined && { imagePullPolicy }) })] });

verdicts(imagePullPolicyNotAlways, [
  ['Always', running('app:1', 'Always'), PASS],
  ['nothing said of an image without a tag, which means Always', running('app'), PASS],
  ['nothing said of the tag latest', running('app:latest'), PASS],
  ['a digest, whatever the policy', running(`app@sha256:${'0'.repeat(64)}`, 'IfNotPresent'), PASS],
  ['a template whose image is filled in later', running(''), PASS],
  [
    'nothing said of a version',
    running('app:1'),
    fails({ container: 'app', message: 'imagePullPolicy is unset, which means IfNotPresent' }),
  ],
  ['the policy never to pull', running('app:latest', 'Never'), fails({ message: 'imagePullPolicy is Never' })],
  [
    'a policy that is a list',
    pod({ containers: [malformed(container(), { imagePullPolicy: [] })] }),
    undecided('Malformed'),
  ],
]);
