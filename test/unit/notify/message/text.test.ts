import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fitted, oneLine } from '../../../../src/notify/message/text.ts';

describe('text from the cluster', () => {
  const texts: readonly (readonly [name: string, text: string, shown: string])[] = [
    ['plain', 'privileged is true', 'privileged is true'],
    ['of several lines', 'a\r\nb\tc\u2028d', 'a b c d'],
    ['that turns its direction', 'nginx\u202Egnp.exe', 'nginx gnp.exe'],
    ['with half a character', 'a\uD800b', 'a b'],
    ['with a whole one', 'a😀b', 'a😀b'],
  ];
  for (const [name, text, shown] of texts) {
    it(`is one readable line: ${name}`, () => assert.equal(oneLine(text), shown));
  }

  it('is cut to what fits, with a sign of it', () => {
    assert.equal(fitted('abcdef', 6), 'abcdef');
    assert.equal(fitted('abcdefg', 6), 'abcde…');
    assert.equal(fitted('😀😀😀', 4), '😀…');
  });

  it('is cut between escapes, never in one', () => {
    assert.equal(
      fitted('&&&', 12, () => '&amp;'),
      '&amp;&amp;…',
    );
  });

  it('fits, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        const shown = fitted(text, max, (character) => (character === 'a' ? '&lt;' : character));
        assert.ok(shown.length <= max, shown);
        assert.ok(shown.isWellFormed());
        assert.doesNotMatch(shown, /&(?!lt;)(?=[lt;]|$)/);
      }),
    );
  });

  it('of a megabyte is cut without looking at all of it', () => {
    assert.equal(fitted('x'.repeat(1_000_000), 10), 'xxxxxxxxx…');
  });
});
