import * as fc from 'fast-check';

/** Names that the controls look for, so that what is drawn goes deep where they read. */
const FIELDS = [
  'securityContext',
  'privileged',
  'capabilities',
  'add',
  'drop',
  'seccompProfile',
  'appArmorProfile',
  'seLinuxOptions',
  'windowsOptions',
  'hostProcess',
  'type',
  'user',
  'runAsUser',
  'runAsNonRoot',
  'procMount',
  'allowPrivilegeEscalation',
  'sysctls',
  'name',
  'ports',
  'hostPort',
  'protocol',
  'livenessProbe',
  'lifecycle',
  'preStop',
  'httpGet',
  'host',
  'volumes',
  'hostPath',
  'path',
  'emptyDir',
  'hostNetwork',
  'hostUsers',
  'os',
  '__proto__',
  'constructor',
];

const WORDS = ['ALL', 'RuntimeDefault', 'windows', 'Unmasked', '', 'NET_RAW'];

const anything = fc.object({
  key: fc.constantFrom(...FIELDS),
  maxDepth: 5,
  values: [
    fc.boolean(),
    fc.integer({ min: -1, max: 2 }),
    fc.constantFrom(...WORDS),
    fc.constant(null),
    fc.array(fc.constantFrom<unknown>(...WORDS, 0, null, {}, []), { maxLength: 3 }),
  ],
});

const container = fc
  .record({ name: fc.constantFrom('app', 'app', 'b', ''), rest: anything })
  .map(({ name, rest }) => Object.assign({}, rest, { name, image: 'registry.example/app:1.0' }));

/** Objects in the shape of a pod spec as far as its containers are objects with names; anything may be inside. */
export const podLikeJson = fc.record({
  spec: fc
    .record({
      rest: anything,
      containers: fc.array(container, { maxLength: 2 }),
      initContainers: fc.array(container, { maxLength: 2 }),
    })
    .map(({ rest, ...containers }) => Object.assign({}, rest, containers)),
  annotations: fc.dictionary(
    fc.constantFrom(
      'container.apparmor.security.beta.kubernetes.io/app',
      'seccomp.security.alpha.kubernetes.io/pod',
      'container.seccomp.security.alpha.kubernetes.io/app',
    ),
    fc.constantFrom('unconfined', 'runtime/default', ''),
  ),
});
