import type { V1Volume } from '@kubernetes/client-node';
import * as fc from 'fast-check';

type Source = Omit<V1Volume, 'name'>;

const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };

const tame: fc.Arbitrary<Source> = fc.constantFrom<Source>(
  {},
  { emptyDir: {} },
  { configMap: { name: 'settings' } },
  { csi: { driver: 'csi.example' } },
  { downwardAPI: { items: [] } },
  { ephemeral: { volumeClaimTemplate: { spec: claim } } },
  { image: { reference: 'registry.example/data:1.0' } },
  { persistentVolumeClaim: { claimName: 'data' } },
  { projected: { sources: [] } },
  { secret: { secretName: 'password' } },
);

const hostPath = fc.constant<Source>({ hostPath: { path: '/var/log' } });

const wild: fc.Arbitrary<Source> = fc.constantFrom<Source>(
  { awsElasticBlockStore: { volumeID: 'volume' } },
  { azureDisk: { diskName: 'disk', diskURI: '/subscriptions/1/disk' } },
  { azureFile: { secretName: 'azure', shareName: 'share' } },
  { cephfs: { monitors: ['monitor.example'] } },
  { cinder: { volumeID: 'volume' } },
  { fc: { targetWWNs: ['500a0982991b8dc5'], lun: 0 } },
  { flexVolume: { driver: 'example/driver' } },
  { flocker: { datasetName: 'data' } },
  { gcePersistentDisk: { pdName: 'disk' } },
  { gitRepo: { repository: 'https://git.example/repository' } },
  { glusterfs: { endpoints: 'gluster', path: 'data' } },
  { iscsi: { targetPortal: '192.0.2.1:3260', iqn: 'iqn.2001-04.example.storage:data', lun: 0 } },
  { nfs: { server: 'nfs.example', path: '/data' } },
  { photonPersistentDisk: { pdID: 'disk' } },
  { portworxVolume: { volumeID: 'volume' } },
  { quobyte: { registry: 'quobyte.example:7861', volume: 'data' } },
  { rbd: { monitors: ['monitor.example'], image: 'data' } },
  { scaleIO: { gateway: 'https://scaleio.example', system: 'sio', secretRef: { name: 'sio' }, volumeName: 'data' } },
  { storageos: { volumeName: 'data' } },
  { vsphereVolume: { volumePath: '[store] data' } },
);

/** Up to three volumes, with each kind that the API has among them. */
export const volumes: fc.Arbitrary<V1Volume[]> = fc
  .array(
    fc.oneof(
      { withCrossShrink: true },
      { weight: 12, arbitrary: tame },
      { weight: 1, arbitrary: hostPath },
      { weight: 2, arbitrary: wild },
    ),
    { maxLength: 3 },
  )
  .map((sources) => sources.map((source, index) => Object.assign({ name: `volume-${index}` }, source)));
