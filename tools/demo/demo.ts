import { once as eventOf } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endWithThisProcess } from '../../test/cluster/lifetime.ts';
import { runLines } from '../../test/cluster/run-lines.ts';
import type { OpenCluster, Surroundings } from './demo-cluster.ts';
import { deployShop, install } from './deploy.ts';
import { SERVICE_ACCOUNT, startOperator, type RunningOperator } from './operator.ts';
import { ROOT } from './paths.ts';
import { showFindings, showWayOn } from './show.ts';

export interface DemoOptions extends Omit<Surroundings, 'folder'> {
  readonly openCluster: OpenCluster;
  /** End after printing. */
  readonly once: boolean;
  /** Aborted when the person has had enough. */
  readonly signal: AbortSignal;
}

/**
 * The whole demo. Resolves when it is over, with nothing left running and no file left behind. If it is interrupted
 * before it has shown anything it throws at once; what the interrupted step has started ends with the process.
 */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { env, openCluster, once, progress, say, signal } = options;
  const unlessInterrupted = interruptible(signal);
  await using resources = new AsyncDisposableStack();
  const folder = resources.adopt(temporaryFolder(), ({ remove }) => remove()).path;

  await unlessInterrupted(
    progress.step('bundle the operator', async () => {
      await runLines({ command: process.execPath, args: ['tools/build.ts'], cwd: ROOT, env });
    }),
  );
  const cluster = await unlessInterrupted(openCluster({ ...options, folder }));
  resources.defer(cluster.end);
  progress.note(cluster.title);

  await unlessInterrupted(progress.step('install CRDs and rights', async () => install(cluster.kubectl)));
  await unlessInterrupted(progress.step('deploy the shop', async (detail) => deployShop(cluster, detail)));

  const kubeconfig = await unlessInterrupted(cluster.kubeconfigFor(SERVICE_ACCOUNT));
  const operator = await startOperator({ kubeconfig, folder });
  resources.defer(operator.stop);
  await unlessInterrupted(progress.step('start the operator and judge everything once', operator.untilReady));

  await unlessInterrupted(showFindings(cluster, operator, say));
  if (once) return;
  showWayOn(cluster, operator, say);
  await untilEnded(operator, signal);
  progress.note('ending');
}

/** Lets go of a piece of work at once when the signal comes. */
function interruptible(signal: AbortSignal): <T>(work: Promise<T>) => Promise<T> {
  const interruption = eventOf(signal, 'abort').then(() => {
    throw new Error('interrupted');
  });
  interruption.catch(() => {}); // Nobody may be waiting when it comes.
  return async (work) => Promise.race([work, interruption]);
}

/** Where kubeconfigs and logs are; it is gone when this process is, however that ends. */
function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'plimsoll-demo-'));
  const removeFiles = (): void => rmSync(path, { recursive: true, force: true });
  const release = endWithThisProcess({
    stop: async () => Promise.resolve(removeFiles()),
    kill: removeFiles,
    handleSignals: false,
  });
  return {
    path,
    remove: () => {
      removeFiles();
      release();
    },
  };
}

/** Throws if the operator ends before the signal comes. */
async function untilEnded(operator: RunningOperator, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    operator.verify();
    await sleep(500, undefined, { signal }).catch(() => {});
  }
}
