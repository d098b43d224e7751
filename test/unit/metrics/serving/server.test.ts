import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request, type ClientRequest } from 'node:http';
import { request as requestSecurely } from 'node:https';
import { connect } from 'node:net';
import { systemTimers } from '../../../../src/kube/timers.ts';
import type { Access } from '../../../../src/metrics/serving/access.ts';
import { startServer, type RunningServer, type ServerOptions } from '../../../../src/metrics/serving/server.ts';
import { eventually } from '../../../cluster/eventually.ts';
import { recordingLogger } from '../../../support/recording-logger.ts';

const LOCAL = { host: '127.0.0.1', port: 0 };

interface Reply {
  readonly status: number | undefined;
  readonly body: string;
  readonly type: string | undefined;
  readonly allow: string | undefined;
  readonly challenge: string | undefined;
}

async function get(port: number | undefined, path: string, method = 'GET', agent?: Agent): Promise<Reply> {
  return fetched(request({ host: '127.0.0.1', port, path, method, ...(agent && { agent }) }));
}

async function fetched(call: ClientRequest): Promise<Reply> {
  return new Promise((resolve, reject) => {
    call.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        const { 'content-type': type, allow, 'www-authenticate': challenge } = response.headers;
        resolve({ status: response.statusCode, body, type, allow, challenge });
      });
    });
    call.on('error', reject).end();
  });
}

describe('The server', () => {
  const open: RunningServer[] = [];
  const { logger, said } = recordingLogger();

  async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer> {
    const server = await startServer({
      metricsAddress: LOCAL,
      healthAddress: LOCAL,
      metrics: { render: async () => Promise.resolve('up 1\n'), contentType: 'text/plain; version=0.0.4' },
      alive: [],
      ready: [],
      nowMs: () => 0,
      logger,
      ...options,
    });
    open.push(server);
    return server;
  }

  afterEach(async () => {
    await Promise.all(open.splice(0).map(async ({ close }) => close()));
    said.length = 0;
  });

  it('serves metrics with their content type', async () => {
    const { metrics } = await start();
    const { status, body, type } = await get(metrics?.port, '/metrics?x=1');
    assert.deepEqual({ status, body, type }, { status: 200, body: 'up 1\n', type: 'text/plain; version=0.0.4' });
  });

  it('answers probes: 200 and ok, or 503 and what failed', async () => {
    const problem = { name: 'sync', problem: () => 'pods are not known yet' };
    const { health } = await start({ alive: [], ready: [problem] });
    const alive = await get(health?.port, '/healthz');
    const ready = await get(health?.port, '/readyz');
    assert.deepEqual([alive.status, alive.body], [200, 'ok\n']);
    assert.deepEqual(
      [ready.status, ready.body],
      [503, '[-]sync failed: pods are not known yet\nreadyz check failed\n'],
    );
  });

  it('lists the checks of a healthy probe for ?verbose', async () => {
    const { health } = await start({ alive: [{ name: 'event-loop', problem: () => undefined }] });
    const { status, body } = await get(health?.port, '/healthz?verbose');
    assert.deepEqual([status, body], [200, '[+]event-loop ok\nhealthz check passed\n']);
  });

  const elsewhere: readonly (readonly [string, 'metrics' | 'health', string, string, number])[] = [
    ['another path', 'metrics', 'GET', '/', 404],
    ['a path below', 'metrics', 'GET', '/metrics/x', 404],
    ['health where metrics are', 'metrics', 'GET', '/healthz', 404],
    ['metrics where health is', 'health', 'GET', '/metrics', 404],
    ['a path that is no URL', 'metrics', 'GET', '//[', 404],
    ['POST', 'metrics', 'POST', '/metrics', 405],
    ['DELETE', 'health', 'DELETE', '/healthz', 405],
    ['HEAD', 'metrics', 'HEAD', '/metrics', 200],
  ];
  for (const [name, which, method, path, expected] of elsewhere) {
    it(`answers ${expected} to ${name}`, async () => {
      const server = await start();
      const { status, allow } = await get(server[which]?.port, path, method);
      assert.equal(status, expected);
      assert.equal(allow, expected === 405 ? 'GET, HEAD' : undefined);
    });
  }

  it('prints metrics once a second however many ask', async () => {
    let printed = 0;
    let nowMs = 0;
    const render = async (): Promise<string> => Promise.resolve(`printed ${++printed}\n`);
    const { metrics } = await start({ metrics: { render, contentType: 'text/plain' }, nowMs: () => nowMs });
    const bodies = async (): Promise<string[]> =>
      (await Promise.all([1, 2, 3].map(async () => get(metrics?.port, '/metrics')))).map(({ body }) => body);
    assert.deepEqual(new Set(await bodies()), new Set(['printed 1\n']));
    nowMs = 999;
    assert.deepEqual(new Set(await bodies()), new Set(['printed 1\n']));
    nowMs = 1000;
    assert.deepEqual(new Set(await bodies()), new Set(['printed 2\n']));
  });

  it('answers 500 and logs when printing fails, and prints anew the next time', async () => {
    let fails = true;
    const render = async (): Promise<string> =>
      fails ? Promise.reject(new Error('broken')) : Promise.resolve('fine\n');
    const { metrics } = await start({ metrics: { render, contentType: 'text/plain' } });
    assert.equal((await get(metrics?.port, '/metrics')).status, 500);
    assert.deepEqual(said, [
      { level: 'error', message: 'request failed', fields: { path: '/metrics', error: new Error('broken') } },
    ]);
    fails = false;
    assert.equal((await get(metrics?.port, '/metrics')).body, 'fine\n');
  });

  it('serves only what has an address', async () => {
    const { metrics, health } = await start({ metricsAddress: undefined });
    assert.equal(metrics, undefined);
    assert.equal((await get(health?.port, '/healthz')).status, 200);
  });

  it('says which port is taken, and leaves nothing open', async () => {
    const { metrics: taken } = await start();
    const { metrics: free, close } = await start();
    await close();
    await assert.rejects(start({ metricsAddress: free, healthAddress: taken }), {
      code: 'Listen',
      message: `cannot serve health at 127.0.0.1:${taken?.port}: the port is taken by another process; choose another address`,
    });
    await start({ metricsAddress: free });
  });

  it('says that an address is not of this machine', async () => {
    await assert.rejects(start({ metricsAddress: { host: '192.0.2.1', port: 8080 } }), {
      code: 'Listen',
      message: 'cannot serve metrics at 192.0.2.1:8080: this machine has no such address; choose another address',
    });
  });

  it('ends although a client keeps its connection open', async () => {
    const agent = new Agent({ keepAlive: true });
    try {
      const { metrics, close } = await start();
      await get(metrics?.port, '/metrics', 'GET', agent);
      await close();
      await assert.rejects(get(metrics?.port, '/metrics'), { code: 'ECONNREFUSED' });
    } finally {
      agent.destroy();
    }
  });

  it('ends although an answer never comes', async () => {
    const asked = Promise.withResolvers<void>();
    const never = Promise.withResolvers<string>();
    const render = async (): Promise<string> => {
      asked.resolve();
      return never.promise;
    };
    const { metrics, close } = await start({ metrics: { render, contentType: 'text/plain' } });
    const answer = assert.rejects(get(metrics?.port, '/metrics'), { code: 'ECONNRESET' });
    await asked.promise;
    await close();
    await answer;
  });

  describe('that is secured', () => {
    let printed = 0;
    const asked: string[] = [];
    const render = async (): Promise<string> => Promise.resolve(`printed ${++printed}\n`);
    const askAccess = async (token: string): Promise<Access> => {
      asked.push(token);
      return Promise.resolve(token === 'good' ? 'Allowed' : 'Unauthenticated');
    };
    const secured = async (certFolder?: string): Promise<RunningServer> =>
      start({
        metrics: { render, contentType: 'text/plain' },
        metricsSecurity: { certFolder, timers: systemTimers, askAccess },
      });
    const getSecurely = async (
      port: number | undefined,
      path: string,
      method: string,
      token?: string,
    ): Promise<Reply> =>
      fetched(
        requestSecurely({
          host: '127.0.0.1',
          port,
          path,
          method,
          rejectUnauthorized: false,
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        }),
      );
    beforeEach(() => {
      printed = 0;
      asked.length = 0;
    });

    const requests: readonly (readonly [token: string | undefined, string, string, number])[] = [
      ['good', 'GET', '/metrics', 200],
      ['good', 'HEAD', '/metrics', 200],
      ['good', 'POST', '/metrics', 405],
      ['good', 'GET', '/elsewhere', 404],
      ['bad', 'GET', '/metrics', 401],
      ['bad', 'POST', '/metrics', 401],
      ['bad', 'GET', '/elsewhere', 401],
      [undefined, 'GET', '/metrics', 401],
      [undefined, 'HEAD', '/metrics', 401],
      [undefined, 'GET', '/elsewhere', 401],
      [undefined, 'GET', '//[', 401],
    ];
    for (const [token, method, path, expected] of requests) {
      it(`answers ${expected} to ${method} ${path} with ${token === undefined ? 'no token' : `a ${token} one`}`, async () => {
        const { metrics } = await secured();
        const { status, challenge } = await getSecurely(metrics?.port, path, method, token);
        assert.equal(status, expected);
        assert.equal(challenge, expected === 401 ? 'Bearer' : undefined);
        assert.equal(printed, expected === 200 ? 1 : 0, 'nothing is printed for those who may not see it');
        assert.deepEqual(asked, token === undefined ? [] : [token]);
      });
    }

    it('asks nobody who probes its health for a token, and speaks plain HTTP there', async () => {
      const { health } = await secured();
      assert.equal((await get(health?.port, '/healthz')).status, 200);
      assert.deepEqual(asked, []);
    });

    it('does not let itself be taken up by connections to its metrics', async () => {
      const { metrics, health } = await secured();
      const { port = 0 } = metrics ?? {};
      const sockets = await Promise.all(
        Array.from({ length: 128 }, async () => {
          const socket = connect(port, '127.0.0.1').on('error', () => undefined);
          await once(socket, 'connect');
          return socket;
        }),
      );
      await assert.rejects(getSecurely(port, '/metrics', 'GET', 'good'));
      assert.equal((await get(health?.port, '/healthz')).status, 200);
      sockets[0]?.destroy();
      await eventually('there is room again', async () => {
        assert.equal((await getSecurely(port, '/metrics', 'GET', 'good')).status, 200);
        return true;
      });
      for (const socket of sockets) socket.destroy();
    });

    it('does not start without the certificate that it was told to use, and leaves nothing open', async () => {
      const { metrics: free, close } = await start();
      await close();
      const folder = '/nonexistent';
      const metricsSecurity = { certFolder: folder, timers: systemTimers, askAccess };
      await assert.rejects(start({ metricsAddress: free, metricsSecurity }), {
        code: 'Certificate',
        message: /^cannot read \/nonexistent\/tls\.crt: ENOENT/,
      });
      await start({ metricsAddress: free });
    });
  });
});
