import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '../cluster/environment.ts';
import type { Progress } from '../cluster/progress.ts';
import { runLines } from '../cluster/run-lines.ts';

interface Unpack {
  /** As apt-get takes them: a name, and a version, which may end in `*`. */
  readonly packages: readonly string[];
  /** Empty folder: packages and lists come beside each other, and what was in the packages below `unpacked`. */
  readonly folder: string;
  readonly env: Environment;
  readonly progress: Progress;
}

/**
 * Download Debian packages and unpack them, without the packages they depend on; nothing is installed, and anybody may do
 * it. apt verifies what it downloads. Answers the folder that stands for `/`; throws with what apt says if it cannot.
 */
export async function unpackDebianPackages({ packages, folder, env, progress }: Unpack): Promise<string> {
  await progress.step(`download ${packages.join(', ')} from Debian`, async () => download({ packages, folder, env }));
  const unpacked = join(folder, 'unpacked');
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.deb')) continue;
    await runLines({ command: 'dpkg-deb', args: ['--extract', join(folder, name), unpacked], env });
  }
  return unpacked;
}

/** The lists of the machine may be missing, or so old that the package is gone: then by lists of our own. */
async function download({ packages, folder, env }: Omit<Unpack, 'progress'>): Promise<void> {
  const apt: Apt = async (...args) =>
    // As root apt would download as another user, who may not write here.
    runLines({ command: 'apt-get', args: [...args, '-o', 'APT::Sandbox::User=root'], cwd: folder, env });
  try {
    await apt('download', ...packages);
  } catch (error) {
    if (isMissing(error)) throw error;
    await downloadByOwnLists(apt, packages, await ownLists(folder));
  }
}

type Apt = (...args: readonly string[]) => Promise<readonly string[]>;

async function downloadByOwnLists(apt: Apt, packages: readonly string[], ours: readonly string[]): Promise<void> {
  // One source of several that does not answer is no reason not to ask the others.
  const trouble = await apt('update', '-o', 'APT::Update::Error-Mode=any', ...ours).then(() => '', messageOf);
  try {
    await apt('download', ...packages, ...ours);
  } catch (error) {
    throw new Error(`${trouble}\n${messageOf(error)}`.trim(), { cause: error });
  }
}

/** Options that keep what apt knows of packages in a folder. */
async function ownLists(folder: string): Promise<readonly string[]> {
  const [lists, cache] = [join(folder, 'lists'), join(folder, 'cache')];
  await mkdir(lists);
  await mkdir(cache);
  return ['-o', `Dir::State::lists=${lists}`, '-o', `Dir::Cache=${cache}`];
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
