import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { withLock } from './build-lock.ts';
import { cacheFolder } from './cache-folder.ts';
import type { Environment } from './environment.ts';
import { envtestArchiveFor, fetchEnvtestArchive } from './envtest-archive.ts';
import { buildPrograms, hasGo, readRecipe, type ProgramName, type Recipe } from './go-build.ts';
import type { Progress } from './progress.ts';

/** Paths of the programs of a control plane. */
export interface Binaries {
  readonly etcd: string;
  readonly kubeApiserver: string;
  readonly kubectl: string;
  /** Undefined where it could not be had: the official envtest archive does not contain it. */
  readonly kubeControllerManager: string | undefined;
}

/** The programs of a control plane cannot be had; the message says what to do. */
export class BinariesError extends Error {
  readonly code = 'ControlPlaneBinaries';
  override readonly name = 'BinariesError';
}

const REQUIRED = ['etcd', 'kube-apiserver', 'kubectl'] as const;
const ALL = [...REQUIRED, 'kube-controller-manager'] as const;
const GO_MODULE = join(import.meta.dirname, '..', '..', 'tools', 'controlplane');
const CACHE = 'controlplane';
const WAYS_OUT =
  'Install Go (https://go.dev/dl), or set KUBEBUILDER_ASSETS to a folder with etcd, kube-apiserver and kubectl';

/**
 * The programs of a control plane: from KUBEBUILDER_ASSETS, else from the cache, else built with Go into the cache, else,
 * where there is no Go, from the official envtest archive. KUBERNETES_MINOR asks for an older version than the newest. Throws a BinariesError if none of these works.
 */
export async function ensureBinaries({ env, progress }: Sources): Promise<Binaries> {
  const assets = env['KUBEBUILDER_ASSETS'];
  if (assets !== undefined && assets !== '') return fromAssets(assets, { env, progress });

  const recipe = await readRecipe(GO_MODULE);
  const minor = env['KUBERNETES_MINOR'] ?? '';
  if (minor !== '' && !recipe.version.startsWith(`v${minor}.`)) return ofOlderVersion(minor, recipe, { env, progress });
  const cached = await cachedOrBuilt(recipe, ALL, { env, progress });
  return binariesIn(cached ?? (await fromArchive({ env, progress })));
}

/** Another version of the API server and its controllers (`1.32`), beside the etcd and kubectl of the newest. */
async function ofOlderVersion(minor: string, newest: Recipe, sources: Sources): Promise<Binaries> {
  const module = join(GO_MODULE, `v${minor}`);
  if (!existsSync(module)) {
    const known = readdirSync(GO_MODULE).filter((name) => /^v1\.\d+$/.test(name));
    throw new BinariesError(`KUBERNETES_MINOR is ${minor}; there are ${newest.version} and ${known.sort().join(', ')}`);
  }
  const [beside, older] = [
    await cachedOrBuilt(newest, ['etcd', 'kubectl'], sources),
    await cachedOrBuilt(await readRecipe(module), ['kube-apiserver', 'kube-controller-manager'], sources),
  ];
  if (beside === undefined || older === undefined) {
    throw new BinariesError('older versions of Kubernetes are built with Go, and there is none on this machine');
  }
  const { etcd, kubectl } = binariesIn(beside);
  return { ...binariesIn(older), etcd, kubectl };
}

interface Sources {
  readonly env: Environment;
  readonly progress: Progress;
}

async function fromAssets(folder: string, sources: Sources): Promise<Binaries> {
  const missing = missingFrom(folder, REQUIRED);
  if (missing.length > 0) {
    throw new BinariesError(`KUBEBUILDER_ASSETS is ${folder}, which has no ${missing.join(', no ')}`);
  }
  const binaries = binariesIn(folder);
  if (binaries.kubeControllerManager !== undefined) return binaries;

  const recipe = await readRecipe(GO_MODULE);
  sources.progress.note(`${folder} has no kube-controller-manager: Plimsoll's own ${recipe.version} is looked for`);
  const own = await cachedOrBuilt(recipe, ['kube-controller-manager'], sources);
  return { ...binaries, kubeControllerManager: own && binariesIn(own).kubeControllerManager };
}

/** The folder with the programs, or undefined where some are not in the cache and there is no Go to build them. */
async function cachedOrBuilt(
  recipe: Recipe,
  names: readonly ProgramName[],
  { env, progress }: Sources,
): Promise<string | undefined> {
  const folder = join(cacheFolder(env, CACHE), recipe.key);
  if (missingFrom(folder, names).length === 0) return folder;
  if (!(await hasGo(env))) return undefined;
  await oneAtATime(folder, progress, async () => {
    const missing = missingFrom(folder, names);
    if (missing.length > 0) await buildPrograms({ recipe, names: missing, into: folder, env, progress });
  });
  return folder;
}

async function fromArchive({ env, progress }: Sources): Promise<string> {
  const archive = envtestArchiveFor(process.platform, process.arch);
  if (archive === undefined) throw new BinariesError(`there is no Go on this machine. ${WAYS_OUT}`);
  const folder = join(cacheFolder(env, CACHE), `envtest-${archive.sha512.slice(0, 16)}`);
  progress.note('there is no Go on this machine: the official envtest archive is taken');
  try {
    await oneAtATime(folder, progress, async () => {
      if (!existsSync(folder)) await fetchEnvtestArchive({ archive, into: folder, env, progress });
    });
    return folder;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new BinariesError(`there is no Go on this machine, and without it: ${reason}. ${WAYS_OUT}`, { cause });
  }
}

async function oneAtATime(folder: string, progress: Progress, work: () => Promise<void>): Promise<void> {
  const onWait = (pid: number): void => progress.note(`process ${pid} is making ${folder}: waiting for it`);
  await withLock({ path: `${folder}.lock`, onWait, work });
}

function missingFrom(folder: string, names: readonly ProgramName[]): readonly ProgramName[] {
  return names.filter((name) => !existsSync(join(folder, name)));
}

function binariesIn(folder: string): Binaries {
  const controllerManager = join(folder, 'kube-controller-manager');
  return {
    etcd: join(folder, 'etcd'),
    kubeApiserver: join(folder, 'kube-apiserver'),
    kubectl: join(folder, 'kubectl'),
    kubeControllerManager: existsSync(controllerManager) ? controllerManager : undefined,
  };
}
