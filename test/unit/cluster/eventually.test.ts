import assert from 'node:assert/strict';
import { eventually } from '../../cluster/eventually.ts';

const BRIEFLY = { timeoutMs: 20, intervalMs: 1 };

describe('eventually', () => {
  it('answers what the attempt answers as soon as it does not fail', async () => {
    let attempts = 0;
    const answer = await eventually('the third attempt', () => {
      attempts++;
      if (attempts === 1) throw new Error('not yet');
      return attempts === 3 ? 'found' : undefined;
    });
    assert.deepEqual([answer, attempts], ['found', 3]);
  });

  const falsy: readonly (readonly [string, number | string | null])[] = [
    ['zero', 0],
    ['an empty string', ''],
    ['null', null],
  ];
  for (const [name, value] of falsy) {
    it(`takes ${name} for an answer`, async () => {
      assert.equal(await eventually('there is one', () => value, BRIEFLY), value);
    });
  }

  it('fails with what was waited for and the last failure, which is its cause', async () => {
    const failure = new Error('there are 2 pods');
    const attempt = (): never => {
      throw failure;
    };
    await assert.rejects(eventually('there are 3 pods', attempt, BRIEFLY), {
      message: 'waited 0.02 s in vain until there are 3 pods: there are 2 pods',
      cause: failure,
    });
  });

  it('fails when the attempt never answers, as with a forgotten return', async () => {
    await assert.rejects(
      eventually('there is an answer', async () => Promise.resolve(undefined), BRIEFLY),
      /until there is an answer: the attempt answered undefined/,
    );
  });

  it('tries once even without patience', async () => {
    assert.equal(await eventually('at once', () => 1, { timeoutMs: 0 }), 1);
  });
});
