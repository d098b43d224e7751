import assert from 'node:assert/strict';
import type { KubeConfig, User } from '@kubernetes/client-node';
import { ApiError, TransportError } from '../../../src/kube/api-error.ts';
import type { RequestOptions } from '../../../src/kube/client.ts';
import { createClient } from '../../../src/kube/transport.ts';
import {
  clientFor,
  hastyTimers,
  inTurn,
  json,
  kubeConfigFor,
  refusal,
  reset,
  startFakeServer,
  type Answer,
  type FakeServer,
} from './fake-server.ts';

const GET: RequestOptions = { method: 'GET', path: '/api/v1/pods' };
const APPLY: RequestOptions = {
  method: 'PATCH',
  path: '/api/v1/x',
  contentType: 'application/apply-patch+yaml',
  body: {},
};
const MERGE: RequestOptions = {
  method: 'PATCH',
  path: '/api/v1/x',
  contentType: 'application/merge-patch+json',
  body: {},
};
const POST: RequestOptions = { method: 'POST', path: '/api/v1/x', body: { a: 1 } };
const ok = json(200, { ok: true });

function setUser(config: KubeConfig, user: Partial<User>): void {
  config.loadFromOptions({
    clusters: config.getClusters(),
    contexts: config.getContexts(),
    users: [{ name: 'test', ...user }],
    currentContext: config.getCurrentContext(),
  });
}

describe('KubeClient', () => {
  let server: FakeServer;
  const cleanups: (() => Promise<unknown>)[] = [];

  afterEach(async () => {
    for (const cleanup of cleanups.splice(0)) await cleanup();
  });

  async function start(
    ...steps: readonly Answer[]
  ): Promise<{ client: ReturnType<typeof clientFor>; timers: ReturnType<typeof hastyTimers> }> {
    server = await startFakeServer(inTurn(...steps));
    const timers = hastyTimers();
    const client = clientFor(server, timers);
    cleanups.push(() => client.close(), server.close);
    return { client, timers };
  }

  it('sends method, path, query, body and who it is', async () => {
    const { client } = await start(ok);
    const answer = await client.request({
      ...POST,
      query: { force: true, limit: 5, absent: undefined, labelSelector: 'a=b,c' },
    });
    assert.deepEqual(answer, { ok: true });
    const [request] = server.requests;
    assert.equal(request?.method, 'POST');
    assert.equal(request.path, '/api/v1/x');
    assert.deepEqual(request.query, { force: 'true', limit: '5', labelSelector: 'a=b,c' });
    assert.equal(request.body, '{"a":1}');
    assert.equal(request.headers['content-type'], 'application/json');
    assert.equal(request.headers.accept, 'application/json');
    assert.equal(request.headers['user-agent'], 'plimsoll/test');
    assert.equal(request.headers.authorization, 'Bearer secret');
  });

  it('keeps the path of a server that is not at the root', async () => {
    await start(ok);
    const client = createClient({ loadConfig: () => kubeConfigFor(`${server.url}/k8s/clusters/c-1/`), userAgent: 'x' });
    cleanups.unshift(() => client.close());
    await client.request(GET);
    assert.equal(server.requests[0]?.path, '/k8s/clusters/c-1/api/v1/pods');
  });

  it('answers undefined to an empty body', async () => {
    const { client } = await start((response) => void response.end());
    assert.equal(await client.request(GET), undefined);
  });

  it('uses a handful of connections for a thousand requests', async () => {
    server = await startFakeServer(ok);
    const client = clientFor(server);
    cleanups.push(() => client.close(), server.close);
    for (let round = 0; round < 100; round++) {
      await Promise.all(Array.from({ length: 10 }, () => client.request(GET)));
    }
    assert.equal(server.requests.length, 1000);
    assert.ok(server.connections() < 30, `${server.connections()} connections`);
  });

  const failures: readonly (readonly [status: number, code: string])[] = [
    [400, 'BadRequest'],
    [403, 'Forbidden'],
    [404, 'NotFound'],
    [409, 'Conflict'],
    [410, 'Gone'],
    [422, 'Invalid'],
    [302, 'Other'],
  ];
  for (const [status, code] of failures) {
    it(`throws ${code} at once when the server answers ${status}`, async () => {
      const { client } = await start(refusal(status, 'SomeReason'));
      const error = await client.request(GET).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof ApiError);
      assert.equal(error.status, status);
      assert.equal(error.code, code);
      assert.equal(error.reason, 'SomeReason');
      assert.equal(error.message, `GET /api/v1/pods: ${status} because SomeReason`);
      assert.equal(server.requests.length, 1);
    });
  }

  it('quotes the beginning of an answer that is no Status', async () => {
    const { client } = await start((response) => void response.writeHead(404).end('<html>no such page</html>'));
    await assert.rejects(client.request(GET), /404 <html>no such page/);
  });

  const repeated: readonly (readonly [name: string, options: RequestOptions, first: Answer])[] = [
    ['a GET after 500', GET, refusal(500, 'InternalError')],
    ['a GET after 503', GET, refusal(503, 'ServiceUnavailable')],
    ['a GET after a reset', GET, reset],
    ['a PUT after a reset', { ...POST, method: 'PUT' }, reset],
    ['a DELETE after 500', { ...POST, method: 'DELETE' }, refusal(500, 'InternalError')],
    ['an apply after a reset', APPLY, reset],
    ['an apply after 500', APPLY, refusal(500, 'InternalError')],
    ['a POST after 429', POST, refusal(429, 'TooManyRequests')],
    [
      'a GET after half a body',
      GET,
      (response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"ok":');
        response.socket?.destroySoon();
      },
    ],
    ['a GET after a body that is no JSON', GET, (response) => void response.end('{"ok":')],
  ];
  for (const [name, options, first] of repeated) {
    it(`repeats ${name}`, async () => {
      const { client, timers } = await start(first, ok);
      assert.deepEqual(await client.request(options), { ok: true });
      assert.equal(server.requests.length, 2);
      assert.equal(timers.slept.length, 1);
    });
  }

  const final: readonly (readonly [name: string, options: RequestOptions, first: Answer])[] = [
    ['a POST after 500', POST, refusal(500, 'InternalError')],
    ['a POST after a reset', POST, reset],
    ['a merge patch after a reset', MERGE, reset],
    ['a GET that is to wait longer than a minute', GET, refusal(503, 'Away', { 'retry-after': '61' })],
  ];
  for (const [name, options, first] of final) {
    it(`does not repeat ${name}`, async () => {
      const { client, timers } = await start(first, ok);
      await assert.rejects(client.request(options));
      assert.equal(server.requests.length, 1);
      assert.deepEqual(timers.slept, []);
    });
  }

  it('gives up in the end, with the last failure', async () => {
    const { client, timers } = await start(...Array.from({ length: 9 }, () => refusal(500, 'InternalError')));
    await assert.rejects(client.request(GET), { code: 'ServerError', status: 500 });
    assert.equal(server.requests.length, 5);
    assert.deepEqual(timers.slept, [150, 300, 600, 1200]);
  });

  it('waits as long as Retry-After says', async () => {
    const { client, timers } = await start(refusal(429, 'TooManyRequests', { 'retry-after': '7' }), ok);
    await client.request(GET);
    assert.deepEqual(timers.slept, [7000]);
  });

  it('ends with Timeout when there is no answer in time', async () => {
    const { client } = await start();
    await assert.rejects(client.request({ ...GET, timeoutMs: 30 }), (error) => {
      assert.ok(error instanceof TransportError);
      assert.equal(error.code, 'Timeout');
      return true;
    });
    assert.equal(server.requests.length, 1);
  });

  it('ends with the reason of the signal when that is aborted', async () => {
    const { client } = await start();
    const stop = new AbortController();
    const reason = new Error('shutting down');
    const request = client.request({ ...GET, signal: stop.signal });
    const refused = assert.rejects(request, reason);
    setImmediate(() => stop.abort(reason));
    await refused;
  });

  it('ends with the reason of the signal in a pause between two attempts, too', async () => {
    server = await startFakeServer(refusal(500, 'InternalError'));
    const stop = new AbortController();
    const reason = new Error('shutting down');
    const timers = hastyTimers({
      sleep: () => {
        stop.abort(reason);
        return Promise.resolve();
      },
    });
    const client = clientFor(server, timers);
    cleanups.push(() => client.close(), server.close);
    await assert.rejects(client.request({ ...GET, signal: stop.signal }), reason);
    assert.equal(server.requests.length, 1);
  });

  it('says what it cannot reach', async () => {
    await start();
    await server.close();
    cleanups.length = 0;
    const timers = hastyTimers();
    const client = clientFor(server, timers);
    await assert.rejects(client.request(POST), (error) => {
      assert.ok(error instanceof TransportError);
      assert.equal(error.code, 'ECONNREFUSED');
      assert.match(error.message, /^POST \/api\/v1\/x: .*ECONNREFUSED/);
      return true;
    });
    assert.equal(timers.slept.length, 4);
    await client.close();
  });

  it('reads the credentials anew after 401, once', async () => {
    await start(refusal(401, 'Unauthorized'), ok, refusal(401, 'Unauthorized'), refusal(401, 'Unauthorized'));
    const tokens = ['old', 'new', 'newer'];
    const client = createClient({ loadConfig: () => kubeConfigFor(server.url, tokens.shift()), userAgent: 'x' });
    cleanups.unshift(() => client.close());
    assert.deepEqual(await client.request(GET), { ok: true });
    await assert.rejects(client.request(GET), { code: 'Unauthorized' });
    assert.deepEqual(
      server.requests.map(({ headers }) => headers.authorization),
      ['Bearer old', 'Bearer new', 'Bearer new', 'Bearer newer'],
    );
  });

  it('reads the credentials anew only once for all requests that were under way', async () => {
    server = await startFakeServer((response, request) =>
      (request.headers.authorization === 'Bearer old' ? refusal(401, 'Unauthorized') : ok)(response, request),
    );
    const tokens = ['old', 'new'];
    const client = createClient({ loadConfig: () => kubeConfigFor(server.url, tokens.shift()), userAgent: 'x' });
    cleanups.push(() => client.close(), server.close);
    await Promise.all(Array.from({ length: 5 }, () => client.request(GET)));
    assert.deepEqual(tokens, []);
    assert.equal(server.requests.filter(({ headers }) => headers.authorization === 'Bearer new').length, 5);
  });

  it('asks for credentials again after half a minute', async () => {
    server = await startFakeServer(ok);
    let nowMs = 0;
    const config = kubeConfigFor(server.url);
    const timers = hastyTimers({ now: () => nowMs });
    const client = createClient({ loadConfig: () => config, userAgent: 'x', timers });
    cleanups.push(() => client.close(), server.close);
    await client.request(GET);
    setUser(config, { token: 'rotated\n' });
    nowMs = 29_999;
    await client.request(GET);
    nowMs = 30_000;
    await client.request(GET);
    assert.deepEqual(
      server.requests.map(({ headers }) => headers.authorization),
      ['Bearer secret', 'Bearer secret', 'Bearer rotated'],
    );
  });

  it('keeps its connections over new tokens, and leaves them over new TLS material', async () => {
    server = await startFakeServer(ok);
    let nowMs = 0;
    const config = kubeConfigFor(server.url);
    const timers = hastyTimers({ now: () => nowMs });
    const client = createClient({ loadConfig: () => config, userAgent: 'x', timers });
    cleanups.push(() => client.close(), server.close);
    const connectionsAfter = async (user: (round: number) => Partial<User>): Promise<number> => {
      const before = server.connections();
      for (let round = 1; round <= 10; round++) {
        setUser(config, user(round));
        nowMs += 30_000;
        await client.request(GET);
      }
      return server.connections() - before;
    };
    const withTokens = await connectionsAfter((round) => ({ token: `token-${round}` }));
    assert.ok(withTokens <= 2, `${withTokens} connections`);
    const withKeys = await connectionsAfter((round) => ({ keyData: Buffer.from(`key ${round}`).toString('base64') }));
    assert.equal(withKeys, 10);
  });

  it('tells its hooks of requests, retries and the time of the server', async () => {
    const date = 'Sat, 31 Jan 2026 12:00:00 GMT';
    server = await startFakeServer(inTurn(refusal(500, 'InternalError', { date }), reset, json(200, {}, { date })));
    const told: unknown[] = [];
    const client = clientFor(server, hastyTimers({ now: () => 5000 }), {
      onRequest: ({ method, code, seconds }) => told.push([method, code, seconds]),
      onRetry: ({ method, code }) => told.push(['retry', method, code]),
      onServerDate: (at, receivedAtMs) => told.push([at.toISOString(), receivedAtMs]),
    });
    cleanups.push(() => client.close(), server.close);
    await client.request(GET);
    assert.deepEqual(told, [
      ['2026-01-31T12:00:00.000Z', 5000],
      ['GET', '500', 0],
      ['retry', 'GET', '500'],
      ['GET', '<error>', 0],
      ['retry', 'GET', '<error>'],
      ['2026-01-31T12:00:00.000Z', 5000],
      ['GET', '200', 0],
    ]);
  });

  describe('stream', () => {
    it('gives the body as it arrives', async () => {
      const { client } = await start(async (response) => {
        response.write('one');
        await new Promise((resolve) => setImmediate(resolve));
        response.end('two');
      });
      let text = '';
      for await (const chunk of await client.stream({ path: '/x', query: { watch: true } })) text += chunk.toString();
      assert.equal(text, 'onetwo');
      assert.deepEqual(server.requests[0]?.query, { watch: 'true' });
    });

    it('throws what the server refuses, at once', async () => {
      const { client } = await start(refusal(500, 'InternalError'));
      await assert.rejects(client.stream({ path: '/x' }), { code: 'ServerError' });
      assert.equal(server.requests.length, 1);
    });

    it('fails when it is silent for too long', async () => {
      const { client } = await start((response) => void response.write('x'));
      const body = await client.stream({ path: '/x', idleTimeoutMs: 50 });
      await assert.rejects(
        async () => {
          for await (const chunk of body) assert.equal(chunk.toString(), 'x');
        },
        { code: 'UND_ERR_BODY_TIMEOUT' },
      );
    });

    it('ends on the server too when the iteration is left', async () => {
      const closed = Promise.withResolvers<unknown>();
      const { client } = await start((response) => {
        response.on('close', closed.resolve);
        response.write('x');
      });
      for await (const chunk of await client.stream({ path: '/x' })) {
        assert.equal(chunk.toString(), 'x');
        break;
      }
      await closed.promise;
    });
  });
});
