import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { createEngineHost, type EngineHost } from '../../../src/controllers/engine-host.ts';
import type { Engine } from '../../../src/controllers/engine.ts';
import { recordingLogger } from '../../support/recording-logger.ts';

interface Tried extends EngineHost<string> {
  /** What happened to which engine, in its order. */
  readonly told: readonly string[];
  /** Lets the work under way of all engines end. */
  readonly finish: () => void;
}

const NOW = new Date('2026-05-01T12:00:00Z');

/** A host of engines that only say what they are told; ending one takes until `finish` if it is busy. */
function tried({ isBusy = false } = {}): Tried {
  const told: string[] = [];
  const work = Promise.withResolvers<void>();
  if (!isBusy) work.resolve();
  function start(settings: string, signal: AbortSignal): Engine {
    told.push(`${settings} starts`);
    signal.addEventListener('abort', () => told.push(`${settings} ends`));
    return {
      watching: { done: Promise.resolve() },
      lead(until: Date | undefined) {
        told.push(`${settings} leads after ${until?.toISOString() ?? 'nobody'}`);
        return Promise.resolve(true);
      },
      follow: () => told.push(`${settings} follows`),
      async stop() {
        await work.promise;
        told.push(`${settings} stops`);
      },
    } as unknown as Engine;
  }
  const { logger } = recordingLogger();
  const host = createEngineHost<string>('first', { start, now: () => NOW, logger, onReplaced: () => undefined });
  return { ...host, told, finish: work.resolve };
}

describe('the engine in its host', () => {
  it('is replaced after its work is written, and the next leads if it has led', async () => {
    const { lead, replace, told } = tried();
    await lead(undefined);
    await replace('second');
    await setImmediate();
    assert.deepEqual(told, [
      'first starts',
      'first leads after nobody',
      'first follows',
      'first stops',
      'first ends',
      'second starts',
      `second leads after ${NOW.toISOString()}`,
    ]);
  });

  it('is replaced by one that follows, if it has followed', async () => {
    const { replace, told } = tried();
    await replace('second');
    assert.equal(told.at(-1), 'second starts');
  });

  it('is replaced by the latest settings only, if they change meanwhile', async () => {
    const { replace, told, finish } = tried({ isBusy: true });
    const all = [replace('second'), replace('third'), replace('fourth')];
    finish();
    await Promise.all(all);
    assert.deepEqual(
      told.filter((each) => each.endsWith('starts')),
      ['first starts', 'second starts', 'fourth starts'],
    );
  });

  it('leads once the next has started, if the lead is won meanwhile', async () => {
    const { replace, lead, told, finish } = tried({ isBusy: true });
    const replaced = replace('second');
    const led = lead(undefined);
    finish();
    await Promise.all([replaced, led]);
    assert.deepEqual(
      told.filter((each) => each.includes('leads')),
      ['second leads after nobody'],
    );
  });

  it('does not lead if the lead is lost while it is replaced', async () => {
    const { replace, lead, follow, told, finish } = tried({ isBusy: true });
    await lead(undefined);
    const replaced = replace('second');
    follow();
    finish();
    await replaced;
    await setImmediate();
    assert.equal(
      told.some((each) => each.startsWith('second leads')),
      false,
    );
  });

  it('starts no other once it shall end', async () => {
    const { replace, stop, told, finish } = tried({ isBusy: true });
    const replaced = replace('second');
    const stopped = stop();
    finish();
    await Promise.all([replaced, stopped]);
    assert.equal(told.includes('second starts'), false);
  });
});
