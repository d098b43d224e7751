import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import type { Target } from '../../../../src/notify/config/config.ts';
import type { Answer } from '../../../../src/notify/sending/post.ts';
import { createTargetSender } from '../../../../src/notify/sending/target-sender.ts';
import {
  answer,
  hang,
  startRawReceiver,
  startReceiver,
  type Manners,
  type Receiver,
} from '../../../support/receiver.ts';
import { changes, target } from '../../../support/change-sets.ts';
import { until } from '../../kube/fake-server.ts';

const NOW_MS = Date.parse('2026-11-24T04:00:00Z');
const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function receiver(manners: Manners): Promise<Receiver> {
  const started = await startReceiver(manners);
  cleanups.push(started.close);
  return started;
}

async function rawReceiver(serve: (socket: Socket) => void): Promise<Receiver> {
  const started = await startRawReceiver(serve);
  cleanups.push(started.close);
  return started;
}

function sendTo(to: Target, signal = new AbortController().signal): Promise<Answer> {
  const sender = createTargetSender(to, {}, { userAgent: 'plimsoll/test', proxies: {}, wallMs: () => NOW_MS });
  cleanups.push(sender.destroy);
  return sender.send([changes()], signal);
}

/** A short time for those that are to run out of it, and a long one for those that must not. */
const hasty = (url: string): Target => target({ url, timeoutSeconds: 0.2 });
const patient = (url: string): Target =>
  target({ url: `${url}/hooks/T0PSECRET?key=hunter2hunter2`, timeoutSeconds: 8 });

const whyOf = (got: Answer): string => ('why' in got ? got.why.replace(/127\.0\.0\.1:\d+/g, 'HOST') : '');

describe('a request to a well-behaved receiver', () => {
  for (const status of [200, 201, 202, 204]) {
    it(`delivers on ${status}`, async () => {
      assert.deepEqual(await sendTo(patient((await receiver(answer(status))).url)), { outcome: 'delivered' });
    });
  }

  it('is a POST of JSON to the whole address, and says who sends it', async () => {
    const { url, requests } = await receiver(answer(200));
    await sendTo(target({ url: `${url}/hooks/a?b=c`, headers: { authorization: 'Bearer x' } }));
    const [request] = requests;
    assert.equal(request?.path, '/hooks/a?b=c');
    const { 'content-type': type, 'user-agent': agent, authorization } = request.headers;
    assert.deepEqual([type, agent, authorization], ['application/json', 'plimsoll/test', 'Bearer x']);
    assert.equal((JSON.parse(request.body) as { version: string }).version, '1');
  });
});

describe('several requests', () => {
  it('share a connection, and find another one when the receiver has closed it meanwhile', async () => {
    const connections = new Set<Socket | null>();
    let left = 3;
    const { url } = await receiver((response) => {
      const { socket } = response;
      connections.add(socket);
      left--;
      // After the third it closes without a word.
      response.end(() => void (left === 0 && socket?.destroySoon()));
    });
    const sender = createTargetSender(patient(url), {}, { userAgent: 'x', proxies: {}, wallMs: () => NOW_MS });
    cleanups.push(sender.destroy);
    const { signal } = new AbortController();
    for (let count = 0; count < 3; count++) {
      assert.deepEqual(await sender.send([changes()], signal), { outcome: 'delivered' });
    }
    const [socket] = connections;
    await until(() => socket?.closed === true);
    // On loopback the end has arrived by then; it is seen in the next turns of the event loop.
    for (let turns = 0; turns < 3; turns++) await turn();
    assert.deepEqual(await sender.send([changes()], signal), { outcome: 'delivered' });
    assert.equal(connections.size, 2);
  });
});

describe('a request that is refused', () => {
  for (const status of [400, 401, 403, 404, 405, 410, 413, 422]) {
    it(`is not to be repeated after ${status}`, async () => {
      const got = await sendTo(patient((await receiver(answer(status, 'no such hook\n'))).url));
      assert.deepEqual(got, { outcome: 'refused', why: `${status}: no such hook` });
    });
  }

  it('is told of in few words, however much the receiver says', async () => {
    const got = await sendTo(patient((await receiver(answer(400, 'blah '.repeat(200_000)))).url));
    assert.match(whyOf(got), /^400: (blah )+/);
    assert.ok(whyOf(got).length < 220);
  });

  it('is told of in one line', async () => {
    const got = await sendTo(patient((await receiver(answer(400, 'a\r\nlevel=error msg=forged\u001B[2J'))).url));
    assert.equal(whyOf(got), '400: a level=error msg=forged [2J');
  });

  it('is told of without what lets one post, though the receiver repeats it', async () => {
    const echo: Manners = (response, { path, headers }) => {
      response
        .writeHead(403)
        .end(
          `${headers.authorization} may not ${path} ${String(headers['x-key'])} T0PSECRET ${String(headers.authorization).slice(7)} ${'-'.repeat(9000)}`,
        );
    };
    const { url } = await receiver(echo);
    const headers = { authorization: 'Bearer hunter3hunter3', 'x-key': 'hunter4hunter4' };
    const got = await sendTo({ ...patient(url), headers });
    assert.equal(got.outcome, 'refused');
    assert.doesNotMatch(whyOf(got), /hunter|T0P/);
    assert.match(whyOf(got), /^403: \[redacted\] may not \[redacted\]/);
  });

  it('shows no part of a secret where the answer was cut', async () => {
    for (const padding of [4085, 4090, 4095]) {
      const { url } = await receiver(answer(400, `${'\n'.repeat(padding)}T0PSECRET`));
      assert.doesNotMatch(whyOf(await sendTo(patient(url))), /T0/);
    }
  });
});

describe('a redirect', () => {
  for (const status of [301, 302, 303, 307, 308]) {
    it(`is not followed: ${status}`, async () => {
      const elsewhere = await receiver(answer(200));
      const { url } = await receiver(answer(status, '', { location: `${elsewhere.url}/T0PSECRET` }));
      const got = await sendTo(patient(url));
      assert.equal(got.outcome, 'refused');
      assert.equal(whyOf(got), `${status}, a redirect to HOST, which is not followed`);
      assert.equal(elsewhere.requests.length, 0);
    });
  }

  it('is not followed on the same host either', async () => {
    const { url, requests } = await receiver(answer(307, '', { location: '/other' }));
    assert.equal(whyOf(await sendTo(patient(url))), '307, a redirect on the same host, which is not followed');
    assert.equal(requests.length, 1);
  });
});

describe('a request that may succeed another time', () => {
  for (const status of [408, 425, 429, 500, 502, 503, 504]) {
    it(`is to be repeated after ${status}`, async () => {
      const got = await sendTo(patient((await receiver(answer(status, 'busy'))).url));
      assert.deepEqual(got, { outcome: 'unavailable', why: `${status}: busy` });
    });
  }

  const pauses: readonly (readonly [header: string, ms: number | undefined])[] = [
    ['7', 7000],
    ['0', 0],
    ['99999999', 600_000],
    ['Tue, 24 Nov 2026 04:00:30 GMT', 30_000],
    ['Tue, 24 Nov 2026 03:00:00 GMT', 0],
    ['soon', undefined],
    ['-5', undefined],
    ['1e3', undefined],
  ];
  for (const [header, ms] of pauses) {
    it(`says how long it is asked to wait: ${header}`, async () => {
      const got = await sendTo(patient((await receiver(answer(429, '', { 'retry-after': header }))).url));
      assert.deepEqual(got, { outcome: 'unavailable', why: '429', ...(ms !== undefined && { retryAfterMs: ms }) });
    });
  }

  const faults: readonly (readonly [name: string, serve: (socket: Socket) => void, why: RegExp])[] = [
    [
      'a connection that is reset',
      (socket) => socket.once('data', () => socket.resetAndDestroy()),
      /^HOST: the connection was reset \(ECONNRESET\)$/,
    ],
    [
      'a connection that is closed without an answer',
      (socket) => socket.once('data', () => socket.end()),
      /^HOST: the connection was closed before an answer \(UND_ERR_SOCKET\)$/,
    ],
    [
      'something that is not HTTP',
      (socket) => socket.once('data', () => socket.end('220 mail.example ESMTP\r\n')),
      /^HOST: the answer is not HTTP \(/,
    ],
    [
      'headers without end',
      (socket) => void socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`)),
      /^HOST: the headers of the answer are too long/,
    ],
    [
      'half an answer',
      (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-le')),
      /^HOST: the connection was closed before an answer/,
    ],
  ];
  for (const [name, serve, why] of faults) {
    it(`is to be repeated after ${name}`, async () => {
      const got = await sendTo(patient((await rawReceiver(serve)).url));
      assert.equal(got.outcome, 'unavailable');
      assert.match(whyOf(got), why);
    });
  }

  it('is to be repeated if nobody listens', async () => {
    const { url, close } = await startReceiver(hang);
    await close();
    assert.equal(whyOf(await sendTo(patient(url))), 'HOST: nobody listens there (ECONNREFUSED)');
  });

  it('is to be repeated if the host has no address', async () => {
    const got = await sendTo(patient('http://receiver.invalid'));
    assert.equal(got.outcome, 'unavailable');
    assert.match(
      whyOf(got),
      /^receiver\.invalid: its host (has no address|cannot be resolved now) \((ENOTFOUND|EAI_AGAIN)\)$/,
    );
  });
});

describe('a receiver that takes its time', () => {
  it('is not waited for if it never answers', async () => {
    const got = await sendTo(hasty((await receiver(hang)).url));
    assert.equal(got.outcome, 'unavailable');
    assert.equal(whyOf(got), 'HOST: no answer in time (TimeoutError)');
  });

  it('is not waited for if its headers drip', async () => {
    const { url } = await rawReceiver((socket) => {
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n'));
      const drip = setInterval(() => socket.write('x: y\r\n'), 20);
      socket.on('close', () => clearInterval(drip));
    });
    assert.equal(whyOf(await sendTo(hasty(url))), 'HOST: no answer in time (TimeoutError)');
  });

  const bodies: readonly (readonly [name: string, status: number, outcome: Answer['outcome'], why: string])[] = [
    ['has delivered', 200, 'delivered', ''],
    ['has refused', 400, 'refused', '400'],
    ['is to be asked again', 503, 'unavailable', '503'],
  ];
  for (const [name, status, outcome, why] of bodies) {
    it(`${name} with ${status}, though its body never ends`, async () => {
      const { url } = await receiver(async (response) => {
        response.writeHead(status);
        for (;;) {
          response.write('drip ');
          await delay(20);
          if (response.destroyed) return;
        }
      });
      const got = await sendTo(patient(url));
      assert.equal(got.outcome, outcome);
      assert.ok(whyOf(got).startsWith(why), whyOf(got));
    });

    it(`${name} with ${status}, though its body never comes`, async () => {
      const got = await sendTo(patient((await receiver((response) => response.writeHead(status).flushHeaders())).url));
      assert.equal(got.outcome, outcome);
    });
  }

  it('is left when the signal says so', async () => {
    const stop = new AbortController();
    const { url, requests } = await receiver(hang);
    const got = sendTo(patient(url), stop.signal);
    await until(() => requests.length === 1);
    stop.abort();
    assert.deepEqual(await got, { outcome: 'aborted' });
  });
});

describe('an answer of a gigabyte', () => {
  for (const status of [200, 400, 500]) {
    it(`is hardly read: ${status}`, async () => {
      let written = 0;
      function* flood(): Generator<Buffer> {
        for (const chunk = Buffer.alloc(64 * 1024, 'x'); written < 2 ** 30; written += chunk.length) yield chunk;
      }
      const { url } = await receiver((response) => pipeline(Readable.from(flood()), response.writeHead(status)));
      const got = await sendTo(patient(url));
      assert.equal(got.outcome, { 200: 'delivered', 400: 'refused', 500: 'unavailable' }[status]);
      // What the buffers of two sockets hold, and no more.
      assert.ok(written < 2 ** 25, `${written} bytes`);
    });
  }
});
