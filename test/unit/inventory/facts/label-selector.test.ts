import assert from 'node:assert/strict';
import { selects, type LabelRequirement, type Labels } from '../../../../src/inventory/facts/label-selector.ts';

const LABELS: Labels = { app: 'shop', tier: '' };
const expression = (
  key: string,
  operator: LabelRequirement['operator'],
  ...values: readonly string[]
): LabelRequirement => ({
  key,
  operator,
  values,
});

const LABEL_CASES: readonly (readonly [string, Labels, boolean])[] = [
  ['no labels', {}, true],
  ['a label that it has', { app: 'shop' }, true],
  ['a label with an empty value', { tier: '' }, true],
  ['a label that it has, and one that it has not', { app: 'shop', team: 'a' }, false],
  ['another value', { app: 'blog' }, false],
  ['an empty value of a label that is not there', { team: '' }, false],
  ['what every object inherits', { constructor: 'Object' }, false],
];

const EXPRESSION_CASES: readonly (readonly [LabelRequirement, boolean])[] = [
  [expression('app', 'In', 'blog', 'shop'), true],
  [expression('app', 'In', 'blog'), false],
  [expression('team', 'In', 'a'), false],
  [expression('app', 'NotIn', 'blog'), true],
  [expression('app', 'NotIn', 'shop'), false],
  [expression('team', 'NotIn', 'a'), true],
  [expression('tier', 'Exists'), true],
  [expression('team', 'Exists'), false],
  [expression('team', 'DoesNotExist'), true],
  [expression('app', 'DoesNotExist'), false],
];

describe('a label selector', () => {
  for (const [what, matchLabels, expected] of LABEL_CASES) {
    it(`${expected ? 'selects' : 'does not select'} an object by ${what}`, () =>
      assert.equal(selects({ matchLabels, matchExpressions: [] }, LABELS), expected));
  }

  for (const [requirement, expected] of EXPRESSION_CASES) {
    const { key, operator, values } = requirement;
    it(`${expected ? 'selects' : 'does not select'} an object by ${key} ${operator} ${values.join(', ')}`, () =>
      assert.equal(selects({ matchLabels: {}, matchExpressions: [requirement] }, LABELS), expected));
  }

  it('wants all of its requirements', () => {
    const matchExpressions = [expression('app', 'Exists'), expression('team', 'Exists')];
    assert.equal(selects({ matchLabels: { app: 'shop' }, matchExpressions }, LABELS), false);
  });
});
