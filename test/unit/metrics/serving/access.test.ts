import assert from 'node:assert/strict';
import { setImmediate as tick } from 'node:timers/promises';
import {
  rememberedAccess,
  type Access,
  type AccessLimits,
  type KnownAccess,
} from '../../../../src/metrics/serving/access.ts';

/** Asks that are answered when a test says so. */
function questions(): {
  readonly asked: string[];
  readonly ask: (token: string) => Promise<Access>;
  readonly answer: (token: string, access: Access | Error) => void;
} {
  const asked: string[] = [];
  const open = new Map<string, PromiseWithResolvers<Access>>();
  return {
    asked,
    ask: async (token) => {
      asked.push(token);
      const question = Promise.withResolvers<Access>();
      open.set(token, question);
      return question.promise;
    },
    answer: (token, access) => {
      const question = open.get(token);
      assert.ok(question !== undefined, `${token} is not being asked about`);
      open.delete(token);
      if (access instanceof Error) question.reject(access);
      else question.resolve(access);
    },
  };
}

describe('remembered access', () => {
  let nowMs = 0;
  let asked: string[] = [];
  let answers: Record<string, Access> = {};
  const remembering = (limits: Partial<AccessLimits> = {}): KnownAccess =>
    rememberedAccess(
      async (token) => {
        asked.push(token);
        return Promise.resolve(answers[token] ?? 'Unauthenticated');
      },
      () => nowMs,
      { perSecond: 1000, ...limits },
    );

  beforeEach(() => {
    nowMs = 1000;
    asked = [];
    answers = { good: 'Allowed', poor: 'Forbidden', bad: 'Unauthenticated' };
  });

  const counting: readonly (readonly [token: string, Access, countsMs: number])[] = [
    ['good', 'Allowed', 60_000],
    ['poor', 'Forbidden', 10_000],
    ['bad', 'Unauthenticated', 10_000],
  ];
  for (const [token, access, countsMs] of counting) {
    it(`counts ${countsMs / 1000} s if it is ${access}`, async () => {
      const accessOf = remembering();
      assert.equal(await accessOf(token), access);
      nowMs += countsMs - 1;
      assert.equal(await accessOf(token), access);
      assert.deepEqual(asked, [token]);
      nowMs += 1;
      assert.equal(await accessOf(token), access);
      assert.deepEqual(asked, [token, token]);
    });
  }

  it('follows what has changed once its time is over, either way', async () => {
    const accessOf = remembering();
    assert.deepEqual([await accessOf('good'), await accessOf('poor')], ['Allowed', 'Forbidden']);
    answers = { good: 'Forbidden', poor: 'Allowed' };
    nowMs += 60_000;
    assert.deepEqual([await accessOf('good'), await accessOf('poor')], ['Forbidden', 'Allowed']);
    nowMs += 9_999;
    assert.deepEqual([await accessOf('good'), await accessOf('poor')], ['Forbidden', 'Allowed']);
    assert.equal(asked.length, 4);
  });

  it('is asked for once however many come with one token', async () => {
    const { asked: questioned, ask, answer } = questions();
    const accessOf = rememberedAccess(ask, () => nowMs);
    const all = Promise.all([accessOf('a'), accessOf('a'), accessOf('a')]);
    await tick();
    answer('a', 'Allowed');
    assert.deepEqual(await all, ['Allowed', 'Allowed', 'Allowed']);
    assert.deepEqual(questioned, ['a']);
  });

  it('is neither given nor remembered where the question failed', async () => {
    const { asked: questioned, ask, answer } = questions();
    const accessOf = rememberedAccess(ask, () => nowMs);
    const failure = new Error('no answer');
    const failed = Promise.all([accessOf('a'), accessOf('a')].map(async (access) => assert.rejects(access, failure)));
    await tick();
    answer('a', failure);
    await failed;
    const again = accessOf('a');
    await tick();
    answer('a', 'Allowed');
    assert.equal(await again, 'Allowed');
    assert.deepEqual(questioned, ['a', 'a']);
  });

  it('that was allowed is not given any more once it cannot be asked for', async () => {
    const { ask, answer } = questions();
    const accessOf = rememberedAccess(ask, () => nowMs);
    const first = accessOf('a');
    await tick();
    answer('a', 'Allowed');
    assert.equal(await first, 'Allowed');
    nowMs += 60_000;
    const second = accessOf('a');
    const failure = new Error('no answer');
    answer('a', failure);
    await assert.rejects(second, failure);
  });

  it('is asked for so many strangers at a time, lets so many wait, and is too busy for more', async () => {
    const { asked: questioned, ask, answer } = questions();
    const accessOf = rememberedAccess(ask, () => nowMs, { concurrency: 2, waiting: 1, perSecond: 1000 });
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(async (token) => accessOf(token));
    assert.equal(await d, 'Busy');
    assert.deepEqual(questioned, ['a', 'b']);
    answer('b', 'Forbidden');
    assert.equal(await b, 'Forbidden');
    await tick();
    assert.deepEqual(questioned, ['a', 'b', 'c']);
    answer('a', 'Allowed');
    answer('c', 'Unauthenticated');
    assert.deepEqual(await Promise.all([a, c]), ['Allowed', 'Unauthenticated']);
  });

  it('is asked for at once, before all strangers, if it was allowed before', async () => {
    const { asked: questioned, ask, answer } = questions();
    const accessOf = rememberedAccess(ask, () => nowMs, { concurrency: 1, waiting: 1, perSecond: 1000 });
    const first = accessOf('good');
    await tick();
    answer('good', 'Allowed');
    assert.equal(await first, 'Allowed');
    nowMs += 60_000;
    const strangers = [accessOf('x'), accessOf('y')];
    const again = accessOf('good');
    assert.deepEqual(questioned, ['good', 'x', 'good']);
    answer('good', 'Allowed');
    assert.equal(await again, 'Allowed');
    answer('x', 'Unauthenticated');
    await tick();
    answer('y', 'Unauthenticated');
    assert.deepEqual(await Promise.all(strangers), ['Unauthenticated', 'Unauthenticated']);
  });

  it('is that of a stranger once it was refused', async () => {
    const { ask, answer } = questions();
    const accessOf = rememberedAccess(ask, () => nowMs, { concurrency: 1, waiting: 1, perSecond: 1000 });
    for (const access of ['Allowed', 'Forbidden'] as const) {
      const given = accessOf('good');
      await tick();
      answer('good', access);
      assert.equal(await given, access);
      nowMs += 60_000;
    }
    const strangers = [accessOf('x'), accessOf('y')];
    assert.equal(await accessOf('good'), 'Busy');
    for (const token of ['x', 'y']) {
      answer(token, 'Unauthenticated');
      await tick();
    }
    await Promise.all(strangers);
  });

  it('is asked for so many strangers a second', async () => {
    const accessOf = remembering({ perSecond: 2, waiting: 1 });
    const first = await Promise.all(['a', 'b'].map(async (token) => accessOf(token)));
    assert.deepEqual(first, ['Unauthenticated', 'Unauthenticated']);
    const third = accessOf('c');
    assert.equal(await accessOf('d'), 'Busy');
    assert.deepEqual(asked, ['a', 'b']);
    assert.equal(await third, 'Unauthenticated');
    assert.deepEqual(asked, ['a', 'b', 'c']);
  });

  it('is forgotten, oldest first, where more is refused than there is room for, but never what is allowed', async () => {
    const accessOf = remembering({ refusedTokens: 2, waiting: 100 });
    await accessOf('good');
    for (const token of ['a', 'b', 'c']) await accessOf(token);
    asked = [];
    for (const token of ['good', 'c', 'b']) await accessOf(token);
    assert.deepEqual(asked, []);
    await accessOf('a');
    assert.deepEqual(asked, ['a']);
  });

  it('is forgotten, oldest first, where more is allowed than there is room for', async () => {
    answers = { a: 'Allowed', b: 'Allowed', c: 'Allowed' };
    const accessOf = remembering({ allowedTokens: 2 });
    for (const token of ['a', 'b', 'c', 'b']) await accessOf(token);
    assert.deepEqual(asked, ['a', 'b', 'c']);
    await accessOf('a');
    assert.deepEqual(asked, ['a', 'b', 'c', 'a']);
  });
});
