import { PASS, SKIP } from '../../../../src/checks/check.ts';
import { privilegedContainer, privilegeEscalationAllowed } from '../../../../src/checks/pod-security/privileges.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const privileged = { securityContext: { privileged: true } };
const tame = { securityContext: { allowPrivilegeEscalation: false } };

verdicts(privilegedContainer, [
  ['a container that says nothing', pod(), PASS],
  ['privileged: false', pod({ containers: [container({ securityContext: { privileged: false } })] }), PASS],
  [
    'a privileged container',
    pod({ containers: [container(privileged)] }),
    fails({ container: 'app', path: 'spec.containers[app].securityContext.privileged' }),
  ],
  [
    'each sort of container',
    pod({
      initContainers: [
        container({ name: 'init', ...privileged }),
        container({ name: 'sidecar', restartPolicy: 'Always', ...privileged }),
      ],
      containers: [container({ name: 'tame' }), container(privileged)],
      ephemeralContainers: [container({ name: 'debug', ...privileged })],
    }),
    fails(
      { container: 'init', path: 'spec.initContainers[init].securityContext.privileged' },
      { container: 'sidecar', path: 'spec.initContainers[sidecar].securityContext.privileged' },
      { container: 'app' },
      { container: 'debug', path: 'spec.ephemeralContainers[debug].securityContext.privileged' },
    ),
  ],
  [
    'a security context that is no object',
    pod({ containers: [malformed(container(), { securityContext: 'privileged' })] }),
    undecided('Malformed'),
  ],
]);

verdicts(privilegeEscalationAllowed, [
  ['a container that forbids it', pod({ containers: [container(tame)] }), PASS],
  [
    'a container that says nothing',
    pod(),
    fails({ container: 'app', path: 'spec.containers[app].securityContext.allowPrivilegeEscalation' }),
  ],
  [
    'a container that allows it',
    pod({ containers: [container({ securityContext: { allowPrivilegeEscalation: true } })] }),
    fails({ container: 'app' }),
  ],
  [
    'the one of two containers that says nothing',
    pod({ initContainers: [container({ name: 'init' })], containers: [container(tame)] }),
    fails({ container: 'init' }),
  ],
  ['policy v1.7, before the field existed', pod({}, {}, 7), SKIP],
  ['policy v1.8', pod({}, {}, 8), fails({ container: 'app' })],
  ['a Windows pod at policy v1.24', pod({ os: { name: 'windows' } }, {}, 24), fails({ container: 'app' })],
  ['a Windows pod at policy v1.25', pod({ os: { name: 'windows' } }, {}, 25), SKIP],
  ['a Linux pod at policy v1.25', pod({ os: { name: 'linux' } }, {}, 25), fails({ container: 'app' })],
  [
    'a pod that only its node selector sends to Windows',
    pod({ nodeSelector: { 'kubernetes.io/os': 'windows' } }),
    fails({ container: 'app' }),
  ],
  [
    'a value that is no boolean',
    pod({ containers: [container({ securityContext: malformed({}, { allowPrivilegeEscalation: 'false' }) })] }),
    undecided('Malformed'),
  ],
]);
