import assert from 'node:assert/strict';
import { labelSelectorOf } from '../../../../src/inventory/projections/label-selector.ts';

const EXISTS = { key: 'a', operator: 'Exists' };

const MALFORMED: readonly (readonly [string, unknown, RegExp])[] = [
  ['a selector that is a text', 'app=web', /^selector is not an object$/],
  ['a selector that is a list', [], /^selector is not an object$/],
  ['labels that are a list', { matchLabels: ['app'] }, /^selector\.matchLabels is not an object$/],
  ['a label that is a number', { matchLabels: { app: 1 } }, /^selector\.matchLabels\.app is not a string$/],
  ['expressions that are no list', { matchExpressions: EXISTS }, /^selector\.matchExpressions is not a list$/],
  ['an expression without a key', { matchExpressions: [{ operator: 'Exists' }] }, /\[0\]\.key is not a string$/],
  [
    'an operator that there is not',
    { matchExpressions: [EXISTS, { key: 'a', operator: 'Is' }] },
    /\[1\]\.operator is not one of In, NotIn, Exists, DoesNotExist$/,
  ],
  [
    'a value that is a number',
    { matchExpressions: [{ key: 'a', operator: 'In', values: [1] }] },
    /\.values\[0\] is not a string$/,
  ],
];

describe('what is kept of a label selector', () => {
  it('is nothing that labels must fulfil if it is empty, null or absent', () => {
    for (const selector of [{}, null, undefined, { matchLabels: null, matchExpressions: [] }])
      assert.deepEqual(labelSelectorOf(selector, 'selector'), []);
  });

  it('is its labels and its expressions', () => {
    assert.deepEqual(labelSelectorOf({ matchLabels: { app: 'web' }, matchExpressions: [EXISTS] }, 'selector'), [
      { key: 'app', operator: 'In', values: ['web'] },
      { key: 'a', operator: 'Exists', values: [] },
    ]);
  });

  for (const [what, selector, message] of MALFORMED) {
    it(`is nothing if it has ${what}`, () =>
      assert.throws(() => labelSelectorOf(selector, 'selector'), { code: 'Malformed', message }));
  }
});
