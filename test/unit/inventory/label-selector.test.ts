import assert from 'node:assert/strict';
import { labelsOf } from '../../../src/inventory/facts/labels.ts';
import { labelSelectorOf, selects } from '../../../src/inventory/label-selector.ts';

const select = (selector: unknown, labels: Readonly<Record<string, string>>): boolean | undefined =>
  selects(labelSelectorOf(selector, 'podSelector'), labels);
const expression = (key: string, operator: string, ...values: readonly string[]): unknown => ({
  matchExpressions: [{ key, operator, ...(values.length > 0 && { values }) }],
});

describe('a label selector', () => {
  it('selects everything if it is empty, null or absent', () => {
    for (const selector of [{}, null, undefined, { matchLabels: {}, matchExpressions: [] }])
      assert.equal(select(selector, { app: 'web' }), true);
  });

  it('wants all of its labels', () => {
    const selector = { matchLabels: { app: 'web', tier: 'front' } };
    assert.equal(select(selector, { app: 'web', tier: 'front', more: 'x' }), true);
    assert.equal(select(selector, { app: 'web' }), false);
    assert.equal(select(selector, { app: 'web', tier: 'back' }), false);
  });

  it('wants all of its expressions', () => {
    assert.equal(select(expression('app', 'In', 'web', 'api'), { app: 'api' }), true);
    assert.equal(select(expression('app', 'In', 'web'), {}), false);
    assert.equal(select(expression('app', 'NotIn', 'web'), { app: 'web' }), false);
    assert.equal(select(expression('app', 'NotIn', 'web'), {}), true, 'a missing label is not among the values');
    assert.equal(select(expression('app', 'Exists'), { app: '' }), true);
    assert.equal(select(expression('app', 'Exists'), {}), false);
    assert.equal(select(expression('app', 'DoesNotExist'), { app: '' }), false);
    assert.equal(
      select({ matchLabels: { a: '1' }, ...(expression('b', 'DoesNotExist') as object) }, { a: '1', b: '' }),
      false,
    );
  });

  it('does not take a label for one that objects have by nature', () => {
    assert.equal(select(expression('constructor', 'Exists'), {}), false);
  });

  it('has no answer where it hangs on a label that is made up for each pod, unless the rest decides', () => {
    assert.equal(select({ matchLabels: { 'pod-template-hash': 'abc' } }, {}), undefined);
    assert.equal(select({ matchLabels: { 'pod-template-hash': 'abc', app: 'web' } }, { app: 'api' }), false);
  });

  it('is refused if it is malformed', () => {
    for (const selector of [
      'app=web',
      [],
      { matchLabels: ['app'] },
      { matchLabels: { app: 1 } },
      expression('a', 'Is', 'b'),
    ])
      assert.throws(() => labelSelectorOf(selector, 'podSelector'), { code: 'Malformed' });
  });
});

describe('the labels that are kept', () => {
  it('are the same whatever their order, without those that are made up for each pod', () => {
    const one = labelsOf({ app: 'web', tier: 'front', 'pod-template-hash': 'abc' });
    const two = labelsOf({ 'statefulset.kubernetes.io/pod-name': 'web-0', tier: 'front', app: 'web' });
    assert.equal(one.key, two.key);
    assert.deepEqual(one.values, { app: 'web', tier: 'front' });
  });
});
