import { PASS, SKIP } from '../../../../src/checks/check.ts';
import {
  hostAliases,
  shareProcessNamespace,
  userNamespaceNotUsed,
} from '../../../../src/checks/workloads/pod-options.ts';
import { fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

verdicts(userNamespaceNotUsed, [
  ['a user namespace of its own', pod({ hostUsers: false }), PASS],
  ['a Windows pod', pod({ os: { name: 'windows' } }), SKIP],
  ['a pod in a namespace of its node', pod({ hostPID: true }), SKIP],
  ['nothing said', pod(), fails('spec.hostUsers')],
  ['hostUsers: true', pod({ hostUsers: true }), fails('spec.hostUsers')],
  ['a word', pod(malformed({}, { hostUsers: 'no' })), undecided('Malformed')],
]);

verdicts(shareProcessNamespace, [
  ['nothing said', pod(), PASS],
  ['shareProcessNamespace: false', pod({ shareProcessNamespace: false }), PASS],
  ['shareProcessNamespace: true', pod({ shareProcessNamespace: true }), fails('spec.shareProcessNamespace')],
  ['a word', pod(malformed({}, { shareProcessNamespace: 'yes' })), undecided('Malformed')],
]);

verdicts(hostAliases, [
  ['none', pod(), PASS],
  ['an empty list', pod({ hostAliases: [] }), PASS],
  [
    'names for two addresses',
    pod({
      hostAliases: [
        { ip: '192.0.2.1', hostnames: ['a'] },
        { ip: '192.0.2.2', hostnames: ['b'] },
      ],
    }),
    fails({ key: '192.0.2.1', path: 'spec.hostAliases[192.0.2.1].hostnames' }, { key: '192.0.2.2' }),
  ],
  ['a string', pod(malformed({}, { hostAliases: 'a' })), undecided('Malformed')],
]);
