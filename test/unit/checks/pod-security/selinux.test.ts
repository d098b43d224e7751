import type { V1SELinuxOptions } from '@kubernetes/client-node';
import { PASS } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import { seLinuxCustomOptions } from '../../../../src/checks/pod-security/selinux.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const having = (seLinuxOptions: V1SELinuxOptions, minor = 37): PodInput =>
  pod({ securityContext: { seLinuxOptions } }, {}, minor);
const path = 'spec.securityContext.seLinuxOptions';

verdicts(seLinuxCustomOptions, [
  ['a pod that says nothing', pod(), PASS],
  ['empty values', having({ type: '', user: '', role: '' }), PASS],
  ['a level', having({ level: 's0:c123,c456' }), PASS],
  ...['container_t', 'container_init_t', 'container_kvm_t'].map(
    (type) => [`the type ${type} at the oldest policy version`, having({ type }, 0), PASS] as const,
  ),
  ['another type', having({ type: 'spc_t' }), fails({ path: `${path}.type`, key: 'type' })],
  ['a user', having({ user: 'system_u' }), fails({ path: `${path}.user`, key: 'user' })],
  ['a role', having({ role: 'sysadm_r' }), fails({ path: `${path}.role`, key: 'role' })],
  [
    'all of them',
    having({ type: 'x', user: 'y', role: 'z' }),
    fails({ key: 'type' }, { key: 'user' }, { key: 'role' }),
  ],
  [
    'the options of a container',
    pod({ containers: [container({ securityContext: { seLinuxOptions: { type: 'spc_t' } } })] }),
    fails({ container: 'app', path: 'spec.containers[app].securityContext.seLinuxOptions.type' }),
  ],
  ['container_engine_t at policy v1.30', having({ type: 'container_engine_t' }, 30), fails({ key: 'type' })],
  ['container_engine_t at policy v1.31', having({ type: 'container_engine_t' }, 31), PASS],
  ['a type that is no string', having(malformed({}, { type: 1 })), undecided('Malformed')],
]);
