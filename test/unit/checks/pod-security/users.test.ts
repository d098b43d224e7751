import type { V1SecurityContext } from '@kubernetes/client-node';
import { PASS, SKIP } from '../../../../src/checks/check.ts';
import { runAsRootAllowed, runAsUserZero } from '../../../../src/checks/pod-security/users.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const app = (securityContext: V1SecurityContext): { containers: ReturnType<typeof container>[] } => ({
  containers: [container({ securityContext })],
});
const nonRoot = { runAsNonRoot: true };
const root = { runAsNonRoot: false };
const ofPod = 'spec.securityContext.runAsNonRoot';
const ofApp = 'spec.containers[app].securityContext.runAsNonRoot';

verdicts(runAsRootAllowed, [
  ['a pod that demands another user', pod({ securityContext: nonRoot }), PASS],
  ['a container that demands another user', pod(app(nonRoot)), PASS],
  ['a container that nobody speaks for', pod(), fails({ container: 'app', path: ofApp })],
  ['a container that allows root', pod(app(root)), fails({ container: 'app', path: ofApp })],
  ['a container against its pod', pod({ securityContext: nonRoot, ...app(root) }), fails(ofApp)],
  [
    'a pod that allows root, once',
    pod({ securityContext: root, containers: [container(), container({ name: 'b' })] }),
    fails(ofPod),
  ],
  [
    'a pod that allows root, although its container does not',
    pod({ securityContext: root, ...app(nonRoot) }),
    fails(ofPod),
  ],
  ['a pod and a container that both allow root', pod({ securityContext: root, ...app(root) }), fails(ofPod, ofApp)],
  [
    'the one container that nobody speaks for',
    pod({ initContainers: [container({ name: 'init' })], ...app(nonRoot) }),
    fails({ container: 'init' }),
  ],
  ['a numeric user, which is not looked at', pod(app({ runAsUser: 1000 })), fails(ofApp)],
  ['the oldest policy version', pod({}, {}, 0), fails(ofApp)],
  ['a Windows pod', pod({ os: { name: 'windows' } }), fails(ofApp)],
  ['a user namespace at policy v1.34', pod({ hostUsers: false }, {}, 34), fails(ofApp)],
  ['a user namespace at policy v1.35', pod({ hostUsers: false }, {}, 35), SKIP],
  ['hostUsers: true at policy v1.35', pod({ hostUsers: true }, {}, 35), fails(ofApp)],
  ['a value that is no boolean', pod(app(malformed({}, { runAsNonRoot: 'true' }))), undecided('Malformed')],
]);

verdicts(runAsUserZero, [
  ['a pod that names no user', pod(), PASS],
  ['another user', pod({ securityContext: { runAsUser: 1000 }, ...app({ runAsUser: 1 }) }), PASS],
  [
    'user 0 of a container',
    pod(app({ runAsUser: 0 })),
    fails({ container: 'app', path: 'spec.containers[app].securityContext.runAsUser', message: 'runs as user 0' }),
  ],
  ['user 0 of a pod, once', pod({ securityContext: { runAsUser: 0 } }), fails('spec.securityContext.runAsUser')],
  [
    'user 0 of a pod, although its container overrides it',
    pod({ securityContext: { runAsUser: 0 }, ...app({ runAsUser: 1 }) }),
    fails('spec.securityContext.runAsUser'),
  ],
  ['user 0 that is no number', pod(app(malformed({}, { runAsUser: '0' }))), undecided('Malformed')],
  ['policy v1.22, before the control existed', pod({ securityContext: { runAsUser: 0 } }, {}, 22), SKIP],
  ['policy v1.23', pod({ securityContext: { runAsUser: 0 } }, {}, 23), fails('spec.securityContext.runAsUser')],
  [
    'a user namespace at policy v1.34',
    pod({ hostUsers: false, ...app({ runAsUser: 0 }) }, {}, 34),
    fails({ container: 'app' }),
  ],
  ['a user namespace at policy v1.35', pod({ hostUsers: false, ...app({ runAsUser: 0 }) }, {}, 35), SKIP],
]);
