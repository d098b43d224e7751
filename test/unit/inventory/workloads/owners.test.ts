import assert from 'node:assert/strict';
import { controllerOf, ownerSort } from '../../../../src/inventory/workloads/owners.ts';

const owner = (apiVersion: string, kind: string): { apiVersion: string; kind: string } => ({ apiVersion, kind });

const SORTS: readonly (readonly [string, ReturnType<typeof owner> | undefined, ReturnType<typeof ownerSort>])[] = [
  ['nobody', undefined, 'Self'],
  ['a Node', owner('v1', 'Node'), 'Self'],
  ['a Deployment', owner('apps/v1', 'Deployment'), 'Top'],
  ['a Deployment of an old version', owner('apps/v1beta1', 'Deployment'), 'Top'],
  ['a CronJob', owner('batch/v1', 'CronJob'), 'Top'],
  ['a ReplicaSet', owner('apps/v1', 'ReplicaSet'), 'Middle'],
  ['a Job', owner('batch/v1', 'Job'), 'Middle'],
  ['a ReplicationController', owner('v1', 'ReplicationController'), 'Middle'],
  ['a Job of another group', owner('batch.example/v1', 'Job'), 'Foreign'],
  ['a Rollout', owner('argoproj.io/v1alpha1', 'Rollout'), 'Foreign'],
];

describe('where an owner leads', () => {
  for (const [name, of, expected] of SORTS)
    it(`is ${expected} for ${name}`, () => assert.equal(ownerSort(of), expected));
});

describe('the controller among ownerReferences', () => {
  const reference = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'u' };

  it('is the one that says so', () => {
    const references = [
      { ...reference, name: 'other' },
      { ...reference, controller: true, blockOwnerDeletion: true },
    ];
    assert.deepEqual(controllerOf(references), reference);
  });

  for (const [name, references] of [
    ['are absent', undefined],
    ['are empty', []],
    ['have no controller', [reference]],
    ['are no list', {}],
  ] as const) {
    it(`is nobody if they ${name}`, () => assert.equal(controllerOf(references), undefined));
  }
});
