import assert from 'node:assert/strict';
import { selects, type LabelRequirement, type Labels } from '../../../../src/inventory/facts/label-selector.ts';

const LABELS: Labels = { app: 'shop', tier: '' };
const requirement = (
  key: string,
  operator: LabelRequirement['operator'],
  ...values: readonly string[]
): LabelRequirement => ({ key, operator, values });

const CASES: readonly (readonly [LabelRequirement, boolean])[] = [
  [requirement('app', 'In', 'blog', 'shop'), true],
  [requirement('app', 'In', 'blog'), false],
  [requirement('tier', 'In', ''), true],
  [requirement('team', 'In', ''), false],
  [requirement('constructor', 'In', 'Object'), false],
  [requirement('app', 'NotIn', 'blog'), true],
  [requirement('app', 'NotIn', 'shop'), false],
  [requirement('team', 'NotIn', 'a'), true],
  [requirement('tier', 'Exists'), true],
  [requirement('team', 'Exists'), false],
  [requirement('constructor', 'Exists'), false],
  [requirement('team', 'DoesNotExist'), true],
  [requirement('app', 'DoesNotExist'), false],
];

describe('a label selector', () => {
  for (const [wanted, expected] of CASES) {
    const { key, operator, values } = wanted;
    it(`${expected ? 'selects' : 'does not select'} an object by ${key} ${operator} ${values.join(', ')}`, () =>
      assert.equal(selects([wanted], LABELS), expected));
  }

  it('selects everything if it is empty', () => assert.equal(selects([], {}), true));

  it('wants all of its requirements', () => {
    const app = requirement('app', 'In', 'shop');
    assert.equal(selects([app, requirement('tier', 'Exists')], LABELS), true);
    assert.equal(selects([app, requirement('team', 'Exists')], LABELS), false);
  });
});
