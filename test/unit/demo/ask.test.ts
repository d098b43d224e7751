import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { askYesNo } from '../../../tools/demo/ask.ts';

describe('asking a person', () => {
  const answers: readonly (readonly [typed: string, yes: boolean])[] = [
    ['y\n', true],
    ['YES \n', true],
    ['n\n', false],
    ['yet another\n', false],
    ['\n', false],
    ['', false],
  ];
  for (const [typed, yes] of answers) {
    it(`takes ${JSON.stringify(typed)} for ${yes ? 'yes' : 'no'}`, async () => {
      const [input, output] = [new PassThrough(), new PassThrough({ encoding: 'utf8' })];
      input.end(typed);
      assert.equal(await askYesNo('Go on?', { input, output }), yes);
      assert.equal(output.read(), 'Go on? [y/N] ');
    });
  }
});
