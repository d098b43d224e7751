import type { V1Container } from '@kubernetes/client-node';
import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import { probeHostField } from '../../../../src/checks/pod-security/probe-hosts.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const having = (more: Partial<V1Container>, minor = 37): PodInput => pod({ containers: [container(more)] }, {}, minor);
const http = { httpGet: { port: 80, host: 'metadata.example' } };
const tcp = { tcpSocket: { port: 80, host: 'metadata.example' } };

verdicts(probeHostField, [
  ['a container without probes', pod(), PASS],
  [
    'probes of the pod itself',
    having({ livenessProbe: { httpGet: { port: 80 } }, readinessProbe: { tcpSocket: { port: 80 } } }),
    PASS,
  ],
  ['an empty host', having({ livenessProbe: { httpGet: { port: 80, host: '' } } }), PASS],
  [
    'probes of other kinds',
    having({ livenessProbe: { exec: { command: ['true'] } }, readinessProbe: { grpc: { port: 1 } } }),
    PASS,
  ],
  [
    '127.0.0.1, which is the node to the kubelet',
    having({ livenessProbe: { tcpSocket: { port: 80, host: '127.0.0.1' } } }),
    fails('spec.containers[app].livenessProbe.tcpSocket.host'),
  ],
  [
    'every probe and hook',
    having({
      livenessProbe: http,
      readinessProbe: tcp,
      startupProbe: http,
      lifecycle: { postStart: tcp, preStop: http },
    }),
    fails(
      { container: 'app', key: 'livenessProbe.httpGet' },
      { container: 'app', key: 'readinessProbe.tcpSocket' },
      { container: 'app', key: 'startupProbe.httpGet' },
      { container: 'app', key: 'lifecycle.postStart.tcpSocket' },
      { container: 'app', key: 'lifecycle.preStop.httpGet' },
    ),
  ],
  [
    'a sidecar',
    pod({ initContainers: [container({ name: 'sidecar', restartPolicy: 'Always', startupProbe: http })] }),
    fails({ container: 'sidecar' }),
  ],
  ['policy v1.33, before the control existed', having({ livenessProbe: http }, 33), SKIP],
  ['policy v1.34', having({ livenessProbe: http }, 34), fails({ container: 'app' })],
  [
    'a host that is no string',
    having({ livenessProbe: { httpGet: malformed({ port: 80 }, { host: 1 }) } }),
    undecided('Malformed'),
  ],
]);
