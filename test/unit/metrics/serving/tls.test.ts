import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import type { Timers } from '../../../../src/kube/timers.ts';
import type { Certificate } from '../../../../src/metrics/serving/certificate.ts';
import { selfSignedCertificate } from '../../../../src/metrics/serving/self-signed.ts';
import { startServer, type RunningServer } from '../../../../src/metrics/serving/server.ts';
import { recordingLogger, type Said } from '../../../support/recording-logger.ts';

const NOW_MS = Date.parse('2026-11-24T12:00:00Z');
const NEVER = 'the server kept back';

/** Sleeps until a test wakes it, and tells when it sleeps again: then what it does in between is done. */
function wokenTimers(): { readonly timers: Pick<Timers, 'sleep' | 'wallMs'>; readonly wake: () => Promise<void> } {
  let asleep = Promise.withResolvers<void>();
  let wakeUp: () => void = () => undefined;
  return {
    timers: {
      wallMs: () => NOW_MS,
      sleep: async (_ms, signal) =>
        new Promise((resolve) => {
          wakeUp = resolve;
          signal?.addEventListener('abort', () => resolve());
          asleep.resolve();
        }),
    },
    async wake() {
      await asleep.promise;
      asleep = Promise.withResolvers();
      wakeUp();
      await asleep.promise;
    },
  };
}

describe('metrics over TLS', () => {
  let folder = '';
  let said: Said[] = [];
  let server: RunningServer;
  let wake: () => Promise<void>;

  /** As the kubelet does: a folder beside the last, to which one link is turned in one go. */
  let generation = 0;
  function mount({ cert, key }: Certificate): void {
    const next = `..${++generation}`;
    mkdirSync(join(folder, next));
    writeFileSync(join(folder, next, 'tls.crt'), cert);
    writeFileSync(join(folder, next, 'tls.key'), key);
    symlinkSync(next, join(folder, '..data_tmp'));
    renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
    if (generation > 1) return;
    for (const file of ['tls.crt', 'tls.key']) symlinkSync(join('..data', file), join(folder, file));
  }
  const named = (name: string, now = NOW_MS): Certificate => selfSignedCertificate({ name, now: new Date(now) });

  async function start(certFolder: string | undefined): Promise<void> {
    const recording = recordingLogger();
    said = recording.said;
    const woken = wokenTimers();
    wake = woken.wake;
    server = await startServer({
      metricsAddress: { host: '127.0.0.1', port: 0 },
      metrics: { render: async () => Promise.resolve('up 1\n'), contentType: 'text/plain' },
      metricsSecurity: { certFolder, timers: woken.timers, askAccess: async () => Promise.resolve('Allowed') },
      alive: [],
      ready: [],
      nowMs: () => 0,
      logger: recording.logger,
    });
  }
  /** Whom a new connection finds. */
  async function served(): Promise<string> {
    const socket: TLSSocket = connect({
      host: '127.0.0.1',
      port: server.metrics?.port ?? 0,
      rejectUnauthorized: false,
    });
    await once(socket, 'secureConnect');
    const { subjectaltname = NEVER } = socket.getPeerCertificate();
    socket.destroy();
    return subjectaltname;
  }

  beforeEach(() => {
    generation = 0;
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-tls-'));
  });
  afterEach(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  it('have a certificate without a folder too, which nobody has signed', async () => {
    await start(undefined);
    assert.equal(await served(), 'DNS:plimsoll-metrics');
    assert.deepEqual(
      said.map(({ level }) => level),
      ['info'],
    );
  });

  it('have the certificate of the folder, and say until when', async () => {
    mount(named('first'));
    await start(folder);
    assert.equal(await served(), 'DNS:first');
    assert.deepEqual(said, [
      {
        level: 'info',
        message: 'metrics are served with the certificate',
        fields: { subject: 'DNS:first', expires: new Date('2036-11-21T12:00:00Z') },
      },
    ]);
  });

  it('are served with one that has expired, but not silently', async () => {
    mount(named('old', Date.parse('2016-01-01T00:00:00Z')));
    await start(folder);
    assert.equal(await served(), 'DNS:old');
    assert.deepEqual(
      said.map(({ level, message }) => [level, message]),
      [['warn', 'metrics are served with a certificate that has expired']],
    );
  });

  it('have the next certificate once it is there, while open connections stay', async () => {
    mount(named('first'));
    await start(folder);
    const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
    const scrape = async (): Promise<string> =>
      new Promise((resolve, reject) => {
        const port = server.metrics?.port ?? 0;
        const headers = { authorization: 'Bearer good' };
        const call = request({ host: '127.0.0.1', port, path: '/metrics', agent, headers }, (response) => {
          const { subjectaltname = NEVER } = (response.socket as TLSSocket).getPeerCertificate();
          response.resume().on('end', () => resolve(`${response.statusCode} ${subjectaltname}`));
        });
        call.on('error', reject).end();
      });
    try {
      assert.equal(await scrape(), '200 DNS:first');
      await wake();
      assert.equal(said.length, 1, 'nothing is said while it is the same');
      mount(named('second'));
      await wake();
      assert.equal(await served(), 'DNS:second');
      assert.equal(await scrape(), '200 DNS:first');
    } finally {
      agent.destroy();
    }
  });

  it('keep the last good one while the next is bad, say so once, and take the one after it', async () => {
    mount(named('first'));
    await start(folder);
    said.length = 0;
    mount({ cert: named('second').cert, key: named('third').key });
    await wake();
    await wake();
    assert.equal(await served(), 'DNS:first');
    assert.equal(said.length, 1);
    const [{ level, message } = { level: '', message: '' }] = said;
    assert.equal(`${level}: ${message}`, 'error: the new certificate cannot be served; metrics keep the last good one');
    mount(named('fourth'));
    await wake();
    assert.equal(await served(), 'DNS:fourth');
  });

  it('keep it too when the files are gone, and say so again if that happens again', async () => {
    mount(named('first'));
    await start(folder);
    said.length = 0;
    for (const _ of [1, 2]) {
      rmSync(join(folder, 'tls.key'));
      await wake();
      assert.equal(await served(), 'DNS:first');
      symlinkSync(join('..data', 'tls.key'), join(folder, 'tls.key'));
      await wake();
    }
    assert.deepEqual(
      said.map(({ level }) => level),
      ['error', 'error'],
    );
  });
});
