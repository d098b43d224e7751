import type { V1VolumeMount } from '@kubernetes/client-node';
import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import {
  containerRuntimeSocket,
  hostPathSensitive,
  hostPathWritable,
} from '../../../../src/checks/volumes/host-paths.ts';
import { container, fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const MIRROR = { 'kubernetes.io/config.mirror': 'hash' };
const hostPath = (path: string, name = 'data') => ({ name, hostPath: { path } });
const withPath = (path: string): PodInput => pod({ volumes: [hostPath(path)] });
const broken = pod({ volumes: [malformed({ name: 'data' }, { hostPath: '/etc' })] });

verdicts(hostPathSensitive, [
  ['no volumes', pod(), PASS],
  ['a directory of its own', withPath('/srv/data'), PASS],
  ['a volume of another sort', pod({ volumes: [{ name: 'etc', emptyDir: {} }] }), PASS],
  ['a path that is filled in later', withPath(''), PASS],
  ['a mirror pod', pod({ volumes: [hostPath('/etc')] }, MIRROR), SKIP],
  ['a Windows pod', pod({ os: { name: 'windows' }, volumes: [hostPath('/etc')] }), SKIP],
  [
    'a sensitive directory',
    withPath('/etc/kubernetes'),
    fails({ key: 'data', severity: 'Critical', path: 'spec.volumes[data].hostPath.path' }),
  ],
  [
    'a way around',
    withPath('//var/log/../lib/./kubelet/'),
    fails({ message: 'volume data gives /var/lib/kubelet of the node' }),
  ],
  ['more steps back than there are', withPath('/../../etc'), fails({ key: 'data' })],
  [
    'two volumes, each by itself',
    pod({ volumes: [hostPath('/', 'root'), hostPath('/sys', 'sys')] }),
    fails({ key: 'root' }, { key: 'sys' }),
  ],
  ['a hostPath that is a string', broken, undecided('Malformed')],
]);

verdicts(containerRuntimeSocket, [
  ['no volumes', pod(), PASS],
  ['another socket', withPath('/run/app.sock'), PASS],
  ['a mirror pod', pod({ volumes: [hostPath('/run')] }, MIRROR), SKIP],
  ['the socket of Docker', withPath('/var/run/docker.sock'), fails({ key: 'data' })],
  ['the directory of the socket of containerd', withPath('/run/containerd/'), fails({ key: 'data' })],
  ['the whole node', withPath('/'), fails({ key: 'data' })],
  ['the pipe of Docker on Windows', withPath(String.raw`\\.\pipe\docker_engine`), fails({ key: 'data' })],
  ['a hostPath that is a string', broken, undecided('Malformed')],
]);

const mounting = (...volumeMounts: V1VolumeMount[]): PodInput =>
  pod({ containers: [container({ volumeMounts })], volumes: [hostPath('/srv/data'), { name: 'tmp', emptyDir: {} }] });

verdicts(hostPathWritable, [
  ['a volume that nobody mounts', withPath('/srv/data'), PASS],
  ['a mount for reading', mounting({ name: 'data', mountPath: '/data', readOnly: true }), PASS],
  ['a writable volume that is not of the node', mounting({ name: 'tmp', mountPath: '/tmp' }), PASS],
  ['a mirror pod', { ...mounting({ name: 'data', mountPath: '/data' }), annotations: MIRROR }, SKIP],
  [
    'a mount that does not say',
    mounting({ name: 'data', mountPath: '/data' }),
    fails({ container: 'app', key: 'data', path: 'spec.containers[app].volumeMounts[/data].readOnly' }),
  ],
  [
    'a recursive one that is not for reading in the first place',
    mounting({ name: 'data', mountPath: '/data', recursiveReadOnly: 'Enabled' }),
    fails({ key: 'data' }),
  ],
  [
    'one volume that is mounted twice once, at the first path',
    mounting(
      { name: 'data', mountPath: '/z' },
      { name: 'data', mountPath: '/a' },
      { name: 'data', mountPath: '/b', readOnly: true },
    ),
    fails({ path: 'spec.containers[app].volumeMounts[/a].readOnly' }),
  ],
  [
    'mounts of two volumes, each at its own path',
    pod({
      containers: [
        container({
          volumeMounts: [
            { name: 'data', mountPath: '/a' },
            { name: 'logs', mountPath: '/b' },
          ],
        }),
      ],
      volumes: [hostPath('/srv/data'), { name: 'logs', hostPath: { path: '/var/log/app' } }],
    }),
    fails(
      { key: 'data', path: 'spec.containers[app].volumeMounts[/a].readOnly' },
      { key: 'logs', path: 'spec.containers[app].volumeMounts[/b].readOnly' },
    ),
  ],
  [
    'a mount that is a string',
    pod({ containers: [malformed(container(), { volumeMounts: ['data'] })] }),
    undecided('Malformed'),
  ],
]);
