import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProxyError, proxiesOf, type Proxies } from '../../../../src/notify/sending/proxies.ts';
import type { Answer } from '../../../../src/notify/sending/post.ts';
import { createTargetSender } from '../../../../src/notify/sending/target-sender.ts';
import { certificate } from '../../../support/certificates.ts';
import { changes, target } from '../../../support/change-sets.ts';
import { answer, startRawReceiver, startReceiver, type Receiver } from '../../../support/receiver.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** Passes on what is asked for by CONNECT, and answers 200 to anything else itself. Keeps the first line of each request. */
async function proxy(): Promise<Receiver & { readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const tunnel = (socket: Socket, head: string): void => {
    const [, host, port] = /^CONNECT ([\w.]+):(\d+)/.exec(head) ?? [];
    if (host === undefined) return void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    const onward = connect(Number(port), host, () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  };
  const started = await startRawReceiver((socket) => {
    socket.once('data', (chunk: Buffer) => {
      lines.push(chunk.toString().split('\r\n')[0] ?? '');
      tunnel(socket, chunk.toString());
    });
  });
  cleanups.push(started.close);
  return { ...started, lines };
}

async function send(url: string, proxies: Proxies, ca?: string): Promise<Answer> {
  const to = target({ url, tls: { insecureSkipVerify: false, ...(ca !== undefined && { ca }) } });
  const sender = createTargetSender(to, {}, { userAgent: 'x', proxies, wallMs: Date.now });
  cleanups.push(sender.destroy);
  return sender.send([changes()], new AbortController().signal);
}

async function receiver(): Promise<Receiver> {
  const started = await startReceiver(answer(200));
  cleanups.push(started.close);
  return started;
}

describe('a proxy', () => {
  it('is asked for what is sent without TLS', async () => {
    const [between, end] = [await proxy(), await receiver()];
    assert.deepEqual(await send(`${end.url}/hook`, { http: between.url }), { outcome: 'delivered' });
    assert.deepEqual(between.lines, [`POST ${end.url}/hook HTTP/1.1`]);
    assert.equal(end.requests.length, 0);
  });

  it('passes on what is sent over TLS, which is verified from end to end', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-proxy-'));
    cleanups.push(() => rmSync(folder, { recursive: true }));
    const [own, strange] = [certificate(folder, 'own'), certificate(folder, 'strange')];
    const end = await startReceiver(answer(200), own);
    cleanups.push(end.close);
    const between = await proxy();
    assert.deepEqual(await send(`${end.url}/hook`, { https: between.url }, own.cert), { outcome: 'delivered' });
    assert.deepEqual(between.lines, [`CONNECT 127.0.0.1:${end.port} HTTP/1.1`]);
    assert.equal(end.requests[0]?.path, '/hook');
    assert.equal((await send(`${end.url}/hook`, { https: between.url }, strange.cert)).outcome, 'unavailable');
  });

  it('is passed by for hosts that are reached without', async () => {
    const [between, end] = [await proxy(), await receiver()];
    assert.deepEqual(await send(end.url, { http: between.url, none: 'a.example,127.0.0.1' }), { outcome: 'delivered' });
    assert.deepEqual([between.lines.length, end.requests.length], [0, 1]);
  });

  it('for the other scheme is not asked', async () => {
    const [between, end] = [await proxy(), await receiver()];
    assert.deepEqual(await send(end.url, { https: between.url }), { outcome: 'delivered' });
    assert.deepEqual([between.lines.length, end.requests.length], [0, 1]);
  });

  it('that does not answer is to be asked again, and its password is not shown', async () => {
    const end = await receiver();
    const gone = await startReceiver(answer(200));
    await gone.close();
    const got = await send(end.url, { http: gone.url.replace('//', '//me:hunter2hunter2@') });
    assert.equal(got.outcome, 'unavailable');
    assert.doesNotMatch(JSON.stringify(got), /hunter/);
  });
});

describe('the proxies of an environment', () => {
  const rows: readonly (readonly [env: Readonly<Record<string, string>>, proxies: Proxies])[] = [
    [{}, {}],
    [{ HTTPS_PROXY: 'http://a.example:3128' }, { https: 'http://a.example:3128' }],
    [{ https_proxy: 'http://b.example', HTTPS_PROXY: 'http://a.example' }, { https: 'http://b.example' }],
    [
      { https_proxy: '', HTTP_PROXY: 'https://c.example', NO_PROXY: '.svc' },
      { http: 'https://c.example', none: '.svc' },
    ],
  ];
  for (const [env, proxies] of rows) {
    it(`are what ${JSON.stringify(env)} says`, () => assert.deepEqual(proxiesOf(env), proxies));
  }

  for (const value of ['a.example:3128', 'ftp://a.example', 'http://a:hunter%@b.example']) {
    it(`are refused without being shown: ${value}`, () => {
      assert.throws(
        () => proxiesOf({ HTTPS_PROXY: value }),
        (error) => {
          assert.ok(error instanceof ProxyError);
          assert.equal(error.message, 'https_proxy is not an http or https URL');
          return true;
        },
      );
    });
  }
});
