import assert from 'node:assert/strict';
import type { ChangeSet } from '../../../../src/notify/change-set.ts';
import type { Target } from '../../../../src/notify/config/config.ts';
import { createLane, type Lane } from '../../../../src/notify/queue/lane.ts';
import type { Outcome } from '../../../../src/notify/queue/waiting-room.ts';
import { changes, finding, numbered, target } from '../../../support/change-sets.ts';
import {
  answer,
  hang,
  inTurn,
  startReceiver,
  type Manners,
  type Received,
  type Receiver,
} from '../../../support/receiver.ts';
import { virtualTimers, type VirtualTimers } from '../../../support/virtual-timers.ts';
import { until } from '../../kube/fake-server.ts';
import { recordingLogger } from './recording-logger.ts';

const ok = answer(200);
const busy = answer(503);

const idOf = ({ headers }: Received): string => String(headers['idempotency-key']);
const findingsOf = ({ body }: Received): readonly string[] =>
  (JSON.parse(body) as { changes: ChangeSet[] }).changes.flatMap(({ opened }) => opened.map(({ id }) => id));

interface Scene {
  readonly lane: Lane;
  readonly receiver: Receiver;
  readonly timers: VirtualTimers;
  readonly to: Target;
  readonly retries: () => number;
  readonly logged: readonly string[];
  /** What was told, message by message. */
  readonly told: () => readonly (readonly string[])[];
}

describe('the way to a target', () => {
  const cleanups: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });

  async function scene(manners: Manners, more: Partial<Target> = {}): Promise<Scene> {
    const receiver = await startReceiver(manners);
    const timers = virtualTimers();
    const { logger, logged } = recordingLogger();
    let retries = 0;
    const to = target({ url: receiver.url, ...more });
    const lane = createLane({
      target: to,
      about: {},
      userAgent: 'x',
      proxies: {},
      wallMs: timers.wallMs,
      timers,
      logger,
      onRetry: () => retries++,
    });
    cleanups.push(receiver.close, lane.end);
    return {
      lane,
      receiver,
      timers,
      to,
      retries: () => retries,
      logged,
      told: () => receiver.requests.map(findingsOf),
    };
  }

  /** Lets time pass once the lane sleeps, and until it has asked so often. */
  async function pass({ timers, receiver }: Scene, ms: number, requests: number): Promise<void> {
    await until(() => timers.sleepers().length > 0, 'the lane sleeps');
    await timers.advance(ms);
    await until(() => receiver.requests.length === requests, `${requests} requests`);
  }

  it('brings messages one at a time, in their order', async () => {
    const { lane, receiver, told } = await scene(ok);
    const outcomes = Array.from({ length: 30 }, (_, number) => lane.offer(numbered(number)));
    assert.deepEqual(new Set(await Promise.all(outcomes)), new Set(['sent']));
    assert.deepEqual(
      told(),
      Array.from({ length: 30 }, (_, number) => [`finding-${number}`]),
    );
    assert.equal(receiver.busiest(), 1);
    assert.equal(lane.depth(), 0);
  });

  it('takes up work again after a rest', async () => {
    const { lane, told } = await scene(ok);
    for (let number = 0; number < 3; number++) assert.equal(await lane.offer(numbered(number)), 'sent');
    assert.equal(told().length, 3);
  });

  it('says the same again, under the same id, after a longer pause each time', async () => {
    const made = await scene(busy);
    void made.lane.offer(numbered(1));
    void made.lane.offer(numbered(2));
    const paused: number[] = [];
    for (let requests = 1; requests <= 12; requests++) {
      await until(() => made.timers.sleepers().length > 0);
      const [ms = 0] = made.timers.sleepers();
      paused.push(ms);
      await pass(made, ms, requests + 1);
    }
    assert.deepEqual(
      paused,
      [750, 1500, 3000, 6000, 12_000, 24_000, 48_000, 96_000, 192_000, 225_000, 225_000, 225_000],
    );
    const bodies = new Set(made.receiver.requests.map(({ body }) => body));
    assert.deepEqual([bodies.size, new Set(made.receiver.requests.map(idOf)).size, made.retries()], [1, 1, 12]);
  });

  it('tries again after whatever may have gone wrong, and then goes on', async () => {
    const drop: Manners = (response) => void response.socket?.resetAndDestroy();
    const made = await scene(inTurn(busy, drop, (response) => void response.destroy(), answer(429), ok));
    const first = made.lane.offer(numbered(1));
    const second = made.lane.offer(numbered(2));
    for (let requests = 2; requests <= 5; requests++) await pass(made, 60_000, requests);
    assert.deepEqual(await Promise.all([first, second]), ['sent', 'sent']);
    assert.deepEqual(made.told(), [...Array.from({ length: 5 }, () => ['finding-1']), ['finding-2']]);
  });

  it('starts over with short pauses once something was delivered', async () => {
    const made = await scene(inTurn(busy, busy, ok, busy, ok));
    const first = made.lane.offer(numbered(1));
    await pass(made, 750, 2);
    await pass(made, 1500, 3);
    await first;
    const second = made.lane.offer(numbered(2));
    await pass(made, 750, 5);
    assert.equal(await second, 'sent');
  });

  it('waits as long as the target asks for', async () => {
    const made = await scene(inTurn(answer(429, '', { 'retry-after': '120' }), ok));
    const outcome = made.lane.offer(numbered(1));
    await until(() => made.timers.sleepers()[0] === 120_000);
    await pass(made, 120_000, 2);
    assert.equal(await outcome, 'sent');
  });

  it('does not repeat what is refused, and goes on with the next', async () => {
    const { lane, told, logged } = await scene(inTurn(answer(400, 'bad'), answer(400, 'bad'), ok));
    const outcomes = [1, 2, 3].map((number) => lane.offer(numbered(number)));
    assert.deepEqual(await Promise.all(outcomes), ['failed', 'failed', 'sent']);
    assert.equal(told().length, 3);
    assert.deepEqual(logged, ['warn a notification was refused, and is not tried again 400: bad']);
  });

  it('gives up what is too old, and does not ask again for each that has waited behind it', async () => {
    const made = await scene(busy, { giveUpAfterSeconds: 60 });
    const outcomes = [1, 2, 3].map((number) => made.lane.offer(numbered(number)));
    await pass(made, 30_000, 2);
    const fresh = made.lane.offer(numbered(4));
    await pass(made, 45_000, 3);
    assert.deepEqual(await Promise.all(outcomes), ['failed', 'failed', 'failed']);
    await pass(made, 60_000, 4);
    assert.equal(await fresh, 'failed');
    assert.deepEqual(made.told(), [['finding-1'], ['finding-1'], ['finding-1'], ['finding-4']]);
  });

  it('says once that a target is down, and once that it is up again', async () => {
    const made = await scene(inTurn(busy, busy, ok));
    const outcome = made.lane.offer(numbered(1));
    await pass(made, 750, 2);
    await pass(made, 1500, 3);
    await outcome;
    assert.deepEqual(made.logged, [
      'warn a notification could not be delivered, and is tried again 503',
      'info notifications are delivered again',
    ]);
  });

  it('turns the newest away when too many findings wait, and takes more when they do not', async () => {
    const made = await scene(inTurn(busy, ok), { maxQueue: 2 });
    const outcomes = [1, 2].map((number) => made.lane.offer(numbered(number)));
    assert.equal(await made.lane.offer(numbered(3)), 'dropped');
    assert.equal(await made.lane.offer(numbered(4)), 'dropped');
    assert.equal(made.lane.depth(), 2);
    await pass(made, 750, 3);
    assert.deepEqual(await Promise.all(outcomes), ['sent', 'sent']);
    assert.equal(await made.lane.offer(numbered(5)), 'sent');
    assert.equal(made.logged.filter((line) => line.includes('dropped')).length, 1);
  });

  it('takes what is larger than its room when nothing waits, in parts that are not too large', async () => {
    const opened = Array.from({ length: 450 }, (_, index) => finding({ id: `${index}` }));
    const { lane, receiver, told } = await scene(ok, { maxQueue: 10 });
    assert.equal(await lane.offer(changes({ opened })), 'sent');
    assert.deepEqual(
      told().map(({ length }) => length),
      [200, 200, 50],
    );
    assert.deepEqual(
      told().flat(),
      opened.map(({ id }) => id),
    );
    assert.equal(new Set(receiver.requests.map(idOf)).size, 3);
  });

  it('has not sent what was sent in part only', async () => {
    const opened = Array.from({ length: 300 }, (_, index) => finding({ id: `${index}` }));
    const { lane } = await scene(inTurn(ok, answer(400)));
    assert.equal(await lane.offer(changes({ opened })), 'failed');
  });

  describe('of a digest', () => {
    it('gathers what comes in that time, from the first on', async () => {
      const made = await scene(ok, { digestSeconds: 30 });
      const outcomes: Promise<Outcome>[] = [];
      for (const [number, ms] of [
        [1, 10_000],
        [2, 19_999],
        [3, 0],
      ] as const) {
        outcomes.push(made.lane.offer(numbered(number)));
        await until(() => made.timers.sleepers().length > 0);
        await made.timers.advance(ms);
      }
      assert.equal(made.told().length, 0);
      await pass(made, 1, 1);
      assert.deepEqual(await Promise.all(outcomes), ['sent', 'sent', 'sent']);
      assert.deepEqual(made.told(), [['finding-1', 'finding-2', 'finding-3']]);
    });

    it('begins anew after each', async () => {
      const made = await scene(ok, { digestSeconds: 30 });
      const first = made.lane.offer(numbered(1));
      await pass(made, 30_000, 1);
      await first;
      const second = made.lane.offer(numbered(2));
      await until(() => made.timers.sleepers()[0] === 30_000);
      await pass(made, 30_000, 2);
      await second;
      assert.deepEqual(made.told(), [['finding-1'], ['finding-2']]);
    });

    it('is the same when it is sent again, though more has come', async () => {
      const made = await scene(inTurn(busy, ok), { digestSeconds: 30 });
      void made.lane.offer(numbered(1));
      await pass(made, 30_000, 1);
      void made.lane.offer(numbered(2));
      await pass(made, 30_000, 2);
      assert.deepEqual(made.told().slice(0, 2), [['finding-1'], ['finding-1']]);
    });

    it('comes in several messages if it is too large for one', async () => {
      const part = (name: string): ChangeSet =>
        changes({ opened: Array.from({ length: 90 }, (_, index) => finding({ id: `${name}${index}` })) });
      const made = await scene(ok, { digestSeconds: 30 });
      const outcomes = ['a', 'b', 'c'].map((name) => made.lane.offer(part(name)));
      await pass(made, 30_000, 2);
      assert.deepEqual(await Promise.all(outcomes), ['sent', 'sent', 'sent']);
      assert.deepEqual(
        made.told().map(({ length }) => length),
        [180, 90],
      );
    });
  });

  describe('with new settings', () => {
    it('uses them for what waits already, at once', async () => {
      const made = await scene(busy);
      const better = await startReceiver(ok);
      cleanups.push(better.close);
      const outcome = made.lane.offer(numbered(1));
      await until(() => made.timers.sleepers().length > 0);
      made.lane.update({ ...made.to, url: better.url }, { clusterName: 'prod' });
      assert.equal(await outcome, 'sent');
      assert.equal(better.requests.length, 1);
      assert.equal((JSON.parse(better.requests[0]?.body ?? '') as { cluster: string }).cluster, 'prod');
    });

    it('begins with short pauses again', async () => {
      const made = await scene(busy);
      void made.lane.offer(numbered(1));
      await pass(made, 750, 2);
      await until(() => made.timers.sleepers()[0] === 1500);
      made.lane.update(made.to, {});
      await until(() => made.receiver.requests.length === 3 && made.timers.sleepers()[0] === 750);
    });

    it('sends a digest at once that is to be none any more', async () => {
      const made = await scene(ok, { digestSeconds: 3600 });
      const outcomes = [1, 2].map((number) => made.lane.offer(numbered(number)));
      await until(() => made.timers.sleepers().length > 0);
      made.lane.update({ ...made.to, digestSeconds: 0 }, {});
      assert.deepEqual(await Promise.all(outcomes), ['sent', 'sent']);
    });
  });

  describe('at the end', () => {
    it('sends what it has, a digest before its time, and takes no more', async () => {
      const made = await scene(ok, { digestSeconds: 3600 });
      const outcomes = [1, 2].map((number) => made.lane.offer(numbered(number)));
      await until(() => made.timers.sleepers().length > 0);
      await made.lane.drain();
      assert.deepEqual(await Promise.all(outcomes), ['sent', 'sent']);
      assert.deepEqual(made.told(), [['finding-1', 'finding-2']]);
      assert.equal(await made.lane.offer(numbered(3)), 'abandoned');
    });

    it('does not wait for another attempt', async () => {
      const made = await scene(busy);
      const outcomes = [1, 2].map((number) => made.lane.offer(numbered(number)));
      await until(() => made.timers.sleepers().length > 0);
      await made.lane.drain();
      assert.deepEqual(await Promise.all(outcomes), ['abandoned', 'abandoned']);
      assert.equal(made.told().length, 1);
    });

    it('abandons what is too old, too, as it may yet be told', async () => {
      const made = await scene(answer(503, '', { 'retry-after': '120' }), { giveUpAfterSeconds: 60 });
      const outcomes = [1, 2].map((number) => made.lane.offer(numbered(number)));
      await until(() => made.timers.sleepers().length > 0);
      await made.timers.advance(60_000);
      await made.lane.end();
      assert.deepEqual(await Promise.all(outcomes), ['abandoned', 'abandoned']);
    });

    it('breaks off what hangs', async () => {
      const made = await scene(hang);
      const outcomes = [1, 2].map((number) => made.lane.offer(numbered(number)));
      await until(() => made.receiver.requests.length === 1);
      await made.lane.end();
      assert.deepEqual(await Promise.all(outcomes), ['abandoned', 'abandoned']);
      assert.equal(made.lane.depth(), 0);
    });
  });
});
