import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { shellCommands } from '../../../../src/inventory/control-plane/shell-words.ts';

const CASES: readonly (readonly [name: string, script: string, commands: readonly (readonly string[])[]])[] = [
  ['divides words by white space', 'etcd  --a\t--b', [['etcd', '--a', '--b']]],
  ['divides commands by ;, &&, | and lines', 'a 1; b && c | d\ne', [['a', '1'], ['b'], ['c'], ['d'], ['e']]],
  ['keeps what is quoted together', `a 'b c' "d ; e"f ''`, [['a', 'b c', 'd ; ef', '']]],
  ['frees what a backslash stands before', 'a b\\ c "d\\"e" \'f\\g\'', [['a', 'b c', 'd"e', 'f\\g']]],
  ['joins lines that end in a backslash', 'a \\\n  b', [['a', 'b']]],
  ['takes a redirection for a word', 'a --b 2>&1 --c', [['a', '--b', '2>&1', '--c']]],
  ['takes a quote that is never closed to the end', `a 'b c`, [['a', 'b c']]],
  ['has no command in nothing', ' ;; \n', []],
];

describe('the words of a shell script', () => {
  for (const [name, script, commands] of CASES) {
    it(name, () => assert.deepEqual(shellCommands(script), commands));
  }

  it('come back from quotes as they were', () => {
    const word = fc.string({ unit: fc.constantFrom('a', ' ', '"', "'", '\\', ';', '\n', '$', '&') });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const script = words.map((each) => `'${each.replaceAll("'", "'\\''")}'`).join(' ');
        assert.deepEqual(shellCommands(script), [words]);
      }),
    );
  });

  it('are found in whatever text there is', () => {
    fc.assert(fc.property(fc.string(), (script) => assert.ok(Array.isArray(shellCommands(script)))));
  });
});
