import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import { procMountUnmasked, procMountUnmaskedRestricted } from '../../../../src/checks/pod-security/proc-mount.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const unmasked = (hostUsers: boolean, minor: number): PodInput =>
  pod({ hostUsers, containers: [container({ securityContext: { procMount: 'Unmasked' } })] }, {}, minor);
const path = 'spec.containers[app].securityContext.procMount';

verdicts(procMountUnmasked, [
  ['a container that says nothing', pod(), PASS],
  ['Default', pod({ containers: [container({ securityContext: { procMount: 'Default' } })] }), PASS],
  ['Unmasked', unmasked(true, 37), fails({ container: 'app', path })],
  ['Unmasked at the oldest policy version', unmasked(true, 0), fails(path)],
  ['Unmasked in a user namespace at policy v1.34', unmasked(false, 34), fails(path)],
  ['Unmasked in a user namespace at policy v1.35', unmasked(false, 35), SKIP],
  [
    'a value that is no string',
    pod({ containers: [container({ securityContext: malformed({}, { procMount: true }) })] }),
    undecided('Malformed'),
  ],
]);

verdicts(procMountUnmaskedRestricted, [
  ['a container that says nothing', pod(), PASS],
  ['Unmasked at policy v1.34, before the control existed', unmasked(false, 34), SKIP],
  ['Unmasked in a user namespace at policy v1.35', unmasked(false, 35), fails({ container: 'app', path })],
  ['Unmasked elsewhere at policy v1.35', unmasked(true, 35), fails(path)],
  [
    'a value that is no string',
    pod({ containers: [container({ securityContext: malformed({}, { procMount: true }) })] }),
    undecided('Malformed'),
  ],
]);
