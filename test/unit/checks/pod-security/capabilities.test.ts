import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import {
  capabilitiesAddedNonDefault,
  capabilitiesAddedRestricted,
  capabilitiesNotDropped,
} from '../../../../src/checks/pod-security/capabilities.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const having = (capabilities: { add?: string[]; drop?: string[] }, minor = 37): PodInput =>
  pod({ containers: [container({ securityContext: { capabilities } })] }, {}, minor);

const add = 'spec.containers[app].securityContext.capabilities.add';
const drop = 'spec.containers[app].securityContext.capabilities.drop';

verdicts(capabilitiesAddedNonDefault, [
  ['a container that says nothing', pod(), PASS],
  ['an empty list', having({ add: [] }), PASS],
  ['capabilities of the default set', having({ add: ['CHOWN', 'NET_BIND_SERVICE', 'SYS_CHROOT', 'MKNOD'] }), PASS],
  ['a capability beyond', having({ add: ['SYS_ADMIN'] }), fails({ container: 'app', path: add, key: 'SYS_ADMIN' })],
  ['NET_RAW, although runtimes give it', having({ add: ['NET_RAW'] }), fails({ key: 'NET_RAW' })],
  ['the prefix CAP_', having({ add: ['CAP_CHOWN'] }), fails({ key: 'CAP_CHOWN' })],
  ['lower case', having({ add: ['chown'] }), fails({ key: 'chown' })],
  ['ALL', having({ add: ['ALL'] }), fails({ key: 'ALL' })],
  [
    'each of several, once',
    having({ add: ['BPF', 'KILL', 'BPF', 'PERFMON'] }),
    fails({ key: 'BPF' }, { key: 'PERFMON' }),
  ],
  ['the oldest policy version', having({ add: ['SYS_ADMIN'] }, 0), fails({ key: 'SYS_ADMIN' })],
  [
    'a name in place of a list',
    pod({ containers: [malformed(container(), { securityContext: { capabilities: { add: 'BPF' } } })] }),
    undecided('Malformed'),
  ],
]);

verdicts(capabilitiesNotDropped, [
  ['a container that drops ALL', having({ drop: ['ALL'] }), PASS],
  ['ALL among others', having({ drop: ['NET_RAW', 'ALL'] }), PASS],
  ['ALL dropped while another is added', having({ drop: ['ALL'], add: ['SYS_ADMIN'] }), PASS],
  ['a container that says nothing', pod(), fails({ container: 'app', path: drop })],
  ['a container that drops some', having({ drop: ['NET_RAW'] }), fails(drop)],
  [
    'ALL in lower case, with a hint',
    having({ drop: ['all'] }),
    fails({ path: drop, message: 'does not drop ALL capabilities; all must be written ALL' }),
  ],
  ['policy v1.21, before the control existed', pod({}, {}, 21), SKIP],
  ['policy v1.22', pod({}, {}, 22), fails(drop)],
  ['a Windows pod at policy v1.24', pod({ os: { name: 'windows' } }, {}, 24), fails(drop)],
  ['a Windows pod at policy v1.25', pod({ os: { name: 'windows' } }, {}, 25), SKIP],
  [
    'a name in place of a list',
    pod({ containers: [container({ securityContext: malformed({}, { capabilities: { drop: 'ALL' } }) })] }),
    undecided('Malformed'),
  ],
]);

verdicts(capabilitiesAddedRestricted, [
  ['a container that says nothing', pod(), PASS],
  ['NET_BIND_SERVICE', having({ add: ['NET_BIND_SERVICE'] }), PASS],
  ['a capability of the default set', having({ add: ['CHOWN'] }), fails({ container: 'app', path: add, key: 'CHOWN' })],
  ['what is added, whatever is dropped', having({ add: ['KILL'], drop: ['ALL'] }), fails({ path: add, key: 'KILL' })],
  ['policy v1.21, before the control existed', having({ add: ['CHOWN'] }, 21), SKIP],
  ['policy v1.22', having({ add: ['CHOWN'] }, 22), fails({ key: 'CHOWN' })],
  [
    'a list of something else than names',
    pod({ containers: [container({ securityContext: malformed({}, { capabilities: { add: [1] } }) })] }),
    undecided('Malformed'),
  ],
]);
