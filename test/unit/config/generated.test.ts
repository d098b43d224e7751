import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stale, write, type Generator } from '../../../tools/generate/generator.ts';
import { GENERATORS } from '../../../tools/generate/generators.ts';
import { ROOT } from './manifests.ts';

const generator: Generator = () => Promise.resolve([{ path: 'some/where.yaml', content: 'a: 1\n' }]);

describe('generated files', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plimsoll-generated-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are what their generators make of the sources', async function () {
    this.timeout(60_000);
    assert.deepEqual(await stale(ROOT, GENERATORS), []);
  });

  it('are stale while they do not exist', async () => {
    assert.deepEqual(await stale(folder, [generator]), ['some/where.yaml']);
  });

  it('are not stale once they are written', async () => {
    await write(folder, [generator]);
    assert.deepEqual(await stale(folder, [generator]), []);
  });

  it('are stale where one is left that is not made any more, until it is removed', async () => {
    await write(folder, [generator]);
    const nothing: Generator = () => Promise.resolve([{ path: 'some/where.yaml', content: undefined }]);
    assert.deepEqual(await stale(folder, [nothing]), ['some/where.yaml']);
    await write(folder, [nothing]);
    assert.deepEqual(await stale(folder, [nothing]), []);
  });

  it('are stale when somebody edited them', async () => {
    await write(folder, [generator]);
    await writeFile(join(folder, 'some/where.yaml'), 'a: 2\n');
    assert.deepEqual(await stale(folder, [generator]), ['some/where.yaml']);
  });
});
