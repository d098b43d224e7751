import type { NodeStorage } from '../../inventory/facts/volume.ts';
import type { Severity } from '../../crds/index.ts';
import { SKIP, finding, verdict, workloadCheck } from '../check.ts';
import type { Violation, WorkloadInput } from '../check.ts';
import { cis } from '../cis.ts';

/**
 * Pod Security lets claims pass, whatever is behind them. Where a provisioner chose the path (local-path and the like), and where
 * the volume is `local`, which only an administrator can make, that is milder. Claims that a pod makes for itself (ephemeral
 * volumes) are called after the pod, and not followed.
 */
export const hostPathClaim = workloadCheck({
  id: 'host-path-claim',
  severity: 'Medium',
  title: 'Claim of the workload is a directory of a node',
  why: 'A PersistentVolume gives what hostPath does, past the Pod Security level that forbids it, and ties the data to one node.',
  fix: 'Use a storage class with volumes of their own, and let only administrators create PersistentVolumes.',
  references: {
    cis: cis('5.2.11', { id: '5.2.12', until: '1.11' }),
    nsa: ['Pod security'],
    kubescape: ['C-0048'],
    checklist: ['no-host-path'],
    urls: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#persistent-volume-creation'],
  },
  reads: ['PersistentVolume', 'PersistentVolumeClaim'],
  inFiles: 'lower-bound',
  maySkip: true,
  evaluate: (workload) =>
    workload.specs.some(({ claims }) => claims.length > 0) ? verdict(violations(workload)) : SKIP,
  example: {
    before: claimOn('hostPath: {path: /etc}'),
    after: claimOn('csi: {driver: csi.example.com, volumeHandle: data}'),
  },
});

function claimOn(storage: string): string {
  return `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers: [{name: web, image: registry.example/web:1}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data, namespace: shop}
spec: {volumeName: data}
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: data}
spec: {${storage}}
`;
}

const severityOf = ({ type, isProvisioned }: NodeStorage): Severity =>
  type === 'hostPath' && !isProvisioned ? 'Medium' : 'Low';

/** One for each volume, whichever pods of a StatefulSet have which claim; of several the worst. */
function violations({ specs, storageBehind }: WorkloadInput): readonly Violation[] {
  const byVolume = new Map<string, NodeStorage>();
  for (const { volume, claim } of specs.flatMap(({ claims }) => claims)) {
    const storage = storageBehind(claim);
    const known = byVolume.get(volume);
    if (storage !== undefined && (known === undefined || isWorse(storage, known))) byVolume.set(volume, storage);
  }
  return [...byVolume].map(([volume, storage]) =>
    finding(`spec.volumes[${volume}]`, `volume ${volume} is a claim on a PersistentVolume of type ${storage.type}`, {
      key: volume,
      severity: severityOf(storage),
    }),
  );
}

/** In one order, whatever that of the pods. */
const rank = (storage: NodeStorage): number =>
  (severityOf(storage) === 'Medium' ? 2 : 0) + (storage.type === 'hostPath' ? 1 : 0);
const isWorse = (a: NodeStorage, b: NodeStorage): boolean => rank(a) > rank(b);
