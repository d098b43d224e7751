import { PASS } from '../../../../src/checks/check.ts';
import { hostPort } from '../../../../src/checks/pod-security/host-ports.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

verdicts(hostPort, [
  ['a container without ports', pod(), PASS],
  ['a port of the pod', pod({ containers: [container({ ports: [{ containerPort: 80 }] })] }), PASS],
  ['host port 0', pod({ containers: [container({ ports: [{ containerPort: 80, hostPort: 0 }] })] }), PASS],
  [
    'a port of the node',
    pod({ containers: [container({ ports: [{ containerPort: 80, hostPort: 8080 }] })] }),
    fails({ container: 'app', path: 'spec.containers[app].ports[8080/TCP].hostPort', key: '8080/TCP' }),
  ],
  [
    'each port and protocol',
    pod({
      initContainers: [
        container({ name: 'sidecar', restartPolicy: 'Always', ports: [{ containerPort: 1, hostPort: 1 }] }),
      ],
      containers: [
        container({
          ports: [
            { containerPort: 53, hostPort: 53, protocol: 'TCP' },
            { containerPort: 53, hostPort: 53, protocol: 'UDP' },
            { containerPort: 80 },
          ],
        }),
      ],
    }),
    fails(
      { container: 'sidecar', key: '1/TCP' },
      { container: 'app', key: '53/TCP' },
      { container: 'app', key: '53/UDP' },
    ),
  ],
  [
    'ports that are no list',
    pod({ containers: [malformed(container(), { ports: { hostPort: 80 } })] }),
    undecided('Malformed'),
  ],
  [
    'ports that are no objects',
    pod({ containers: [malformed(container(), { ports: [8080] })] }),
    undecided('Malformed'),
  ],
]);
