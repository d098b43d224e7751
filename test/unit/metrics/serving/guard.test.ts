import assert from 'node:assert/strict';
import type { Access } from '../../../../src/metrics/serving/access.ts';
import { createGuard, type Guard } from '../../../../src/metrics/serving/guard.ts';
import { recordingLogger, type Said } from '../../../support/recording-logger.ts';

const ACCESS: Readonly<Record<string, Access>> = { good: 'Allowed', poor: 'Forbidden', bad: 'Unauthenticated' };
const FAILURE = new Error('the API server is away');

describe('the guard of the metrics', () => {
  let asked: string[] = [];
  let nowMs = 0;
  let said: Said[] = [];
  let guard: Guard;

  beforeEach(() => {
    asked = [];
    nowMs = 0;
    const recording = recordingLogger();
    said = recording.said;
    guard = createGuard({
      askAccess: async (token) => {
        asked.push(token);
        const access = ACCESS[token];
        return access === undefined ? Promise.reject(FAILURE) : Promise.resolve(access);
      },
      nowMs: () => nowMs,
      logger: recording.logger,
    });
  });

  const passed: readonly (readonly [name: string, authorization: string])[] = [
    ['the scheme as it is written', 'Bearer good'],
    ['the scheme in small letters', 'bearer good'],
    ['more than one space', 'BEARER   good'],
  ];
  for (const [name, authorization] of passed) {
    it(`lets an allowed token pass: ${name}`, async () => {
      assert.equal(await guard({ authorization }), undefined);
      assert.deepEqual(asked, ['good']);
    });
  }

  const unasked: readonly (readonly [name: string, authorization: string | undefined])[] = [
    ['no header', undefined],
    ['an empty one', ''],
    ['another scheme', 'Basic Z29vZA=='],
    ['no token', 'Bearer '],
    ['a token alone', 'good'],
    ['two tokens', 'Bearer good good'],
    ['a token with other letters', 'Bearer go"od'],
    ['a token with a line break', 'Bearer good\nX: y'],
    ['something after the padding', 'Bearer good=x'],
  ];
  for (const [name, authorization] of unasked) {
    it(`answers 401 and asks nobody: ${name}`, async () => {
      const answer = await guard(authorization === undefined ? {} : { authorization });
      assert.equal(answer?.status, 401);
      assert.equal(answer.headers?.['www-authenticate'], 'Bearer');
      assert.deepEqual(asked, []);
    });
  }

  const refused: readonly (readonly [name: string, token: string, status: number, challenge: string | undefined])[] = [
    ['401 to a token that is nobody’s', 'bad', 401, 'Bearer'],
    ['403 to a token that may not', 'poor', 403, undefined],
    ['503 while it cannot be known', 'unknown', 503, undefined],
  ];
  for (const [name, token, status, challenge] of refused) {
    it(`answers ${name}, and ends the connection`, async () => {
      const answer = await guard({ authorization: `Bearer ${token}` });
      assert.equal(answer?.status, status);
      assert.deepEqual(answer.headers, {
        connection: 'close',
        ...(challenge !== undefined && { 'www-authenticate': challenge }),
      });
      assert.ok(!answer.body.includes(token));
    });
  }

  it('answers 429 to strangers where too many are asked about', async () => {
    const answer = Promise.withResolvers<Access>();
    guard = createGuard({
      askAccess: async () => answer.promise,
      accessLimits: { concurrency: 1, waiting: 1 },
      nowMs: () => nowMs,
      logger: recordingLogger().logger,
    });
    const others = ['a', 'b'].map(async (token) => guard({ authorization: `Bearer ${token}` }));
    const busy = await guard({ authorization: 'Bearer c' });
    assert.deepEqual([busy?.status, busy?.headers?.['retry-after']], [429, '1']);
    answer.resolve('Forbidden');
    assert.deepEqual(
      (await Promise.all(others)).map((other) => other?.status),
      [403, 403],
    );
  });

  it('says once a minute why nobody is let in, and never with which token', async () => {
    const fail = async (): Promise<unknown> => guard({ authorization: 'Bearer unknown' });
    await fail();
    nowMs = 59_999;
    await fail();
    assert.equal(said.length, 1);
    nowMs = 60_000;
    await fail();
    const line = {
      level: 'warn',
      message: 'metrics are kept back: the API server cannot be asked who may read them',
      fields: { error: FAILURE },
    };
    assert.deepEqual(said, [line, line]);
  });
});
