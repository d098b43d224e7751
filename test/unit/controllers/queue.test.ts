import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createQueue, type WorkQueue } from '../../../src/controllers/queue.ts';

interface Bench {
  readonly queue: WorkQueue<string>;
  readonly started: string[];
  /** Ends the work on a key; with an error if one is given. */
  finish(key: string, error?: Error): void;
  running(): readonly string[];
}

function bench(concurrency = 2, nowMs = (): number => performance.now()): Bench {
  const started: string[] = [];
  const under = new Map<string, PromiseWithResolvers<void>>();
  const queue = createQueue<string>({
    work: (key) => {
      assert.ok(!under.has(key), `${key} is worked on twice at a time`);
      started.push(key);
      const work = Promise.withResolvers<void>();
      under.set(key, work);
      return work.promise;
    },
    concurrency,
    nowMs,
    random: () => 0,
  });
  return {
    queue,
    started,
    finish(key, error) {
      const work = under.get(key);
      under.delete(key);
      if (error === undefined) work?.resolve();
      else work?.reject(error);
    },
    running: () => [...under.keys()],
  };
}

/** Lets promise callbacks run. */
const settle = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('the work queue', () => {
  it('only gathers until it is resumed, and again after a pause', async () => {
    const { queue, started, finish } = bench();
    queue.add('a');
    await settle();
    assert.deepEqual(started, []);
    queue.resume();
    await settle();
    assert.deepEqual(started, ['a']);
    queue.pause();
    finish('a');
    queue.add('b');
    await settle();
    assert.deepEqual(started, ['a']);
    assert.equal(queue.depth(), 1);
  });

  it('holds a key once however often it is added', async () => {
    const { queue, started } = bench();
    for (let times = 0; times < 5; times++) queue.add('a');
    queue.resume();
    await settle();
    assert.deepEqual(started, ['a']);
    assert.equal(queue.depth(), 0);
  });

  it('works on a key again that was added while it was worked on, but not at the same time', async () => {
    const { queue, started, finish } = bench();
    queue.resume();
    queue.add('a');
    await settle();
    queue.add('a');
    await settle();
    assert.deepEqual(started, ['a']);
    finish('a');
    await settle();
    assert.deepEqual(started, ['a', 'a']);
  });

  it('bounds its workers', async () => {
    const { queue, running, finish } = bench(2);
    queue.resume();
    for (const key of ['a', 'b', 'c']) queue.add(key);
    await settle();
    assert.deepEqual(running(), ['a', 'b']);
    finish('a');
    await settle();
    assert.deepEqual(running(), ['b', 'c']);
  });

  it('tries a failed key again after a while, and the others at once', async () => {
    const { queue, started, finish } = bench();
    queue.resume();
    queue.add('a');
    await settle();
    finish('a', new Error('no'));
    queue.add('b');
    await settle();
    assert.deepEqual(started, ['a', 'b']);
    assert.deepEqual([...queue.failing()], ['a']);
    const deadline = performance.now() + 5000;
    while (started.length < 3 && performance.now() < deadline) await settle();
    assert.deepEqual(started, ['a', 'b', 'a']);
    finish('a');
    finish('b');
    await queue.idle();
    assert.deepEqual([...queue.failing()], []);
    await queue.stop();
  });

  it('tells since when the longest-waiting key waits, also while it is worked on, and nothing of one that waits for a retry', async () => {
    let now = 0;
    const { queue, finish } = bench(1, () => now);
    assert.equal(queue.oldestMs(), undefined);
    for (const [at, key] of [
      [10, 'a'],
      [20, 'b'],
      [30, 'a'],
    ] as const) {
      now = at;
      queue.add(key);
    }
    assert.equal(queue.oldestMs(), 10);
    queue.resume();
    await settle();
    now = 40;
    queue.add('a');
    assert.equal(queue.oldestMs(), 10);
    finish('a');
    await settle();
    assert.equal(queue.oldestMs(), 20);
    finish('b', new Error('no'));
    await settle();
    assert.equal(queue.oldestMs(), 40);
    finish('a');
    await settle();
    assert.equal(queue.oldestMs(), undefined);
    await queue.stop();
  });

  it('is idle when nothing waits or runs', async () => {
    const { queue, finish } = bench();
    await queue.idle();
    queue.resume();
    queue.add('a');
    let isIdle = false;
    const idle = queue.idle().then(() => {
      isIdle = true;
    });
    await settle();
    assert.equal(isIdle, false);
    finish('a');
    await idle;
  });

  it('finishes what is under way when it is stopped, and begins nothing more', async () => {
    const { queue, started, finish } = bench(1);
    queue.resume();
    queue.add('a');
    queue.add('b');
    await settle();
    const stopped = queue.stop();
    queue.add('c');
    finish('a');
    await stopped;
    assert.deepEqual(started, ['a']);
  });

  it('loses no key: what was added last is worked on after that, in any interleaving', async () => {
    const step = fc.tuple(fc.constantFrom('add', 'finish', 'fail'), fc.constantFrom('a', 'b', 'c'));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { queue, started, finish, running } = bench(2);
        queue.resume();
        const startsDue = new Map<string, number>();
        for (const [what, key] of steps) {
          if (what === 'add') {
            startsDue.set(key, started.filter((each) => each === key).length + 1);
            queue.add(key);
          } else if (running().includes(key)) {
            finish(key, what === 'fail' ? new Error('no') : undefined);
          }
          await settle();
        }
        while (running().length > 0) {
          for (const key of running()) finish(key);
          await settle();
        }
        for (const [key, due] of startsDue)
          assert.ok(started.filter((each) => each === key).length >= due, `${key} was lost`);
        await queue.stop();
      }),
      { numRuns: 50 },
    );
  });
});
