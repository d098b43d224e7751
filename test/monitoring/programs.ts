import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { withLock } from '../cluster/build-lock.ts';
import { cacheFolder } from '../cluster/cache-folder.ts';
import type { Environment } from '../cluster/environment.ts';
import type { Progress } from '../cluster/progress.ts';
import { unpackDebianPackages } from './debian-packages.ts';
import { relocateAlertmanager } from './relocate.ts';

/** Each program, by the name of its file here and upstream, and by that of Debian where it differs. */
const PROGRAMS = {
  prometheus: ['prometheus'],
  promtool: ['promtool'],
  alertmanager: ['alertmanager', 'prometheus-alertmanager'],
  amtool: ['amtool'],
} as const;

/** Paths of Prometheus, Alertmanager and the tools that come with them. Each is to be run in its own folder. */
export type MonitoringPrograms = Readonly<Record<keyof typeof PROGRAMS, string>>;

/** The programs cannot be had; the message says what to do. */
class MonitoringProgramsError extends Error {
  readonly code = 'MonitoringPrograms';
  override readonly name = 'MonitoringProgramsError';
}

/** The upstream versions are pinned; Debian's revisions of them only mend. */
const PACKAGES = { prometheus: '2.42.0+ds-5*', 'prometheus-alertmanager': '0.25.0-1*' } as const;
/** To be changed with what is done to the programs, too. */
const CACHED = 'debian-prometheus-2.42.0-alertmanager-0.25.0-relocated';
const WAYS_OUT =
  'Have prometheus, promtool, alertmanager and amtool in PATH, or set PROMETHEUS_ASSETS to a folder with them';

interface Sources {
  readonly env: Environment;
  readonly progress: Progress;
}

/**
 * Prometheus and Alertmanager: from PROMETHEUS_ASSETS, else from the cache, else from PATH if all are there, else out of
 * Debian's packages into the cache. Throws a MonitoringProgramsError if none of these works.
 */
export async function ensureMonitoringPrograms({ env, progress }: Sources): Promise<MonitoringPrograms> {
  const assets = env['PROMETHEUS_ASSETS'];
  if (assets !== undefined && assets !== '') return fromAssets(assets);

  const folder = join(cacheFolder(env, 'monitoring'), CACHED);
  if (existsSync(folder)) return allOf(programsIn([folder]), folder);
  const installed = programsIn((env['PATH'] ?? '').split(delimiter).filter((path) => path !== ''));
  if (isComplete(installed)) return installed;
  try {
    const onWait = (pid: number): void => progress.note(`process ${pid} is making ${folder}: waiting for it`);
    await withLock({
      path: `${folder}.lock`,
      onWait,
      work: async () => (existsSync(folder) ? undefined : fetchInto(folder, { env, progress })),
    });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MonitoringProgramsError(`Prometheus cannot be had from Debian's packages: ${reason}. ${WAYS_OUT}`, {
      cause,
    });
  }
  return allOf(programsIn([folder]), folder);
}

function fromAssets(folder: string): MonitoringPrograms {
  return allOf(programsIn([folder]), `PROMETHEUS_ASSETS is ${folder}, which`);
}

function allOf(found: Partial<MonitoringPrograms>, where: string): MonitoringPrograms {
  if (isComplete(found)) return found;
  const missing = Object.keys(PROGRAMS).filter((name) => !(name in found));
  throw new MonitoringProgramsError(`${where} has no ${missing.join(', no ')}`);
}

/** The folder appears when all programs are in it. */
async function fetchInto(folder: string, { env, progress }: Sources): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const partial = await mkdtemp(`${folder}.partial-`);
  try {
    const packages = Object.entries(PACKAGES).map(([name, version]) => `${name}=${version}`);
    const root = await unpackDebianPackages({ packages, folder: partial, env, progress });
    const programs = join(partial, 'programs');
    await mkdir(programs);
    const found = allOf(programsIn([join(root, 'usr', 'bin')]), packages.join(', '));
    for (const [name, path] of Object.entries(found)) await rename(path, join(programs, name));
    await relocateAlertmanager({ root, programs });
    await rename(programs, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

function programsIn(folders: readonly string[]): Partial<MonitoringPrograms> {
  const found = Object.entries(PROGRAMS).map(([name, fileNames]) => {
    const paths = folders.flatMap((folder) => fileNames.map((fileName) => join(folder, fileName)));
    return [name, paths.find(isExecutable)] as const;
  });
  return Object.fromEntries(found.filter(([, path]) => path !== undefined));
}

function isComplete(found: Partial<MonitoringPrograms>): found is MonitoringPrograms {
  return Object.keys(PROGRAMS).every((name) => name in found);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
