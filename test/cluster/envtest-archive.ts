import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Environment } from './environment.ts';
import type { Progress } from './progress.ts';
import { runLines } from './run-lines.ts';

/** An official archive with etcd, kube-apiserver and kubectl, as Kubernetes' own controller tests use it. */
export interface EnvtestArchive {
  readonly url: string;
  /** In hexadecimal. */
  readonly sha512: string;
}

const VERSION = 'v1.37.0';

/** From envtest-releases.yaml of kubernetes-sigs/controller-tools, by platform. */
const SHA512: Readonly<Record<string, string>> = {
  'linux-amd64':
    '1d1c453633b72c161a5d5a886cde7ac850be1a2ac796a9e1d4ffacacc64868295bdd2d57aa66cd0c158f5ce510f5dfe3fbc61ac21bd3dcfb875bd70658aa663a',
  'linux-arm64':
    'ae6a670502988200b0131c943758cfd3d3a58cf4e6247ef7f0e6a6467f1cd9a333c802e86101f0446b1b92a0e327387224e1e44fe1a4693da0929c6e529cfe9a',
  'darwin-amd64':
    '19a2a5376a8aa57a7b25ec5198834db29bf2ba0d6ff572d7f45ba683b13fb14c3ebec8069e92db66c39f1c7a9cff1bc2be879e2aacdc9fa8b8a7e861959bdf7b',
  'darwin-arm64':
    'fb38cfacdd71b5e97a4d4cceac861af5f55069cf783f0e49cf181bfc32eb3e557c2091a534dc5d38f1b92c5ba142bc1979f215a5385b3630ea6a661be6fa161b',
};

/** The archive for this machine, or undefined where none is published. Older by patches than what Go would build. */
export function envtestArchiveFor(platform: NodeJS.Platform, arch: NodeJS.Architecture): EnvtestArchive | undefined {
  const target = `${platform}-${arch === 'x64' ? 'amd64' : arch}`;
  const sha512 = SHA512[target];
  if (sha512 === undefined) return undefined;
  const releases = 'https://github.com/kubernetes-sigs/controller-tools/releases/download';
  return { url: `${releases}/envtest-${VERSION}/envtest-${VERSION}-${target}.tar.gz`, sha512 };
}

interface Fetch {
  readonly archive: EnvtestArchive;
  /** Folder that appears with the programs in it, once all of them are there. */
  readonly into: string;
  readonly env: Environment;
  readonly progress: Progress;
}

/** Download, verify and unpack an archive; nothing of it is unpacked unless its hash is the expected one. */
export async function fetchEnvtestArchive({ archive, into, env, progress }: Fetch): Promise<void> {
  await mkdir(dirname(into), { recursive: true });
  const folder = await mkdtemp(`${into}.partial-`);
  try {
    const file = join(folder, 'archive.tar.gz');
    const sha512 = await progress.step(`download ${archive.url}`, async (detail) => download(archive, file, detail));
    if (sha512 !== archive.sha512) {
      throw new Error(`${archive.url} is not what was published: its SHA-512 is ${sha512}, expected ${archive.sha512}`);
    }
    const programs = join(folder, 'programs');
    await mkdir(programs);
    // The programs are in controller-tools/envtest/.
    await runLines({ command: 'tar', args: ['-xzf', file, '-C', programs, '--strip-components=2'], env });
    await rename(programs, into);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Answers the SHA-512 of what came. */
async function download({ url }: EnvtestArchive, file: string, detail: (text: string) => void): Promise<string> {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`${url} answers ${response.status}`);
  const hash = createHash('sha512');
  let bytes = 0;
  const watch = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      hash.update(chunk);
      bytes += chunk.length;
      detail(`${(bytes / 1e6).toFixed(0)} MB`);
      done(undefined, chunk);
    },
  });
  await pipeline(Readable.fromWeb(response.body), watch, createWriteStream(file));
  return hash.digest('hex');
}
