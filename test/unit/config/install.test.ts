import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installFiles } from '../../../tools/generate/install.ts';
import { INSTALL, readManifests, ROOT, type Manifest } from './manifests.ts';

const byIdentity = (a: Manifest, b: Manifest): number => (identity(a) < identity(b) ? -1 : 1);
const identity = ({ kind, metadata }: Manifest): string => [kind, metadata.namespace, metadata.name].join(' ');

/** Samples, what is granted only to those who ask for it, and what stands on the kinds of the Prometheus Operator. */
const NOT_INSTALLED = /^(?:samples|optional|kubelet-configz|prometheus)\//;

async function manifestsBelow(folder: string): Promise<readonly Manifest[]> {
  const paths = await readdir(join(ROOT, folder), { recursive: true });
  return paths
    .filter((path) => path.endsWith('.yaml') && !path.endsWith('kustomization.yaml') && !NOT_INSTALLED.test(path))
    .flatMap((path) => readManifests(join(folder, path)));
}

describe('manifests/install.yaml', () => {
  it('holds every object of config but the samples and what is optional, unchanged', async () => {
    const expected = [...(await manifestsBelow('config'))].sort(byIdentity);
    assert.deepEqual([...readManifests(INSTALL)].sort(byIdentity), expected);
  });

  it('makes the namespace before what lives in it', () => {
    assert.equal(readManifests(INSTALL)[0]?.kind, 'Namespace');
  });
});

describe('the generator of the install manifest', () => {
  it('refuses a kustomization that does more than list resources', async () => {
    const root = await mkdtemp(join(tmpdir(), 'plimsoll-install-'));
    try {
      await mkdir(join(root, 'config/default'), { recursive: true });
      await writeFile(join(root, 'config/default/kustomization.yaml'), 'resources: []\nnamePrefix: my-\n');
      await assert.rejects(installFiles(root), /only resources are supported, not namePrefix/);
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  });
});
