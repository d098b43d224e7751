import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { RawObject } from '../../../src/kube/raw-object.ts';
import { startReflector } from '../../../src/kube/reflector.ts';
import type { Reflector, ReflectorOptions } from '../../../src/kube/reflector-api.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import {
  clientFor,
  hastyTimers,
  inTurn,
  json,
  refusal,
  reset,
  silent,
  startFakeServer,
  until,
  type Answer,
  type FakeServer,
  type HastyTimers,
} from './fake-server.ts';

const WIDGETS = { group: 'example.com', version: 'v1', resource: 'widgets', kind: 'Widget', namespaced: true };

function widget(name: string, version: number): object {
  return {
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: { name, namespace: 'shop', resourceVersion: String(version) },
  };
}

const event = (type: string, object: object): string => `${JSON.stringify({ type, object })}\n`;
const added = (name: string, version: number): string => event('ADDED', widget(name, version));
const modified = (name: string, version: number): string => event('MODIFIED', widget(name, version));
const deleted = (name: string, version: number): string => event('DELETED', widget(name, version));
const bookmark = (version: number, annotations?: object): string =>
  event('BOOKMARK', {
    kind: 'Widget',
    apiVersion: 'example.com/v1',
    metadata: { resourceVersion: String(version), annotations },
  });
const initialEnd = (version: number): string => bookmark(version, { 'k8s.io/initial-events-end': 'true' });
const errorEvent = (code: number): string =>
  event('ERROR', { kind: 'Status', code, message: `error ${code}`, reason: 'Expired' });

/** A watch that says this and stays open. */
const open =
  (...lines: readonly string[]): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    if (lines.length > 0) response.write(lines.join(''));
  };
/** A watch that says this and comes to its end. */
const ended =
  (...lines: readonly string[]): Answer =>
  (response) =>
    void response.end(lines.join(''));
/** A watch that says this and breaks. */
const broken =
  (...lines: readonly string[]): Answer =>
  (response) => {
    response.write(lines.join(''), () => setImmediate(() => response.socket?.resetAndDestroy()));
  };
const page = (names: readonly string[], version: number, token = ''): Answer =>
  json(200, {
    kind: 'WidgetList',
    metadata: { resourceVersion: String(version), continue: token },
    items: names.map((name) => widget(name, version)),
  });

const REFUSED = refusal(422, 'Invalid');

interface Subject {
  readonly reflector: Reflector;
  readonly server: FakeServer;
  readonly client: KubeClient;
  readonly timers: HastyTimers;
  /** What the sink was told, and what the hooks. */
  readonly told: string[];
  readonly hooked: string[];
  readonly stop: AbortController;
}

describe('The reflector', () => {
  const cleanups: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });

  async function serve(...steps: readonly Answer[]): Promise<{ server: FakeServer; client: KubeClient }> {
    const server = await startFakeServer(inTurn(...steps));
    const client = clientFor(server);
    cleanups.push(server.close, () => client.close());
    return { server, client };
  }

  function reflect(
    { server, client }: { server: FakeServer; client: KubeClient },
    overrides: Partial<ReflectorOptions> & { timers?: HastyTimers; onUpsert?: (object: RawObject) => void } = {},
  ): Subject {
    const told: string[] = [];
    const hooked: string[] = [];
    const stop = new AbortController();
    const timers = overrides.timers ?? hastyTimers();
    const reflector = startReflector({
      client,
      resource: WIDGETS,
      timers,
      logger: silent,
      signal: stop.signal,
      sink: {
        startReplace: () => void told.push('start'),
        endReplace: () => void told.push('end'),
        remove: (object) => void told.push(`-${object.text('metadata.name')}`),
        upsert: (object) => {
          overrides.onUpsert?.(object);
          told.push(`+${object.text('metadata.name')}`);
        },
      },
      hooks: {
        onState: (_, state) => void hooked.push(`state ${state}`),
        onList: (_, result) => void hooked.push(`list ${result}`),
        onWatchRestart: (_, reason) => void hooked.push(`restart ${reason}`),
        onDecodeError: () => void hooked.push('decode error'),
      },
      ...overrides,
    });
    cleanups.push(async () => {
      stop.abort();
      await reflector.done;
    });
    return { reflector, server, client, timers, told, hooked, stop };
  }

  async function start(...steps: readonly Answer[]): Promise<Subject> {
    return reflect(await serve(...steps));
  }

  const queries = ({ server }: Subject): (string | undefined)[] =>
    server.requests.map(({ query }) => query['resourceVersion']);

  describe('with a watch-list', () => {
    it('has synced at the bookmark after the initial events, and follows on in the same stream', async () => {
      const subject = await start(open(added('a', 1), added('b', 2), initialEnd(5), modified('a', 6), deleted('b', 7)));
      await until(() => subject.told.length === 6);
      assert.deepEqual(subject.told, ['start', '+a', '+b', 'end', '+a', '-b']);
      assert.equal(subject.reflector.hasSynced(), true);
      assert.deepEqual(subject.reflector.state(), { state: 'Synced' });
      assert.deepEqual(subject.hooked, ['list ok', 'state Synced']);
      const [request] = subject.server.requests;
      assert.equal(request?.path, '/apis/example.com/v1/widgets');
      const { timeoutSeconds, ...query } = request.query;
      assert.deepEqual(query, {
        watch: 'true',
        sendInitialEvents: 'true',
        resourceVersionMatch: 'NotOlderThan',
        allowWatchBookmarks: 'true',
      });
      assert.equal(timeoutSeconds, '450');
    });

    it('has not synced before that bookmark', async () => {
      const subject = await start(open(added('a', 1), bookmark(2), added('b', 3)));
      await until(() => subject.told.length === 3);
      assert.equal(subject.reflector.hasSynced(), false);
      assert.deepEqual(subject.reflector.state(), { state: 'Syncing' });
      assert.notEqual(subject.reflector.lastEventTime(), undefined);
    });

    it('asks for metadata and selects by fields when told to', async () => {
      const subject = reflect(await serve(REFUSED, page([], 1)), { metadataOnly: true, fieldSelector: 'a=b' });
      await until(() => subject.server.requests.length === 3);
      assert.deepEqual(
        subject.server.requests.map(({ headers, query }) => [headers.accept, query['fieldSelector']]),
        ['PartialObjectMetadata', 'PartialObjectMetadataList', 'PartialObjectMetadata'].map((kind) => [
          `application/json;as=${kind};g=meta.k8s.io;v=v1`,
          'a=b',
        ]),
      );
    });

    it('gives way to a LIST after it has broken off half-way', async () => {
      const subject = await start(broken(added('a', 1)), page(['a', 'b'], 5), open());
      await until(() => subject.server.requests.length === 3);
      assert.deepEqual(subject.told, ['start', '+a', 'start', '+a', '+b', 'end']);
      assert.deepEqual(queries(subject), [undefined, undefined, '5']);
    });

    it('gives way to a LIST after it has ended without the bookmark', async () => {
      const subject = await start(ended(added('a', 1)), page(['a'], 5), open());
      await until(() => subject.server.requests.length === 3);
      assert.equal(subject.reflector.hasSynced(), true);
      assert.equal(subject.hooked[0], 'list ended');
    });
  });

  describe('with a server that refuses watch-lists', () => {
    it('reads page by page, and watches from there', async () => {
      const subject = await start(REFUSED, page(['a', 'b'], 5, 'more'), page(['c'], 5), open(modified('a', 6)));
      await until(() => subject.told.length === 6);
      assert.deepEqual(subject.told, ['start', '+a', '+b', '+c', 'end', '+a']);
      const [, first, second, watch] = subject.server.requests;
      assert.deepEqual(first?.query, { limit: '500' });
      assert.deepEqual(second?.query, { limit: '500', continue: 'more' });
      assert.equal(watch?.query['resourceVersion'], '5');
      assert.equal(watch.query['sendInitialEvents'], undefined);
      assert.deepEqual(subject.timers.slept, []);
    });

    it('remembers that for all kinds', async () => {
      const served = await serve(REFUSED, page([], 5), open(), page([], 7), open());
      const first = reflect(served);
      await until(() => first.server.requests.length === 3);
      const second = reflect(served);
      await until(() => second.server.requests.length === 5);
      assert.equal(second.server.requests[3]?.query['watch'], undefined);
    });

    it('begins anew, all in one, when a page has expired', async () => {
      const subject = await start(
        REFUSED,
        page(['a'], 5, 'more'),
        refusal(410, 'Expired'),
        page(['b', 'c'], 9),
        open(),
      );
      await until(() => subject.server.requests.length === 5);
      assert.deepEqual(subject.told, ['start', '+a', 'start', '+b', '+c', 'end']);
      assert.deepEqual(subject.server.requests[3]?.query, {});
      assert.deepEqual(subject.hooked, ['list expired', 'list ok', 'state Synced']);
    });

    it('does not take half a list for a whole one', async () => {
      const half: Answer = (response) =>
        void response.end('{"metadata":{"resourceVersion":"5"},"items":[{"metadata":{"name":"a"}},{"met');
      const subject = await start(REFUSED, half, page(['a', 'b'], 6), open());
      await until(() => subject.server.requests.length === 4);
      assert.deepEqual(subject.told, ['start', '+a', 'start', '+a', '+b', 'end']);
    });
  });

  describe('when a watch ends', () => {
    const ways: readonly (readonly [name: string, end: (...lines: readonly string[]) => Answer, reason: RegExp])[] = [
      ['comes to its end', ended, /restart ended/],
      ['breaks', broken, /restart (UND_ERR_SOCKET|ECONNRESET)/],
      ['ends by an error event', (...lines) => open(...lines, errorEvent(500)), /restart ServerError/],
      [
        'ends in the middle of an event',
        (...lines) => ended(...lines, '{"type":"ADDED","object":{"meta'),
        /restart ended/,
      ],
    ];
    for (const [name, end, reason] of ways) {
      it(`goes on from the last event when it ${name}`, async () => {
        const subject = await start(end(added('a', 1), initialEnd(5), modified('a', 6)), open(deleted('a', 7)));
        await until(() => subject.told.at(-1) === '-a');
        assert.deepEqual(subject.told, ['start', '+a', 'end', '+a', '-a']);
        assert.deepEqual(queries(subject), [undefined, '6']);
        assert.match(subject.hooked.join(), reason);
        assert.ok(!subject.hooked.includes('decode error'));
        assert.deepEqual(subject.reflector.state(), { state: 'Synced' });
      });
    }

    it('goes on from the last bookmark', async () => {
      const subject = await start(ended(initialEnd(5), bookmark(42)), open());
      await until(() => subject.server.requests.length === 2);
      assert.deepEqual(queries(subject), [undefined, '42']);
    });

    it('goes on when it has been silent for too long', async () => {
      const subject = reflect(await serve(open(initialEnd(5)), open()), { idleTimeoutMs: 40 });
      await until(() => subject.server.requests.length === 2);
      assert.ok(subject.hooked.includes('restart idle'));
      assert.deepEqual(queries(subject), [undefined, '5']);
    });

    it('goes on at once when it was healthy', async () => {
      let hours = 0;
      const timers = hastyTimers({ now: () => hours++ * 3_600_000 });
      const subject = reflect(await serve(ended(initialEnd(5)), ended(bookmark(6)), ended(bookmark(7)), open()), {
        timers,
      });
      await until(() => subject.server.requests.length === 4);
      assert.deepEqual(timers.slept, [0, 0, 0]);
    });

    it('never goes on in a tight loop', async () => {
      const timers = hastyTimers({ now: () => 0 });
      const subject = reflect(await serve(ended(initialEnd(5)), ...Array.from({ length: 8 }, () => ended()), open()), {
        timers,
      });
      await until(() => subject.server.requests.length === 10);
      assert.deepEqual(timers.slept, [600, 1200, 2400, 4800, 9600, 19_200, 22_500, 22_500, 22_500]);
    });
  });

  describe('when its place has been forgotten', () => {
    const ways: readonly (readonly [name: string, steps: readonly Answer[]])[] = [
      ['answers 410', [ended(added('a', 1), initialEnd(5)), refusal(410, 'Expired')]],
      ['sends an error event 410', [open(added('a', 1), initialEnd(5), errorEvent(410))]],
    ];
    for (const [name, steps] of ways) {
      it(`reads everything anew when the server ${name}`, async () => {
        const subject = await start(...steps, open(added('b', 8), initialEnd(9)));
        await until(() => subject.told.length === 6);
        assert.deepEqual(subject.told, ['start', '+a', 'end', 'start', '+b', 'end']);
        assert.equal(subject.server.requests.at(-1)?.query['sendInitialEvents'], 'true');
        assert.ok(subject.hooked.includes('restart expired'));
        assert.ok(!subject.hooked.includes('state Failing'));
      });
    }
  });

  describe('when the server fails', () => {
    it('waits longer each time, and goes on where it was', async () => {
      const subject = await start(
        ended(initialEnd(5)),
        refusal(500, 'InternalError'),
        reset,
        refusal(503, 'Away'),
        open(added('a', 6)),
      );
      await until(() => subject.told.includes('+a'));
      assert.deepEqual(subject.timers.slept, [600, 1200, 2400, 4800]);
      assert.deepEqual(queries(subject), [undefined, '5', '5', '5', '5']);
      assert.deepEqual(
        subject.hooked.filter((line) => line.startsWith('state')),
        ['state Synced', 'state Failing', 'state Synced'],
      );
    });

    it('waits as long as it is asked to', async () => {
      const subject = await start(refusal(429, 'TooManyRequests', { 'retry-after': '9' }), open(initialEnd(5)));
      await until(() => subject.reflector.hasSynced());
      assert.deepEqual(subject.timers.slept, [9000]);
      assert.equal(subject.server.requests.length, 2);
    });

    it('says what is wrong', async () => {
      const subject = await start(refusal(500, 'InternalError'));
      await until(() => subject.reflector.state().state === 'Failing');
      assert.deepEqual(subject.reflector.state(), {
        state: 'Failing',
        message: 'GET /apis/example.com/v1/widgets: 500 because InternalError',
      });
    });
  });

  describe('when a kind cannot be read', () => {
    it('says that it is forbidden, tries again patiently, and syncs when it is allowed', async () => {
      const denied = refusal(403, 'Forbidden');
      const subject = await start(denied, denied, denied, denied, denied, denied, open(added('a', 1), initialEnd(5)));
      await until(() => subject.reflector.hasSynced());
      assert.deepEqual(subject.timers.slept, [3750, 7500, 15_000, 30_000, 45_000, 45_000]);
      assert.deepEqual(
        subject.hooked.filter((line) => line.startsWith('state')),
        ['state Forbidden', 'state Synced'],
      );
      assert.deepEqual(subject.told, ['start', '+a', 'end']);
    });

    it('leaves what was seen with the sink when permission is taken away, and goes on where it was', async () => {
      const subject = await start(ended(added('a', 1), initialEnd(5)), refusal(403, 'Forbidden'), open(added('b', 6)));
      await until(() => subject.told.includes('+b'));
      assert.deepEqual(subject.told, ['start', '+a', 'end', '+b']);
      assert.ok(subject.hooked.includes('state Forbidden'));
    });

    it('says that it is absent, and reads everything anew when it is there again', async () => {
      const subject = await start(ended(added('a', 1), initialEnd(5)), refusal(404, 'NotFound'), open(initialEnd(9)));
      await until(() => subject.told.length === 5);
      assert.deepEqual(subject.told, ['start', '+a', 'end', 'start', 'end']);
      assert.ok(subject.hooked.includes('state Absent'));
      assert.deepEqual(subject.reflector.state(), { state: 'Synced' });
    });
  });

  describe('when an object cannot be taken over', () => {
    it('skips a line that is not JSON', async () => {
      const subject = await start(open(initialEnd(5), '{"type":"ADDED","object":{oops}}\n', 'noise\n', added('b', 7)));
      await until(() => subject.told.includes('+b'));
      assert.equal(subject.hooked.filter((line) => line === 'decode error').length, 2);
      assert.equal(subject.server.requests.length, 1);
    });

    it('skips one that the sink throws at, but counts it as seen', async () => {
      const onUpsert = (object: RawObject): void => {
        if (object.text('metadata.name') === 'bad') throw new Error('cannot project it');
      };
      const subject = reflect(await serve(ended(initialEnd(5), added('a', 6), added('bad', 7)), open()), { onUpsert });
      await until(() => subject.server.requests.length === 2);
      assert.deepEqual(subject.told, ['start', 'end', '+a']);
      assert.ok(subject.hooked.includes('decode error'));
      assert.deepEqual(queries(subject), [undefined, '7']);
    });

    it('skips one in a list too', async () => {
      const onUpsert = (object: RawObject): void => {
        if (object.text('metadata.name') === 'bad') throw new Error('cannot project it');
      };
      const subject = reflect(await serve(REFUSED, page(['a', 'bad', 'c'], 5), open()), { onUpsert });
      await until(() => subject.server.requests.length === 3);
      assert.deepEqual(subject.told, ['start', '+a', '+c', 'end']);
    });

    it('reads events that are written in another way', async () => {
      const unusual = ` { "object" : ${JSON.stringify(widget('a', 6))} , "type" : "ADDED" , "more" : 1 }\n`;
      const subject = await start(ended(initialEnd(5), unusual), open());
      await until(() => subject.server.requests.length === 2);
      assert.deepEqual(subject.told, ['start', 'end', '+a']);
      assert.deepEqual(queries(subject), [undefined, '6']);
    });
  });

  it('reads everything anew when asked to, also out of a pause', async () => {
    const timers = hastyTimers({
      sleep: async (_ms, signal) => {
        if (signal?.aborted === false) await once(signal, 'abort');
      },
    });
    const subject = reflect(
      await serve(open(added('a', 1), initialEnd(5)), reset, open(added('b', 8), initialEnd(9))),
      { timers },
    );
    await until(() => subject.reflector.hasSynced());
    subject.reflector.relist();
    await until(() => subject.reflector.state().state === 'Failing');
    subject.reflector.relist();
    await until(() => subject.told.length === 6);
    assert.deepEqual(subject.told, ['start', '+a', 'end', 'start', '+b', 'end']);
    assert.ok(subject.server.requests.every(({ query }) => query['sendInitialEvents'] === 'true'));
  });

  it('ends with its signal, out of a stream', async () => {
    const subject = await start(open(initialEnd(5)));
    await until(() => subject.reflector.hasSynced());
    subject.stop.abort();
    await subject.reflector.done;
    assert.ok(!subject.hooked.some((line) => line.startsWith('restart')));
  });
});
