import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { startListener, type Limits, type Listener } from '../../../../src/metrics/serving/listener.ts';
import { selfSignedCertificate } from '../../../../src/metrics/serving/self-signed.ts';
import { tlsContext } from '../../../../src/metrics/serving/tls.ts';
import { recordingLogger } from '../../../support/recording-logger.ts';

const tls = tlsContext(selfSignedCertificate({ name: 'metrics.example', now: new Date() }));
const REQUEST = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n';

describe('a listener', () => {
  const open: Listener[] = [];
  const sockets: Socket[] = [];

  async function start(limits: Partial<Limits>, over: 'http' | 'https'): Promise<number> {
    const listener = await startListener({
      what: 'metrics',
      address: { host: '127.0.0.1', port: 0 },
      answer: async () => Promise.resolve({ status: 200, body: 'hello\n' }),
      tls: over === 'https' ? tls : undefined,
      limits,
      logger: recordingLogger().logger,
    });
    open.push(listener);
    return listener.address.port;
  }
  async function connected(port: number): Promise<Socket> {
    const socket = connectTcp(port, '127.0.0.1');
    sockets.push(socket.on('error', () => undefined));
    await once(socket, 'connect');
    return socket;
  }
  async function secured(port: number, options: ConnectionOptions = {}): Promise<TLSSocket> {
    const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false, ...options });
    sockets.push(socket);
    await once(socket, 'secureConnect');
    return socket.on('error', () => undefined);
  }
  /** All that comes until the connection is closed. */
  async function answered(socket: Socket): Promise<string> {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    if (!socket.closed) await once(socket, 'close');
    return text;
  }

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await Promise.all(open.splice(0).map(async ({ close }) => close()));
  });

  for (const over of ['http', 'https'] as const) {
    const dial = async (port: number): Promise<Socket> => (over === 'https' ? secured(port) : connected(port));

    it(`ends a connection that sends nothing, or its headers too slowly: ${over}`, async () => {
      const port = await start({ headersMs: 40 }, over);
      const [idle, slow] = await Promise.all([dial(port), dial(port)]);
      slow.write('GET / HTTP/1.1\r\nhost:');
      assert.match(await answered(slow), /^HTTP\/1\.1 408 /);
      await answered(idle);
    });

    it(`refuses headers that are too large: ${over}`, async () => {
      const port = await start({ headerBytes: 1024 }, over);
      const fits = await dial(port);
      fits.write(`GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\nx: ${'x'.repeat(800)}\r\n\r\n`);
      assert.match(await answered(fits), /^HTTP\/1\.1 200 /);
      const huge = await dial(port);
      huge.write(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(2000)}\r\n\r\n`);
      assert.match(await answered(huge), /^HTTP\/1\.1 431 /);
    });

    it(`takes only so many connections at a time: ${over}`, async () => {
      const port = await start({ connections: 1 }, over);
      const first = await dial(port);
      const second = await connected(port);
      assert.equal(await answered(second), '');
      first.write(REQUEST);
      const [chunk] = (await once(first.setEncoding('utf8'), 'data')) as [string];
      assert.match(chunk, /^HTTP\/1\.1 200 /);
    });
  }

  it('ends a connection that does not come to an end with its handshake', async () => {
    const port = await start({ handshakeMs: 40 }, 'https');
    assert.equal(await answered(await connected(port)), '');
  });

  it('does not wait at its end for one that never begins with it', async () => {
    const port = await start({ handshakeMs: 60_000 }, 'https');
    const socket = await connected(port);
    await open.pop()?.close();
    assert.equal(await answered(socket), '');
  });

  it('has nothing to say to plain HTTP where it speaks TLS', async () => {
    const port = await start({}, 'https');
    const socket = await connected(port);
    socket.write(REQUEST);
    assert.doesNotMatch(await answered(socket), /hello/);
  });

  const versions: readonly (readonly ['TLSv1.1' | 'TLSv1.2' | 'TLSv1.3', boolean])[] = [
    ['TLSv1.1', false],
    ['TLSv1.2', true],
    ['TLSv1.3', true],
  ];
  for (const [version, speaks] of versions) {
    it(`${speaks ? 'speaks' : 'does not speak'} ${version}`, async () => {
      const port = await start({}, 'https');
      // The client would not offer the old ones by itself.
      const only = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' };
      if (speaks) assert.equal((await secured(port, only)).getProtocol(), version);
      else await assert.rejects(secured(port, only), { code: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION' });
    });
  }

  it('knows no cipher without forward secrecy and authentication of what it encrypts', async () => {
    const port = await start({}, 'https');
    const only = (ciphers: string): ConnectionOptions => ({ maxVersion: 'TLSv1.2', ciphers });
    assert.equal((await secured(port, only('DEFAULT'))).getCipher().name, 'ECDHE-ECDSA-AES128-GCM-SHA256');
    for (const cipher of ['ECDHE-ECDSA-AES128-SHA', 'ECDHE-ECDSA-AES256-SHA384'])
      await assert.rejects(secured(port, only(cipher)), { code: 'ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE' });
  });

  it('speaks HTTP/1.1 and no other', async () => {
    const port = await start({}, 'https');
    assert.equal((await secured(port, { ALPNProtocols: ['h2', 'http/1.1'] })).alpnProtocol, 'http/1.1');
    await assert.rejects(secured(port, { ALPNProtocols: ['h2'] }), {
      code: 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL',
    });
  });
});
