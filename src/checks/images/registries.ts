import { cis } from '../cis.ts';
import { containerCheck } from '../container-check.ts';
import { running } from '../example-pods.ts';
import { comesFrom } from './image-origin.ts';
import { perImage } from './per-image.ts';

/** Nothing in a cluster says which registries are trusted: without a list there is nothing to compare with. */
export const imageRegistryNotAllowed = containerCheck({
  id: 'image-registry-not-allowed',
  severity: 'Medium',
  title: 'Image comes from a registry that is not allowed',
  why: 'Nobody has looked at what that registry holds, and whoever can push there decides what runs here.',
  fix:
    'Copy the image to a registry of yours, or add its registry to --allowed-registries. The check does nothing until ' +
    'that is set.',
  references: {
    cis: cis('5.5.1'),
    trivy: ['KSV-0125'],
    kubescape: ['C-0078', 'C-0001'],
    kyverno: ['restrict-image-registries'],
    gatekeeper: ['allowedrepos'],
  },
  parameters: ['allowedRegistries'],
  example: {
    before: running('docker.io/someone/app:1.0'),
    after: running('registry.example/app:1.0'),
  },
  skips: ({ parameters }) => parameters.allowedRegistries.length === 0,
  evaluate: perImage((reference, name, { parameters }) =>
    parameters.allowedRegistries.some((origin) => comesFrom(reference, origin))
      ? undefined
      : `image ${name} comes from none of the allowed registries`,
  ),
});

/** Where images are frozen or gone, with what to do about it. */
const RETIRED: readonly (readonly [origin: string, advice: string])[] = [
  ['k8s.gcr.io', 'use registry.k8s.io'],
  ['gcr.io/google_containers', 'use registry.k8s.io'],
  ['gcr.io/google-containers', 'use registry.k8s.io'],
  ['gcr.io/kubernetes-helm', 'Helm 2 has ended'],
  ['quay.io/kubernetes-ingress-controller', 'use registry.k8s.io/ingress-nginx'],
  ['docker.pkg.github.com', 'use ghcr.io'],
  ['docker.io/bitnamilegacy', 'use an image that is still built'],
];

/** The Kubernetes registry was frozen on 3 April 2023; the others followed their projects. */
export const imageRegistryDeprecated = containerCheck({
  id: 'image-registry-deprecated',
  severity: 'Medium',
  title: 'Image comes from a registry that has been retired',
  why: 'It gets no fixes there any more, and one day it cannot be pulled when a pod moves to another node.',
  fix: 'Use the registry that the project publishes to now; for images of Kubernetes that is registry.k8s.io.',
  references: {
    kubescape: ['C-0253'],
    kyverno: ['restrict-deprecated-registry'],
    checklist: ['current-images'],
    urls: ['https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/'],
  },
  example: {
    before: running('k8s.gcr.io/pause:3.9'),
    after: running('registry.k8s.io/pause:3.9'),
  },
  evaluate: perImage((reference, name) => {
    const [origin, advice] = RETIRED.find(([each]) => comesFrom(reference, each)) ?? [];
    return origin === undefined ? undefined : `image ${name} comes from ${origin}, which is retired: ${advice}`;
  }),
});
