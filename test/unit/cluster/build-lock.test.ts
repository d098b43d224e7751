import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from '../../cluster/build-lock.ts';
import { eventually } from '../../cluster/eventually.ts';
import { useTempFolder } from './temp-folder.ts';

const fail = async (): Promise<never> => Promise.reject(new Error('no space left'));
const neverWaits = (): never => assert.fail('it waited for the lock');

describe('The build lock', () => {
  const folder = useTempFolder();
  const path = (): string => join(folder(), 'caches', 'programs.lock');

  it('is there while the work is done, and gone afterwards', async () => {
    const wasHeld = await withLock({
      path: path(),
      onWait: neverWaits,
      work: async () => Promise.resolve(existsSync(path())),
    });
    assert.deepEqual([wasHeld, existsSync(path())], [true, false]);
  });

  it('is gone after work that failed', async () => {
    await assert.rejects(withLock({ path: path(), onWait: neverWaits, work: fail }), /no space left/);
    assert.equal(existsSync(path()), false);
  });

  it('lets one work at a time, and tells the others whom they wait for', async () => {
    const waitedFor: number[] = [];
    let working = 0;
    const work = async (): Promise<number> => {
      working++;
      await eventually('both others wait', () => waitedFor.length >= 2);
      return working--;
    };
    const onWait = (pid: number): number => waitedFor.push(pid);
    const counts = await Promise.all([1, 2, 3].map(async () => withLock({ path: path(), onWait, work })));
    assert.deepEqual(counts, [1, 1, 1]);
    assert.deepEqual(waitedFor, [process.pid, process.pid]);
  });

  it('of a process that died is taken over', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(join(folder(), 'lock'), `${pid}\n`);
    const result = await withLock({
      path: join(folder(), 'lock'),
      onWait: neverWaits,
      work: async () => Promise.resolve('done'),
    });
    assert.equal(result, 'done');
  });

  it('that nobody touched for a minute is taken over, whoever has its process id now', async () => {
    const lock = join(folder(), 'lock');
    writeFileSync(lock, `${process.pid}\n`);
    const aMinuteAgo = new Date(Date.now() - 60_000);
    utimesSync(lock, aMinuteAgo, aMinuteAgo);
    assert.equal(await withLock({ path: lock, onWait: neverWaits, work: async () => Promise.resolve('done') }), 'done');
  });
});
