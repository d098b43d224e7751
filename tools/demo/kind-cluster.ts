import { join } from 'node:path';
import { runLines } from '../../test/cluster/run-lines.ts';
import type { DemoCluster, Surroundings } from './demo-cluster.ts';
import { writeKubeconfigFor } from './kubeconfig.ts';
import { inRepository } from './paths.ts';
import { kubectlWith, runProgram } from './program.ts';

const NAME = 'plimsoll-demo';

/**
 * A cluster of containers, made by kind if it is not there yet. It is kept at the end, with the shop in it, as making it
 * takes minutes. The kubeconfig of the person is not touched.
 */
export async function kindCluster(surroundings: Surroundings): Promise<DemoCluster> {
  const { env, progress, folder, say } = surroundings;
  await runProgram('kubectl', ['version', '--client'], env);
  const kubeconfig = join(folder, 'kubeconfig');
  if (await isThere(surroundings)) {
    progress.note(`kind cluster ${NAME} is there already`);
    await runProgram('kind', ['export', 'kubeconfig', '--name', NAME, '--kubeconfig', kubeconfig], env);
  } else {
    await create(kubeconfig, surroundings);
  }
  const kubectl = kubectlWith(kubeconfig, env);
  return {
    title: `kind cluster ${NAME}`,
    kubectl,
    shellLines: [`export KUBECONFIG=${kubeconfig}`],
    kubeconfigFor: async (serviceAccount) => writeKubeconfigFor(serviceAccount, { kubectl, folder }),
    hasNodes: true,
    makesPods: true,
    end: () => {
      say(
        `kind cluster ${NAME} is kept, with the shop in it.\n` +
          `  to use it:    kind export kubeconfig --name ${NAME}\n` +
          `  to delete it: kind delete cluster --name ${NAME}`,
      );
      return Promise.resolve();
    },
  };
}

async function isThere({ env }: Surroundings): Promise<boolean> {
  try {
    const names = await runProgram('kind', ['get', 'clusters'], env);
    return names.split('\n').includes(NAME);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`CLUSTER=kind needs kind, and Docker or Podman running. ${reason}`, { cause });
  }
}

async function create(kubeconfig: string, { env, progress }: Surroundings): Promise<void> {
  const config = inRepository('kind-config.yaml');
  const args = ['create', 'cluster', '--name', NAME, '--config', config, '--kubeconfig', kubeconfig, '--wait=180s'];
  await progress.step(`make kind cluster ${NAME}`, async (detail) => {
    await runLines({ command: 'kind', args, env, onErrorLine: (line) => detail(line.trim()) });
  });
}
