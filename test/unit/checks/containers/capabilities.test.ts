import type { V1Capabilities } from '@kubernetes/client-node';
import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import { dangerousCapability, netRawCapability } from '../../../../src/checks/containers/capabilities.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const withCapabilities = (capabilities: V1Capabilities): PodInput =>
  pod({ containers: [container({ securityContext: { capabilities } })] });
const adding = (...add: string[]): PodInput => withCapabilities({ add });
const dropping = (...drop: string[]): PodInput => withCapabilities({ drop });
const broken = pod({ containers: [container({ securityContext: malformed({}, { capabilities: { add: 'ALL' } }) })] });
const windows = pod({ os: { name: 'windows' } });

verdicts(dangerousCapability, [
  ['no capabilities', pod(), PASS],
  ['a harmless one', adding('NET_BIND_SERVICE', 'CHOWN'), PASS],
  ['names that no kernel knows', adding('constructor', 'SYS_ADMIN_'), PASS],
  ['dangerous ones that are dropped', dropping('SYS_ADMIN'), PASS],
  ['a Windows pod', windows, SKIP],
  [
    'what opens the node by itself, as critical',
    adding('SYS_ADMIN'),
    fails({
      container: 'app',
      key: 'SYS_ADMIN',
      severity: 'Critical',
      path: 'spec.containers[app].securityContext.capabilities.add',
    }),
  ],
  ['what needs more than itself, as high', adding('NET_ADMIN'), fails({ key: 'NET_ADMIN', severity: 'High' })],
  ['ALL in any case', adding('all'), fails({ key: 'ALL', message: 'adds ALL capabilities' })],
  ['one that is written in several ways once', adding('CAP_BPF', 'bpf', 'BPF'), fails({ key: 'BPF' })],
  [
    'several, each by itself',
    adding('SYS_PTRACE', 'SYS_TIME', 'KILL'),
    fails({ key: 'SYS_PTRACE' }, { key: 'SYS_TIME' }),
  ],
  [
    'init containers and debug containers too',
    pod({
      initContainers: [container({ name: 'init', securityContext: { capabilities: { add: ['SYS_MODULE'] } } })],
      ephemeralContainers: [{ name: 'debug', securityContext: { capabilities: { add: ['SYS_PTRACE'] } } }],
    }),
    fails({ container: 'init' }, { container: 'debug' }),
  ],
  ['a list that is a string', broken, undecided('Malformed')],
]);

verdicts(netRawCapability, [
  ['ALL dropped', dropping('ALL'), PASS],
  ['NET_RAW dropped', dropping('NET_RAW'), PASS],
  ['lower case, as runtimes take it', dropping('all'), PASS],
  ['a Windows pod', windows, SKIP],
  ['the defaults', pod(), fails({ container: 'app', path: 'spec.containers[app].securityContext.capabilities.drop' })],
  ['another one dropped', dropping('CHOWN'), fails({ container: 'app' })],
  ['a prefix that not every runtime takes off', dropping('CAP_NET_RAW'), fails({ container: 'app' })],
  [
    'NET_RAW added back, once',
    withCapabilities({ drop: ['ALL'], add: ['NET_RAW'] }),
    fails({ message: 'adds the capability NET_RAW' }),
  ],
  ['ALL added', withCapabilities({ drop: ['NET_RAW'], add: ['ALL'] }), fails({ container: 'app' })],
  ['a list that is a string', broken, undecided('Malformed')],
]);
