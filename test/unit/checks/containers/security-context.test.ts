import type { V1SecurityContext } from '@kubernetes/client-node';
import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import { securityContextMissing, writableRootFilesystem } from '../../../../src/checks/containers/security-context.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const withContext = (securityContext: V1SecurityContext): PodInput =>
  pod({ containers: [container({ securityContext })] });
const broken = pod({ containers: [malformed(container(), { securityContext: 'strict' })] });

verdicts(writableRootFilesystem, [
  ['a read-only root', withContext({ readOnlyRootFilesystem: true }), PASS],
  ['a Windows pod', pod({ os: { name: 'windows' } }), SKIP],
  [
    'a pod that only its node selector sends to Windows',
    pod({ nodeSelector: { 'kubernetes.io/os': 'windows' } }),
    fails({ container: 'app' }),
  ],
  ['nothing said', pod(), fails('spec.containers[app].securityContext.readOnlyRootFilesystem')],
  ['readOnlyRootFilesystem: false', withContext({ readOnlyRootFilesystem: false }), fails({ container: 'app' })],
  [
    'the one container of two that is writable, a sidecar',
    pod({
      initContainers: [container({ name: 'proxy', restartPolicy: 'Always' })],
      containers: [container({ securityContext: { readOnlyRootFilesystem: true } })],
    }),
    fails({ container: 'proxy' }),
  ],
  ['a security context that is a string', broken, undecided('Malformed')],
]);

verdicts(securityContextMissing, [
  ['one on the container', withContext({ runAsUser: 1000 }), PASS],
  ['one on the pod', pod({ securityContext: { runAsNonRoot: true } }), PASS],
  ['one for Windows', pod({ os: { name: 'windows' }, securityContext: { windowsOptions: {} } }), PASS],
  ['none anywhere', pod(), fails({ container: 'app', path: 'spec.containers[app].securityContext' })],
  [
    'empty ones, as the API server fills them in',
    pod({ securityContext: {}, containers: [container({ securityContext: {} })] }),
    fails({ container: 'app' }),
  ],
  [
    'one whose fields are all null',
    pod({ securityContext: malformed({}, { runAsUser: null }) }),
    fails({ container: 'app' }),
  ],
  [
    'the container without one beside another that has one',
    pod({ containers: [container({ securityContext: { privileged: false } }), container({ name: 'other' })] }),
    fails({ container: 'other' }),
  ],
  ['a security context that is a string', broken, undecided('Malformed')],
]);
