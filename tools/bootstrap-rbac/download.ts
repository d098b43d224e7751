import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { GeneratedFile } from '../generate/generator.ts';
import { fixturePath, readBootstrapRbac } from './fixture.ts';
import { listing } from './table.ts';

const TEST_DATA = 'plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata';

/**
 * Fetches a release of Kubernetes as a Go module (about 130 MB, checked against the Go checksum database), and makes the
 * fixture of what its API server bootstraps. The module is removed afterwards.
 */
export async function downloadFixture(version: string): Promise<GeneratedFile> {
  const cache = await mkdtemp(join(tmpdir(), 'bootstrap-rbac-'));
  try {
    const folder = join(await downloadModule(`k8s.io/kubernetes@${version}`, cache), TEST_DATA);
    const lists = (await readdir(folder)).sort().map(async (name) => readFile(join(folder, name), 'utf8'));
    const { roles, bindings } = readBootstrapRbac(version, await Promise.all(lists));
    return { path: fixturePath(version), content: listing({ version, roles, bindings }) };
  } finally {
    await rm(cache, { recursive: true, force: true });
  }
}

/** Where the module was unpacked. */
async function downloadModule(module: string, cache: string): Promise<string> {
  const { stdout } = await promisify(execFile)('go', ['mod', 'download', '-json', module], {
    cwd: cache,
    // The module cache is read-only by default, and could not be removed.
    env: { ...process.env, GOMODCACHE: cache, GOFLAGS: '-modcacherw' },
  });
  return (JSON.parse(stdout) as { readonly Dir: string }).Dir;
}
