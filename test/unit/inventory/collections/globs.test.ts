import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { matchesAny } from '../../../../src/inventory/collections/globs.ts';

const CASES: readonly (readonly [glob: string, matched: readonly string[], others: readonly string[]])[] = [
  ['shop', ['shop'], ['shop-a', 'a-shop', 'sho', '']],
  ['shop-*', ['shop-', 'shop-a', 'shop-a-b'], ['shop', 'a-shop-b']],
  ['*-system', ['gke-system', '-system'], ['gke-systems', 'system']],
  ['*', ['shop', 'system:node', 'a/b', 'a.b', 'a\nb', ''], []],
  ['a*a', ['aa', 'aba'], ['a', 'ab']],
  ['a*b*c', ['abc', 'aXbXbXc', 'abcbc'], ['acb', 'abcd']],
  ['*shop*', ['shop', 'the-shop-a'], ['sho-p']],
  ['sh?p', ['shop', 'sh/p'], ['shp', 'shoop']],
  ['*-?', ['a-1', '--'], ['a-', '-']],
  ['?*', ['a', 'ab'], ['']],
  ['a**b', ['ab', 'axb'], ['a']],
  ['[a].{b,c}+(d)!', ['[a].{b,c}+(d)!'], ['a.bd!']],
  ['\\d', ['\\d'], ['d', '1']],
];

/** What a glob means, tried out in all ways. */
function means(glob: string, text: string): boolean {
  const [first, rest] = [glob[0], glob.slice(1)];
  if (first === undefined) return text === '';
  if (first === '*') return means(rest, text) || (text !== '' && means(glob, text.slice(1)));
  return text !== '' && (first === '?' || first === text[0]) && means(rest, text.slice(1));
}

const textOf = (...characters: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...characters), { maxLength: 8 }).map((each) => each.join(''));

describe('A glob', () => {
  for (const [glob, matched, others] of CASES) {
    it(`${JSON.stringify(glob)} matches ${matched.length} of ${matched.length + others.length} texts`, () => {
      const matches = matchesAny([glob]);
      assert.deepEqual([...matched, ...others].filter(matches), matched);
    });
  }

  it('means what trying all ways finds', () => {
    fc.assert(
      fc.property(textOf('a', 'b', '*', '?'), textOf('a', 'b', '?', '.'), (glob, text) => {
        assert.equal(matchesAny([glob])(text), means(glob, text));
      }),
      { numRuns: 5000 },
    );
  });

  // Going back at every asterisk would take longer than the universe has been there.
  it('of a hundred asterisks is answered', () => {
    const glob = `${'*a'.repeat(100)}*b`;
    assert.equal(matchesAny([glob])('a'.repeat(253)), false);
    assert.equal(matchesAny([glob])(`${'a'.repeat(252)}b`), true);
  });
});

describe('Several globs', () => {
  it('match what any of them matches, and none matches nothing', () => {
    assert.deepEqual(['a', 'b', 'c'].filter(matchesAny(['a', 'c*'])), ['a', 'c']);
    assert.deepEqual(['a', ''].filter(matchesAny([])), []);
  });
});
