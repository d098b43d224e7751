import assert from 'node:assert/strict';
import type { LimitRangeFacts } from '../../../../src/inventory/facts/limit-range.ts';
import { limitRangeProjection } from '../../../../src/inventory/projections/limit-range.ts';
import { meta, raw, type Json } from '../../../support/objects.ts';

function givenBy(...limits: readonly Json[]): LimitRangeFacts['gives'] {
  const ref = { apiVersion: 'v1', kind: 'LimitRange', namespace: 'shop', name: 'defaults', uid: 'uid' };
  return limitRangeProjection.project(raw({ metadata: meta({ name: 'defaults' }), spec: { limits } }), ref).gives;
}

const CASES: readonly (readonly [name: string, item: Json, gives: LimitRangeFacts['gives']])[] = [
  ['a default as limit and as request', { default: { memory: '1Gi' } }, ['limits.memory', 'requests.memory']],
  ['the maximum where there is no default', { max: { memory: '1Gi' } }, ['limits.memory', 'requests.memory']],
  ['a request by itself', { defaultRequest: { cpu: '10m' } }, ['requests.cpu']],
  ['the minimum as request', { min: { memory: '8Mi' } }, ['requests.memory']],
  ['no limit of CPU, as none is asked for', { default: { cpu: '1' } }, ['requests.cpu']],
  ['nothing for what it only keeps in proportion', { maxLimitRequestRatio: { memory: '2' } }, []],
];

describe('What a LimitRange gives to containers', () => {
  for (const [name, item, gives] of CASES) {
    it(`is ${name}`, () => assert.deepEqual(givenBy({ type: 'Container', ...item }), gives));
  }

  it('is nothing that is meant for whole pods or for claims', () => {
    const max = { memory: '1Gi' };
    assert.deepEqual(givenBy({ type: 'Pod', max }, { type: 'PersistentVolumeClaim', max }), []);
  });

  it('is nothing where it has no items', () => {
    const ref = { apiVersion: 'v1', kind: 'LimitRange', namespace: 'shop', name: 'empty', uid: 'uid' };
    assert.deepEqual(limitRangeProjection.project(raw({ metadata: meta({ name: 'empty' }) }), ref).gives, []);
  });

  it('is the sum of its items', () => {
    const items = [{ default: { memory: '1Gi' } }, { defaultRequest: { cpu: '1' } }];
    assert.deepEqual(givenBy(...items.map((item) => ({ type: 'Container', ...item }))), [
      'limits.memory',
      'requests.cpu',
      'requests.memory',
    ]);
  });
});
