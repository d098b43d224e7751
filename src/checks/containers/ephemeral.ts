import { finding, podCheck, verdict } from '../check.ts';
import { podWith } from '../example-pods.ts';

/** Only live pods can have one: no template may hold it, and none is ever taken away from a pod. */
export const ephemeralDebugContainer = podCheck({
  id: 'ephemeral-debug-container',
  severity: 'Low',
  title: 'Debug container was added to a running pod',
  why: 'It brings tools that the image was kept free of, may share the processes of the others, and stays as long as the pod.',
  fix: 'Delete the pod when the debugging is done; a new one comes without it. Ask who added it, if nobody knows.',
  references: { mitre: ['T1609'], kyverno: ['block-ephemeral-containers'] },
  unmapped: 'debug containers are younger than what the frameworks say of exec',
  example: {
    before: podWith('ephemeralContainers:\n  - name: debugger\n    image: registry.example/shell:1.0'),
    after: podWith('containers:\n  - name: app\n    image: registry.example/app:1.0'),
  },
  evaluate: ({ containers }) =>
    verdict(
      containers
        .filter(({ sort }) => sort === 'ephemeralContainers')
        .map(({ name, path }) => finding(path, `container ${name} was added to a live pod`, { container: name })),
    ),
});
