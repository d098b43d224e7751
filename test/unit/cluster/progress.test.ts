import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { textProgress } from '../../cluster/progress.ts';

/** What was written, times and control characters made readable. */
const written = (stream: PassThrough): string =>
  String(stream.read() ?? '')
    .replaceAll(/\d+\.\d s/g, 'N s')
    .replaceAll('\r\u001B[K', '<clear>');

describe('Progress as text', () => {
  it('says how long a step took, and hands its result on', async () => {
    const stream = new PassThrough();
    const result = await textProgress({ stream }).step('build', async () => Promise.resolve(42));
    assert.equal(result, 42);
    assert.equal(written(stream), 'build: N s\n');
  });

  it('says that a step failed, and lets the error through', async () => {
    const stream = new PassThrough();
    const failing = textProgress({ stream }).step('build', async () => Promise.reject(new Error('no space left')));
    await assert.rejects(failing, /no space left/);
    assert.equal(written(stream), 'build: failed after N s\n');
  });

  it('prints the latest detail of a running step as a line of its own where there is no terminal', async () => {
    const stream = new PassThrough();
    await textProgress({ stream, intervalMs: 1 }).step('build', async (detail) => {
      detail('1 of 9');
      detail('2 of 9');
      await new Promise<void>((resolve) => stream.once('readable', resolve));
    });
    assert.match(written(stream), /^(build: 2 of 9 \(N s\)\n)+build: N s\n$/);
  });

  it('cuts the line to the width of the terminal', async () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 8 });
    await textProgress({ stream }).step('build it all', async () => {
      await new Promise<void>((resolve) => stream.once('readable', resolve));
    });
    assert.match(written(stream), /^(<clear>build i)+<clear>build it all: N s\n$/);
  });

  it('keeps one line up to date on a terminal', async () => {
    const stream = Object.assign(new PassThrough(), { isTTY: true });
    await textProgress({ stream }).step('build', async (detail) => {
      detail('1 of 9');
      await new Promise<void>((resolve) => stream.once('readable', resolve));
    });
    assert.match(written(stream), /^(<clear>build: 1 of 9 \(N s\))+<clear>build: N s\n$/);
  });
});
