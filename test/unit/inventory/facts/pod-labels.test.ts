import assert from 'node:assert/strict';
import type { LabelRequirement } from '../../../../src/inventory/facts/label-selector.ts';
import { podLabelsOf, selectsPods } from '../../../../src/inventory/facts/pod-labels.ts';

const is = (key: string, value: string): LabelRequirement => ({ key, operator: 'In', values: [value] });

describe('the labels of pods that are kept', () => {
  it('are the same whatever their order, without those that are made up for each pod', () => {
    const one = podLabelsOf({ app: 'web', tier: 'front', 'pod-template-hash': 'abc' });
    const two = podLabelsOf({ 'statefulset.kubernetes.io/pod-name': 'web-0', tier: 'front', app: 'web' });
    assert.equal(one.key, two.key);
    assert.deepEqual(one.values, { app: 'web', tier: 'front' });
  });

  it('tell whether a selector selects the pods', () => {
    assert.equal(selectsPods([is('app', 'web')], podLabelsOf({ app: 'web', tier: 'front' })), true);
    assert.equal(selectsPods([is('app', 'web')], podLabelsOf({ app: 'api' })), false);
  });

  it('cannot tell where it hangs on a label that is made up for each pod, unless the rest decides', () => {
    const selector = [is('pod-template-hash', 'abc'), is('app', 'web')];
    assert.equal(selectsPods(selector, podLabelsOf({ app: 'web', 'pod-template-hash': 'abc' })), undefined);
    assert.equal(selectsPods(selector, podLabelsOf({ app: 'api', 'pod-template-hash': 'abc' })), false);
  });
});
