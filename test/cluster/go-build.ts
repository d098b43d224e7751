import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from './environment.ts';
import type { Progress } from './progress.ts';
import { runLines } from './run-lines.ts';

/** The programs of a control plane and the packages they are built from. */
const PROGRAMS = {
  etcd: 'go.etcd.io/etcd/server/v3',
  'kube-apiserver': 'k8s.io/kubernetes/cmd/kube-apiserver',
  'kube-controller-manager': 'k8s.io/kubernetes/cmd/kube-controller-manager',
  kubectl: 'k8s.io/kubernetes/cmd/kubectl',
} as const;

/** The name of a program, which is that of its file too. */
export type ProgramName = keyof typeof PROGRAMS;

/** What a Go module would build. */
export interface Recipe {
  /** Folder of the module. */
  readonly folder: string;
  /** Of Kubernetes, such as `v1.37.2`. */
  readonly version: string;
  readonly flags: readonly string[];
  /** Names version and inputs: two recipes with the same key build the same programs. */
  readonly key: string;
}

/** Read what the Go module in `folder` builds. */
export async function readRecipe(folder: string): Promise<Recipe> {
  const mod = await readFile(join(folder, 'go.mod'), 'utf8');
  const sum = await readFile(join(folder, 'go.sum'), 'utf8');
  const version = /^\s*k8s\.io\/kubernetes (v1\.(\d+)\.\d+)/m.exec(mod);
  if (version?.[1] === undefined) throw new Error(`${join(folder, 'go.mod')} does not require k8s.io/kubernetes`);
  const flags = ['-trimpath', `-ldflags=${linkerFlags(version[1], version[2])}`];
  const hash = createHash('sha256');
  for (const input of [mod, sum, flags.join(' '), `${process.platform}/${process.arch}`]) hash.update(`${input}\0`);
  return { folder, version: version[1], flags, key: `${version[1]}-${hash.digest('hex').slice(0, 16)}` };
}

/** Without these the API server says that it is v0.0.0-master, and clients that go by its version go wrong. */
function linkerFlags(version: string, minor: string | undefined): string {
  const variables = { gitVersion: version, gitMajor: '1', gitMinor: minor };
  const set = Object.entries(variables).map(([name, value]) => `-X k8s.io/component-base/version.${name}=${value}`);
  return ['-s', '-w', ...set].join(' ');
}

/** Whether there is a `go` to build with. */
export async function hasGo(env: Environment): Promise<boolean> {
  try {
    await runLines({ command: 'go', args: ['version'], env });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

interface Build {
  readonly recipe: Recipe;
  readonly names: readonly ProgramName[];
  /** Folder that gets the programs, each when it is complete. */
  readonly into: string;
  readonly env: Environment;
  readonly progress: Progress;
}

/** Build programs with Go, from the module cache and the build cache as far as these go. */
export async function buildPrograms({ recipe, names, into, env, progress }: Build): Promise<void> {
  progress.note(
    `Kubernetes ${recipe.version} is built from source, once: about ten minutes on two cores. It is kept in ${into}`,
  );
  await mkdir(into, { recursive: true });
  const folder = await mkdtemp(join(into, '.building-'));
  const go = {
    command: 'go',
    cwd: recipe.folder,
    env: { ...env, CGO_ENABLED: '0', GOWORK: 'off', GOFLAGS: '-mod=readonly' },
  };
  try {
    const packagesOf = await progress.step('fetch the Go modules', async (detail) => {
      let modules = 0;
      const onErrorLine = (line: string): void => {
        if (line.startsWith('go: downloading')) detail(`${++modules} so far`);
      };
      const lists = new Map<ProgramName, readonly string[]>();
      for (const name of names)
        lists.set(name, await runLines({ ...go, args: ['list', '-deps', PROGRAMS[name]], onErrorLine }));
      return lists;
    });

    const packages = new Set([...packagesOf.values()].flat());
    const compiled = new Set<string>();
    for (const [index, name] of names.entries()) {
      await progress.step(`build ${name} (${index + 1} of ${names.length})`, async (detail) => {
        // With -v go names each package as it compiles it; what it takes from its cache shows only at the end.
        const onErrorLine = (line: string): void => {
          if (packages.has(line)) compiled.add(line);
          detail(`${compiled.size} of ${packages.size} packages compiled`);
        };
        const args = ['build', '-v', ...recipe.flags, '-o', join(folder, name), PROGRAMS[name]];
        await runLines({ ...go, args, onErrorLine });
        for (const each of packagesOf.get(name) ?? []) compiled.add(each);
        await rename(join(folder, name), join(into, name));
      });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
