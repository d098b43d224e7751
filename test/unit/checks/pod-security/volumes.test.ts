import type { V1Volume } from '@kubernetes/client-node';
import { PASS } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import { hostPathVolume, restrictedVolumeType } from '../../../../src/checks/pod-security/volumes.ts';
import { fails, malformed, pod, undecided, verdicts } from '../verdicts.ts';

const having = (...volumes: V1Volume[]): PodInput => pod({ volumes });
const hostPath = { name: 'logs', hostPath: { path: '/var/log' } };
const nfs = { name: 'share', nfs: { server: 'nfs.example', path: '/' } };

verdicts(hostPathVolume, [
  ['a pod without volumes', pod(), PASS],
  ['other volumes', having(nfs, { name: 'tmp', emptyDir: {} }), PASS],
  [
    'a directory of the node',
    having(hostPath),
    fails({ path: 'spec.volumes[logs].hostPath', key: 'logs', message: 'volume logs is /var/log of the node' }),
  ],
  [
    'each of several',
    having(hostPath, { name: 'run', hostPath: { path: '/run' } }),
    fails({ key: 'logs' }, { key: 'run' }),
  ],
  [
    'a hostPath that is no object',
    pod(malformed({}, { volumes: [{ name: 'a', hostPath: '/' }] })),
    undecided('Malformed'),
  ],
]);

verdicts(restrictedVolumeType, [
  ['a pod without volumes', pod(), PASS],
  ['a volume without a kind, which is an emptyDir', having({ name: 'tmp' }), PASS],
  [
    'every kind that is allowed',
    having(
      { name: 'a', configMap: {} },
      { name: 'b', csi: { driver: 'csi.example' } },
      { name: 'c', downwardAPI: {} },
      { name: 'd', emptyDir: {} },
      { name: 'e', ephemeral: {} },
      { name: 'f', image: {} },
      { name: 'g', persistentVolumeClaim: { claimName: 'data' } },
      { name: 'h', projected: {} },
      { name: 'i', secret: {} },
    ),
    PASS,
  ],
  ['a directory of the node', having(hostPath), fails({ path: 'spec.volumes[logs].hostPath', key: 'logs' })],
  ['a storage server', having(nfs), fails({ path: 'spec.volumes[share].nfs', key: 'share' })],
  [
    'a kind that is not known',
    pod(malformed({}, { volumes: [{ name: 'a', novel: {} }] })),
    fails({ path: 'spec.volumes[a].novel', key: 'a' }),
  ],
  ['a kind that is null', pod(malformed({}, { volumes: [{ name: 'a', hostPath: null }] })), PASS],
  [
    'an allowed kind that is no object',
    pod(malformed({}, { volumes: [{ name: 'a', emptyDir: true }] })),
    undecided('Malformed'),
  ],
]);
