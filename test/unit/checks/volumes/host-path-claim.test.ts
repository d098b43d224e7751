import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { WorkloadInput } from '../../../../src/checks/check.ts';
import { hostPathClaim } from '../../../../src/checks/volumes/host-path-claim.ts';
import type { NodeStorage } from '../../../../src/inventory/facts/volume.ts';
import { specFacts, workload as workloadInput } from '../inputs.ts';
import { fails, verdicts } from '../verdicts.ts';

const hostPath: NodeStorage = { type: 'hostPath', isProvisioned: false };
const provisioned: NodeStorage = { type: 'hostPath', isProvisioned: true };
const local: NodeStorage = { type: 'local', isProvisioned: false };

/** One pod for each claim, all in the volume `data`. */
const workload = (claims: Readonly<Record<string, NodeStorage | undefined>>): WorkloadInput =>
  workloadInput({
    specs: Object.keys(claims).map((claim) => specFacts({ claims: [{ volume: 'data', claim }] })),
    storageBehind: (claim) => claims[claim],
  });

verdicts(hostPathClaim, [
  ['no claim', workloadInput({ specs: [specFacts()] }), SKIP],
  ['a claim on storage that is no node’s', workload({ data: undefined }), PASS],
  [
    'a claim on a hostPath',
    workload({ data: hostPath }),
    fails({ path: 'spec.volumes[data]', key: 'data', severity: 'Medium' }),
  ],
  [
    'a claim on a hostPath that a provisioner made, mildly',
    workload({ data: provisioned }),
    fails({ severity: 'Low', message: 'volume data is a claim on a PersistentVolume of type hostPath' }),
  ],
  ['a claim on a local disk, mildly', workload({ data: local }), fails({ severity: 'Low' })],
  [
    'the pods of a StatefulSet once, by the worst',
    workload({ 'data-web-0': local, 'data-web-1': hostPath }),
    fails({ key: 'data', severity: 'Medium' }),
  ],
]);
