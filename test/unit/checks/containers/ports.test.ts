import type { V1ContainerPort } from '@kubernetes/client-node';
import { PASS } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import { privilegedPortBound, sshPortExposed } from '../../../../src/checks/containers/ports.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const listening = (...ports: V1ContainerPort[]): PodInput => pod({ containers: [container({ ports })] });
const broken = pod({ containers: [malformed(container(), { ports: [{ containerPort: 'ssh' }] })] });

verdicts(privilegedPortBound, [
  ['no ports', pod(), PASS],
  ['the first ordinary port', listening({ containerPort: 1024 }), PASS],
  ['the last privileged port', listening({ containerPort: 1023 }), fails({ container: 'app', key: '1023/TCP' })],
  [
    'one port by two protocols as two',
    listening({ containerPort: 53, protocol: 'UDP' }, { containerPort: 53, protocol: 'TCP' }),
    fails({ key: '53/UDP' }, { key: '53/TCP', path: 'spec.containers[app].ports[53/TCP].containerPort' }),
  ],
  ['a port that is a name', broken, undecided('Malformed')],
]);

verdicts(sshPortExposed, [
  ['no ports', pod(), PASS],
  ['another port', listening({ containerPort: 2222 }), PASS],
  ['the same number by UDP', listening({ containerPort: 22, protocol: 'UDP' }), PASS],
  ['port 22', listening({ containerPort: 8080 }, { containerPort: 22 }), fails({ container: 'app' })],
  ['a port that is a name', broken, undecided('Malformed')],
]);
