import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { envtestArchiveFor, fetchEnvtestArchive } from '../../cluster/envtest-archive.ts';
import { freePort } from '../../cluster/free-port.ts';
import { silentProgress } from '../../cluster/progress.ts';
import { useTempFolder } from './temp-folder.ts';

describe('The envtest archive', () => {
  const folder = useTempFolder();
  let server: Server;
  let archive: Buffer;
  let origin = '';

  beforeEach(async () => {
    const content = join(folder(), 'content', 'controller-tools', 'envtest');
    mkdirSync(content, { recursive: true });
    for (const name of ['etcd', 'kube-apiserver', 'kubectl']) writeFileSync(join(content, name), `this is ${name}`);
    const file = join(folder(), 'archive.tar.gz');
    execFileSync('tar', ['-czf', file, '-C', join(folder(), 'content'), 'controller-tools']);
    archive = readFileSync(file);
    server = createServer(({ url }, response) => {
      if (url === '/archive') response.end(archive);
      else response.writeHead(404).end();
    });
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const fetchFrom = async (path: string, sha512: string): Promise<readonly string[]> => {
    const caches = join(folder(), 'caches');
    const into = join(caches, 'envtest');
    const url = `${origin}${path}`;
    try {
      await fetchEnvtestArchive({ archive: { url, sha512 }, into, env: process.env, progress: silentProgress });
    } finally {
      assert.deepEqual(
        readdirSync(caches).filter((name) => name !== 'envtest'),
        [],
        'nothing is left beside it',
      );
    }
    return readdirSync(into).sort();
  };

  it('is unpacked when its hash is the published one', async () => {
    const sha512 = createHash('sha512').update(archive).digest('hex');
    assert.deepEqual(await fetchFrom('/archive', sha512), ['etcd', 'kube-apiserver', 'kubectl']);
    assert.equal(readFileSync(join(folder(), 'caches', 'envtest', 'kubectl'), 'utf8'), 'this is kubectl');
  });

  it('is refused when its hash is another', async () => {
    await assert.rejects(
      fetchFrom('/archive', '0'.repeat(128)),
      /is not what was published: its SHA-512 is [0-9a-f]{128}/,
    );
    assert.deepEqual(readdirSync(join(folder(), 'caches')), []);
  });

  it('that is not there is reported with the answer of the server', async () => {
    await assert.rejects(fetchFrom('/missing', ''), /\/missing answers 404/);
  });

  const targets: readonly (readonly [NodeJS.Platform, NodeJS.Architecture, RegExp | undefined])[] = [
    ['linux', 'x64', /\/envtest-v1\.\d+\.\d+-linux-amd64\.tar\.gz$/],
    ['linux', 'arm64', /-linux-arm64\.tar\.gz$/],
    ['darwin', 'arm64', /-darwin-arm64\.tar\.gz$/],
    ['darwin', 'x64', /-darwin-amd64\.tar\.gz$/],
    ['freebsd', 'x64', undefined],
  ];
  for (const [platform, arch, url] of targets) {
    it(`${url === undefined ? 'is not published' : 'is published, with its hash,'} for ${platform} ${arch}`, () => {
      const published = envtestArchiveFor(platform, arch);
      if (url === undefined) return assert.equal(published, undefined);
      assert.match(published?.url ?? '', url);
      return assert.match(published?.sha512 ?? '', /^[0-9a-f]{128}$/);
    });
  }
});
