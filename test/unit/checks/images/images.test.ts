import { PASS } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import { imageDigestNotPinned, imageTagMutable } from '../../../../src/checks/images/images.ts';
import { container, fails, pod, undecided, verdicts } from '../verdicts.ts';

const running = (image: string): PodInput => pod({ containers: [container({ image })] });
const PINNED = `nginx@sha256:${'0'.repeat(64)}`;
const malformed = pod({ containers: [Object.assign(container(), { image: 7 })] });

verdicts(imageTagMutable, [
  ['a version as tag', running('nginx:1.27'), PASS],
  ['a digest without a tag', running(PINNED), PASS],
  ['a digest beside the tag latest', running(PINNED.replace('@', ':latest@')), PASS],
  ['a template whose image is filled in later', running(''), PASS],
  [
    'the tag latest',
    running('nginx:latest'),
    fails({
      container: 'app',
      path: 'spec.containers[app].image',
      message: 'image docker.io/library/nginx is used by the tag latest',
    }),
  ],
  ['no tag behind a registry with a port', running('registry:5000/app'), fails({ container: 'app' })],
  [
    'a digest that no runtime accepts, so that the tag beside it is never pulled',
    running('nginx:latest@sha256:wxyz'),
    PASS,
  ],
  ['nothing where a digest should be', running('nginx@'), fails({ container: 'app' })],
  [
    'init containers and debug containers too',
    pod({
      initContainers: [container({ name: 'init', image: 'a' })],
      ephemeralContainers: [{ name: 'debug', image: 'b' }],
    }),
    fails({ container: 'init' }, { container: 'debug' }),
  ],
  ['an image that is a number', malformed, undecided('Malformed')],
]);

verdicts(imageDigestNotPinned, [
  ['a digest', running(PINNED), PASS],
  ['a digest of another algorithm', running(`nginx@sha512:${'0'.repeat(128)}`), PASS],
  ['a digest that somebody shortened', running('nginx:1.27@sha256:abc'), PASS],
  ['a template whose image is filled in later', running(''), PASS],
  [
    'a tag only, without naming it, so that a release changes no message',
    running('ghcr.io/shop/web:1.2.3'),
    fails({ container: 'app', message: 'image ghcr.io/shop/web has no digest' }),
  ],
  ['an image that is a number', malformed, undecided('Malformed')],
]);
