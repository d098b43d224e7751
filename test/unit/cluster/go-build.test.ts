import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRecipe } from '../../cluster/go-build.ts';
import { useTempFolder } from './temp-folder.ts';

describe('The recipe of a build', () => {
  const folder = useTempFolder();
  const module = (mod: string, sum: string): string => {
    writeFileSync(join(folder(), 'go.mod'), mod);
    writeFileSync(join(folder(), 'go.sum'), sum);
    return folder();
  };
  const MOD =
    'module tools\n\nrequire (\n\tk8s.io/kubernetes v1.36.3 // indirect\n)\n\ntool (\n\tk8s.io/kubernetes/cmd/kubectl\n)\n';

  it('takes the version from go.mod, and makes the programs report it', async () => {
    const { version, flags, key } = await readRecipe(module(MOD, ''));
    assert.equal(version, 'v1.36.3');
    assert.match(flags.join(' '), /version\.gitVersion=v1\.36\.3 .*version\.gitMajor=1 .*version\.gitMinor=36$/);
    assert.match(key, /^v1\.36\.3-[0-9a-f]{16}$/);
  });

  const inputs: readonly (readonly [string, string, string])[] = [
    ['go.mod', `${MOD}\n// other`, 'sum'],
    ['go.sum', MOD, 'other sum'],
  ];
  for (const [name, mod, sum] of inputs) {
    it(`has another key when ${name} is another`, async () => {
      const { key } = await readRecipe(module(MOD, 'sum'));
      assert.notEqual((await readRecipe(module(mod, sum))).key, key);
    });
  }

  it('has the same key for the same inputs', async () => {
    const { key } = await readRecipe(module(MOD, 'sum'));
    assert.equal((await readRecipe(module(MOD, 'sum'))).key, key);
  });

  it('is refused for a module without Kubernetes', async () => {
    await assert.rejects(readRecipe(module('module tools\n', '')), /go\.mod does not require k8s\.io\/kubernetes/);
  });
});
