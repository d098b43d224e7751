import type { V1Container } from '@kubernetes/client-node';
import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import { imageRegistryDeprecated, imageRegistryNotAllowed } from '../../../../src/checks/images/registries.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';
import { told } from '../../../support/parameters.ts';

const BROKEN = malformed(container(), { image: 7 });
const judged = (spec: V1Container, ...allowedRegistries: readonly string[]): PodInput => ({
  ...pod({ containers: [spec] }),
  parameters: told({ allowedRegistries }),
});
const running = (image: string, ...allowedRegistries: readonly string[]): PodInput =>
  judged(container({ image }), ...allowedRegistries);

verdicts(imageRegistryNotAllowed, [
  ['any image where no registries are named', running('evil.example/app'), SKIP],
  ['an image of an allowed registry', running('ghcr.io/shop/web:1', 'docker.io', 'ghcr.io'), PASS],
  ['an image that names no registry, where Docker Hub is allowed', running('nginx', 'docker.io'), PASS],
  ['a template whose image is filled in later', running('', 'ghcr.io'), PASS],
  [
    'an image of another registry, without its tag',
    running('ghcr.io.evil.example/web:1', 'ghcr.io'),
    fails({
      container: 'app',
      path: 'spec.containers[app].image',
      message: 'image ghcr.io.evil.example/web comes from none of the allowed registries',
    }),
  ],
  [
    'an image of an allowed registry from outside of the allowed path',
    running('ghcr.io/other/web', 'ghcr.io/shop/'),
    fails({ container: 'app' }),
  ],
  ['an image that is a number', judged(BROKEN, 'ghcr.io'), undecided('Malformed')],
]);

verdicts(imageRegistryDeprecated, [
  ['the registry of Kubernetes', running('registry.k8s.io/pause:3.10'), PASS],
  ['another path of a registry that is alive', running('gcr.io/distroless/static'), PASS],
  [
    'the registry that Kubernetes has left',
    running('k8s.gcr.io/pause:3.9'),
    fails({ message: 'image k8s.gcr.io/pause comes from k8s.gcr.io, which is retired: use registry.k8s.io' }),
  ],
  ['its former path', running('gcr.io/google_containers/pause'), fails({ container: 'app' })],
  ['images that are built no more', running('bitnamilegacy/redis:7'), fails({ container: 'app' })],
  ['an image that is a number', judged(BROKEN), undecided('Malformed')],
]);
