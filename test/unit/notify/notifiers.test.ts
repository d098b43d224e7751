import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { ChangeSet } from '../../../src/notify/change-set.ts';
import { NotifyConfigError } from '../../../src/notify/config/load.ts';
import { createNotifiers, type Notifiers, type NotifiersOptions } from '../../../src/notify/notifiers.ts';
import { ProxyError } from '../../../src/notify/sending/proxies.ts';
import { changes, numbered } from '../../support/change-sets.ts';
import { answer, hang, startReceiver, type Manners, type Receiver } from '../../support/receiver.ts';
import { virtualTimers } from '../../support/virtual-timers.ts';
import { hastyTimers, until } from '../kube/fake-server.ts';
import { recordingLogger } from './queue/recording-logger.ts';

type Fields = Readonly<Record<string, unknown>>;

const ok = answer(200);
const SECRET = 'T0PSECRET';

describe('the notifiers', () => {
  const cleanups: (() => unknown)[] = [];
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-notifiers-'));
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
    rmSync(folder, { recursive: true, force: true });
  });

  async function receiver(manners: Manners): Promise<Receiver> {
    const started = await startReceiver(manners);
    cleanups.push(started.close);
    return started;
  }

  /** JSON is YAML. */
  function settings(targets: readonly Fields[]): string {
    const path = join(folder, 'config.yaml');
    writeFileSync(path, JSON.stringify({ targets: targets.map((fields) => ({ type: 'webhook', ...fields })) }));
    return path;
  }

  interface Scene {
    readonly notifiers: Notifiers;
    readonly results: readonly string[];
    readonly logged: readonly string[];
  }

  function start(targets: readonly Fields[], more: Partial<NotifiersOptions> = {}): Scene {
    const { logger, all } = recordingLogger();
    const results: string[] = [];
    const notifiers = createNotifiers({
      configPath: settings(targets),
      userAgent: 'plimsoll/test',
      env: {},
      timers: hastyTimers(),
      logger,
      onResult: (target, result) => results.push(`${target} ${result}`),
      ...more,
    });
    cleanups.push(() => notifiers.stop(0));
    return { notifiers, results, logged: all };
  }

  it('bring what is routed to where it is routed, and count it', async () => {
    const { url, requests } = await receiver(ok);
    const { notifiers, results } = start([
      { name: 'ops', url: `${url}/ops` },
      { name: 'ci', url: `${url}/ci`, namespaces: ['ci'] },
    ]);
    assert.deepEqual(notifiers.targets(), ['ops', 'ci']);
    for (const [name, set] of notifiers.route(changes())) assert.equal(await notifiers.offer(name, set), true);
    assert.deepEqual([requests.map(({ path }) => path), results], [['/ops'], ['ops sent']]);
  });

  it('count what is refused, dropped and repeated', async () => {
    const { url } = await receiver(
      (response, { path }) => void response.writeHead(path === '/refuse' ? 404 : 503).end(),
    );
    const { notifiers, results } = start([
      { name: 'refuse', url: `${url}/refuse` },
      { name: 'full', url: `${url}/busy`, maxQueue: 1 },
    ]);
    void notifiers.offer('full', numbered(1));
    assert.equal(await notifiers.offer('refuse', numbered(1)), false);
    assert.equal(await notifiers.offer('full', numbered(2)), false);
    assert.equal(notifiers.queueDepth('full'), 1);
    await until(() => results.includes('full retried'));
    assert.ok(results.includes('refuse failed') && results.includes('full dropped'));
  });

  it('take nothing for targets that are not there', async () => {
    const { notifiers, results } = start([]);
    assert.equal(await notifiers.offer('nobody', changes()), false);
    assert.equal(notifiers.queueDepth('nobody'), 0);
    assert.deepEqual(results, []);
  });

  it('do not let one target wait for another', async () => {
    const [hanging, healthy] = [await receiver(hang), await receiver(ok)];
    const { notifiers } = start([
      { name: 'hanging', url: hanging.url },
      { name: 'healthy', url: healthy.url },
    ]);
    for (let number = 0; number < 20; number++) {
      void notifiers.offer('hanging', numbered(number));
      assert.equal(await notifiers.offer('healthy', numbered(number)), true);
    }
    assert.deepEqual([hanging.requests.length, healthy.requests.length], [1, 20]);
  });

  it('use new settings of the file, and go on with what waits', async () => {
    const [hanging, healthy] = [await receiver(answer(503, '', { 'retry-after': '600' })), await receiver(ok)];
    const timers = virtualTimers();
    const { notifiers } = start(
      [
        { name: 'ops', url: hanging.url },
        { name: 'gone', url: hanging.url },
      ],
      { timers },
    );
    notifiers.start();
    const waiting = [notifiers.offer('ops', numbered(1)), notifiers.offer('gone', numbered(1))];
    await until(() => timers.sleepers().length === 3, 'both wait, and the file is followed');
    settings([
      { name: 'ops', url: healthy.url },
      { name: 'new', url: healthy.url },
    ]);
    await timers.advance(10_000);
    assert.deepEqual(await Promise.all(waiting), [true, false]);
    assert.deepEqual(notifiers.targets(), ['ops', 'new']);
    assert.deepEqual([...notifiers.route(changes()).keys()], ['ops', 'new']);
  });

  it('end within the time that they are given, though a receiver hangs', async () => {
    const [hanging, healthy] = [await receiver(hang), await receiver(ok)];
    const timers = virtualTimers();
    const { notifiers, results } = start(
      [
        { name: 'hanging', url: hanging.url, timeoutSeconds: 60 },
        { name: 'healthy', url: healthy.url },
      ],
      { timers },
    );
    const offered = [notifiers.offer('hanging', numbered(1)), notifiers.offer('healthy', numbered(1))];
    await until(() => hanging.requests.length === 1);
    const stopped = notifiers.stop(5000);
    await until(() => timers.sleepers()[0] === 5000);
    await timers.advance(5000);
    await stopped;
    assert.deepEqual(await Promise.all(offered), [false, true]);
    assert.equal(await notifiers.offer('healthy', numbered(2)), false);
    assert.deepEqual(results, ['healthy sent']);
  });

  it('do not start with bad settings, nor with a bad proxy', () => {
    assert.throws(
      () => start([{ name: 'ops' }]),
      (error) => error instanceof NotifyConfigError,
    );
    assert.throws(
      () => start([], { env: { HTTPS_PROXY: 'x' } }),
      (error) => error instanceof ProxyError,
    );
  });

  it('log no secrets, whatever a receiver does', async () => {
    const echo: Manners = (response, { path, headers, body }) =>
      void response.writeHead(400).end(`${path} ${headers.authorization} ${JSON.stringify(headers)} ${body}`);
    const { url } = await receiver(echo);
    writeFileSync(join(folder, 'secret'), `${SECRET}-${SECRET}`);
    const gone = await startReceiver(ok);
    await gone.close();
    const secrets = {
      bearerTokenFile: 'secret',
      hmacKeyFile: 'secret',
      headers: [{ name: 'X-Key', valueFile: 'secret' }],
    };
    const { notifiers, logged } = start([
      { name: 'echo', url: `${url}/${SECRET}?key=${SECRET}`, ...secrets },
      { name: 'gone', url: `${gone.url}/${SECRET}`, giveUpAfterSeconds: 1, ...secrets },
      { name: 'nowhere', url: `http://receiver.invalid/${SECRET}`, ...secrets },
    ]);
    await notifiers.offer('echo', changes());
    void notifiers.offer('gone', changes());
    void notifiers.offer('nowhere', changes());
    await until(() => logged.length > 6);
    assert.doesNotMatch(logged.join('\n'), new RegExp(SECRET));
  });
});

describe('a receiver of the worst manners', () => {
  /** What it does with a request, and whether the request has arrived all the same. */
  const manners: Readonly<Record<string, readonly [does: Manners, hasArrived: boolean]>> = {
    ok: [ok, true],
    created: [answer(201, 'x'.repeat(100_000)), true],
    okAndCloses: [answer(200, '', { connection: 'close' }), true],
    okWithoutEnd: [(response) => response.writeHead(200).flushHeaders(), true],
    error: [answer(500, 'x'.repeat(100_000)), false],
    busy: [answer(429, '', { 'retry-after': '1' }), false],
    resets: [(response) => void response.socket?.resetAndDestroy(), false],
    closes: [(response) => void response.destroy(), false],
    hangsAWhile: [(response) => void setTimeout(() => response.destroy(), 30), false],
    halfHeaders: [(response) => void response.socket?.end('HTTP/1.1 20'), false],
  };

  it('gets everything, in order, and nothing twice once it has said that it has it', async function hostile() {
    this.timeout(120_000);
    const names = fc.oneof(fc.constant('ok'), fc.constantFrom(...Object.keys(manners)));
    const runs = fc.array(names, { minLength: 12, maxLength: 25, size: 'max' });
    await fc.assert(
      fc.asyncProperty(runs, fc.boolean(), async (run, isDigest) => {
        const accepted: string[] = [];
        const refused: string[] = [];
        let next = 0;
        const receiver = await startReceiver(async (response, request) => {
          const [does, hasArrived] = manners[run[next++] ?? 'ok'] ?? [ok, true];
          (hasArrived ? accepted : refused).push(request.body);
          await does(response, request);
        });
        const folder = mkdtempSync(join(tmpdir(), 'plimsoll-notifiers-'));
        const configPath = join(folder, 'config.yaml');
        const settled = {
          name: 'ops',
          type: 'webhook',
          url: receiver.url,
          timeoutSeconds: 60,
          digestSeconds: isDigest ? 1 : 0,
          giveUpAfterSeconds: 86_400,
        };
        writeFileSync(configPath, JSON.stringify({ targets: [settled] }));
        const { logger } = recordingLogger();
        // Pauses pass as soon as they begin.
        let skippedMs = 0;
        const now = (): number => performance.now() + skippedMs;
        const sleep = (ms: number): Promise<void> =>
          new Promise((wake) => {
            skippedMs += ms;
            setImmediate(wake);
          });
        const timers = hastyTimers({ now, sleep });
        const notifiers = createNotifiers({ configPath, userAgent: 'x', env: {}, timers, logger });
        try {
          const outcomes = Array.from({ length: 12 }, (_, number) => notifiers.offer('ops', numbered(number)));
          assert.ok((await Promise.all(outcomes)).every(Boolean));
          const told = accepted.flatMap((body) => (JSON.parse(body) as { changes: ChangeSet[] }).changes);
          assert.deepEqual(
            told.flatMap(({ opened }) => opened.map(({ id }) => id)),
            Array.from({ length: 12 }, (_, number) => `finding-${number}`),
          );
          const idOf = (body: string): string => (JSON.parse(body) as { id: string }).id;
          assert.deepEqual(
            refused.filter((body) => !accepted.includes(body)),
            [],
            'a repetition differs',
          );
          assert.equal(new Set(accepted.map(idOf)).size, accepted.length);
          assert.ok(receiver.busiest() <= 2, 'one is over before the next begins, but for the end of its answer');
        } finally {
          await notifiers.stop(0);
          await receiver.close();
          rmSync(folder, { recursive: true, force: true });
        }
      }),
      { numRuns: 10 },
    );
  });
});
