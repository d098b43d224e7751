import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { loadKubeConfig } from '../../src/kube/auth.ts';
import type { Progress } from '../cluster/progress.ts';
import { startMeasured, type Milestone } from './measured-process.ts';

interface BaselineInput {
  /** Of somebody who may read all pods and Deployments. */
  readonly kubeconfig: string;
  readonly folder: string;
  readonly progress: Progress;
}

/** Measure the naive reader on the same cluster: a floor to hold the operator's figures against. */
export async function measureBaseline({ kubeconfig, folder, progress }: BaselineInput): Promise<Milestone> {
  const outfile = join(folder, 'naive-reader.mjs');
  // Bundled as the operator is: stripping types and loading files one by one would be counted otherwise.
  await build({
    entryPoints: [fileURLToPath(import.meta.resolve('./naive-reader.ts'))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  const config = loadKubeConfig({ kubeconfig });
  const { server = '', caFile = '' } = config.getCurrentCluster() ?? {};
  const args = [outfile, server, caFile, config.getCurrentUser()?.token ?? ''];
  const reader = startMeasured({ name: 'naive-reader', args, logFolder: folder });
  try {
    const isDone = async (): Promise<boolean> => (await readFile(reader.logPath, 'utf8')).startsWith('done');
    const milestone = await progress.step('naive reader: read the cluster', async () =>
      reader.until('has read all', isDone),
    );
    await reader.end();
    return milestone;
  } finally {
    await reader.stop();
  }
}
