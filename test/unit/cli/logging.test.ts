import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import * as fc from 'fast-check';
import { createLogger, type LoggingOptions } from '../../../src/cli/logging.ts';
import type { LogFields, Logger } from '../../../src/kube/logger.ts';

const TIME = '2026-01-31T12:00:00.000Z';

/** What the logger wrote while `use` ran. */
function written(options: Partial<LoggingOptions>, use: (logger: Logger) => void): string {
  const stream = new PassThrough();
  use(createLogger({ level: 'info', format: 'json', stream, now: () => new Date(TIME), ...options }));
  return String(stream.read() ?? '');
}

/** That a line with these fields reads, parsed again, as expected. */
function assertFields(fields: LogFields, expected: LogFields, options: Partial<LoggingOptions> = {}): void {
  const line: unknown = JSON.parse(written(options, (logger) => logger.info('m', fields)));
  assert.deepEqual(line, { time: TIME, level: 'info', message: 'm', ...expected });
}

function withCode(message: string, code: string, cause?: unknown): Error {
  return Object.assign(new Error(message, cause === undefined ? {} : { cause }), { code });
}

describe('The logger', () => {
  it('writes one line of JSON per call: time, level, message, then the fields', () => {
    const text = written({}, (logger) => {
      logger.info('report written', { subject: 'deployment-web', findings: 3 });
      logger.error('watch ended');
    });
    assert.equal(
      text,
      `{"time":"${TIME}","level":"info","message":"report written","subject":"deployment-web","findings":3}\n` +
        `{"time":"${TIME}","level":"error","message":"watch ended"}\n`,
    );
  });

  it('writes text for people as key=value, quoting what would be ambiguous', () => {
    const text = written({ format: 'text' }, (logger) =>
      logger.warn('list failed', {
        resource: 'pods',
        reason: 'no such host',
        attempt: 2,
        range: [1, 2],
        empty: '',
        eq: 'a=b',
      }),
    );
    assert.equal(
      text,
      `${TIME} WARN  list failed resource=pods reason="no such host" attempt=2 range=[1,2] empty="" eq="a=b"\n`,
    );
  });

  it('never lets a value begin a new line in text', () => {
    const text = written({ format: 'text' }, (logger) =>
      logger.info('a\nb', { forged: 'x\n2026 ERROR y', separator: 'x\u2028y', nested: { escape: '\u001b[31m\u009b' } }),
    );
    assert.equal(
      text,
      `${TIME} INFO  a b forged="x\\n2026 ERROR y" separator="x\\u2028y" nested={"escape":"\\u001b[31m\\u009b"}\n`,
    );
  });

  const levels: readonly (readonly [LoggingOptions['level'], string])[] = [
    ['debug', 'debug info warn error'],
    ['info', 'info warn error'],
    ['warn', 'warn error'],
    ['error', 'error'],
  ];
  for (const [level, expected] of levels) {
    it(`at level ${level} writes ${expected}`, () => {
      const text = written({ level, format: 'text' }, (logger) => {
        logger.debug('x');
        logger.info('x');
        logger.warn('x');
        logger.error('x');
        assert.equal(logger.isDebugEnabled(), level === 'debug');
      });
      const seen = text.split('\n').map((line) => line.split(' ')[1]?.toLowerCase());
      assert.equal(seen.join(' ').trim(), expected);
    });
  }

  it('does not look at the fields of a line that is not written', () => {
    let looks = 0;
    const fields = Object.defineProperty({}, 'x', { enumerable: true, get: () => ++looks });
    assert.equal(
      written({ level: 'info' }, (logger) => logger.debug('x', { fields })),
      '',
    );
    assert.equal(looks, 0);
  });

  it('gives the fields of a child to each of its lines, and a field of the line wins', () => {
    const text = written({ format: 'text' }, (logger) => {
      const child = logger.child({ controller: 'workload', reconcile: 'a1' }).child({ attempt: 1 });
      child.info('one');
      child.info('two', { attempt: 2 });
      logger.info('three');
    });
    assert.deepEqual(text.trimEnd().split('\n'), [
      `${TIME} INFO  one controller=workload reconcile=a1 attempt=1`,
      `${TIME} INFO  two controller=workload reconcile=a1 attempt=2`,
      `${TIME} INFO  three`,
    ]);
  });

  it('keeps time, level and message its own when fields are called like them', () => {
    assert.deepEqual(JSON.parse(written({}, (logger) => logger.info('m', { time: 1, level: 2, message: 3 }))), {
      time: TIME,
      level: 'info',
      message: 'm',
      time_: 1,
      level_: 2,
      message_: 3,
    });
  });

  it('renders an error as message, code and chain of causes', () => {
    const error = withCode('cannot list pods', 'Forbidden', withCode('connect', 'ECONNREFUSED', 'a text'));
    assertFields(
      { error },
      {
        error: {
          message: 'cannot list pods',
          code: 'Forbidden',
          cause: { message: 'connect', code: 'ECONNREFUSED', cause: 'a text' },
        },
      },
    );
  });

  it('renders each error of an AggregateError', () => {
    assertFields(
      { error: new AggregateError([new Error('a'), withCode('b', 'B')], 'both failed') },
      {
        error: { message: 'both failed', errors: [{ message: 'a' }, { message: 'b', code: 'B' }] },
      },
    );
  });

  it('shows where an error was made at level debug only', () => {
    const error = new Error('broken');
    assertFields({ error }, { error: { message: 'broken' } }, { level: 'info' });
    assertFields({ error }, { error: { message: 'broken', stack: error.stack } }, { level: 'debug' });
  });

  const cycle: Record<string, unknown> = { name: 'loop' };
  cycle['self'] = cycle;
  const shared = { a: 1 };
  const deep = JSON.parse('{"a":'.repeat(9) + '1' + '}'.repeat(9)) as unknown;
  const hostile = Object.defineProperty({}, 'x', {
    enumerable: true,
    get: () => {
      throw new Error('no');
    },
  });
  const values: readonly (readonly [string, unknown, unknown])[] = [
    ['a cycle', cycle, { name: 'loop', self: '[circular]' }],
    ['what is nested too deep', deep, JSON.parse('{"a":'.repeat(8) + '"[too deep]"' + '}'.repeat(8))],
    ['an object met twice', [shared, shared], [{ a: 1 }, { a: 1 }]],
    ['a bigint', 12n, '12'],
    ['a number that JSON has no word for', Number.NaN, 'NaN'],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['a date that is none', new Date('x'), 'Invalid Date'],
    ['a map', new Map([['k', 1]]), { k: 1 }],
    ['a set', new Set([1, 2]), [1, 2]],
    ['bytes', Buffer.from('secret'), '[6 bytes]'],
    ['a function', () => 1, '[function]'],
    ['a URL', new URL('https://10.0.0.1/api'), 'https://10.0.0.1/api'],
    ['null', null, null],
  ];
  for (const [name, value, expected] of values) {
    it(`renders ${name}`, () => assertFields({ value }, { value: expected }));
  }

  it('leaves out what is undefined', () => assertFields({ a: undefined, b: 1 }, { b: 1 }));

  it('says that fields cannot be read instead of throwing', () =>
    assertFields({ hostile }, { unprintable: 'the fields cannot be read: Error: no' }));

  const secrets: readonly (readonly [string, LogFields, LogFields])[] = [
    [
      'an Authorization header',
      { headers: { Authorization: 'Bearer x' } },
      { headers: { Authorization: '[redacted]' } },
    ],
    ['a token', { token: 'x', accessToken: { a: 1 } }, { token: '[redacted]', accessToken: '[redacted]' }],
    ['passwords', { PASSWORD: 'x', dbPassword: 'y' }, { PASSWORD: '[redacted]', dbPassword: '[redacted]' }],
    ['keys', { 'client-key-data': 'x', apiKey: 'y' }, { 'client-key-data': '[redacted]', apiKey: '[redacted]' }],
    ['a bearer in a text', { detail: 'sent "bearer abc.def" to x' }, { detail: 'sent "bearer [redacted]" to x' }],
    ['a ServiceAccount token in a text', { detail: 'got eyJhbGci.eyJpc3Mi.c2ln!' }, { detail: 'got [redacted]!' }],
    ['credentials in a URL', { proxy: 'http://u:p@proxy:3128/' }, { proxy: 'http://[redacted]@proxy:3128/' }],
    ['a bearer in an error', { error: new Error('Bearer abc') }, { error: { message: 'Bearer [redacted]' } }],
  ];
  for (const [name, fields, expected] of secrets) {
    it(`redacts ${name}`, () => assertFields(fields, expected));
  }

  it('keeps what only sounds like a secret', () => {
    const fields = {
      automountServiceAccountToken: true,
      tokens: 3,
      secretName: 'tls',
      keys: 2,
      check: 'secret-in-plain-env',
    };
    assertFields(fields, fields);
  });

  it('writes exactly one line, parsable again, whatever the fields hold', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.dictionary(fc.string(), fc.anything({ withMap: true, withBigInt: true })),
        (message, fields) => {
          const json = written({}, (logger) => logger.info(message, fields));
          assert.equal(json.indexOf('\n'), json.length - 1);
          JSON.parse(json);
          const text = written({ format: 'text' }, (logger) => logger.info(message, fields));
          assert.equal(text.indexOf('\n'), text.length - 1);
        },
      ),
    );
  });
});
