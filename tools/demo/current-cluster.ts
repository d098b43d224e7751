import { join } from 'node:path';
import type { DemoCluster, Surroundings } from './demo-cluster.ts';
import { foreignObjects } from './foreign-objects.ts';
import { VIEW, writeKubeconfigFor, writeSecretly } from './kubeconfig.ts';
import { INSTALLATION, inRepository, SHOP } from './paths.ts';
import { kubectlWith, runProgram, type Kubectl } from './program.ts';

/** All that the demo makes; kubectl takes one of these at a time. */
const MADE: readonly (readonly [option: string, path: string])[] = [
  ['--filename', INSTALLATION],
  ['--kustomize', SHOP],
];

/**
 * The cluster of the current context, after asking: the shop is careless on purpose. Nothing that was there before is
 * changed, or removed at the end. Works on a copy of the kubeconfig, so that switching contexts meanwhile does no harm.
 */
export async function currentCluster(surroundings: Surroundings): Promise<DemoCluster> {
  const { env, folder, ask, say } = surroundings;
  const kubeconfig = await writeSecretly(join(folder, 'kubeconfig'), await runProgram('kubectl', VIEW, env));
  const kubectl = kubectlWith(kubeconfig, env);
  const context = (await kubectl(['config', 'current-context'])).trim();
  await confirm(context, surroundings);
  await refuseForeign(context, kubectl);
  return {
    title: `context ${context}`,
    kubectl,
    shellLines: [],
    kubeconfigFor: async (serviceAccount) => writeKubeconfigFor(serviceAccount, { kubectl, folder }),
    hasNodes: true,
    makesPods: true,
    end: async () => {
      if (await ask?.(`Remove from ${context} what the demo made?`)) {
        await ofEach(kubectl, ['delete', '--ignore-not-found', '--wait=false']);
        say('It is being removed; namespaces take a moment to go.');
      } else {
        const commands = MADE.map(
          ([option, path]) => `  kubectl --context ${context} delete --ignore-not-found ${option} ${path}`,
        );
        say([`What the demo made is left in ${context}. To remove it:`, ...commands].join('\n'));
      }
    },
  };
}

async function confirm(context: string, { env, ask }: Surroundings): Promise<void> {
  if (env['CLUSTER_CONFIRM'] === 'yes') return;
  if (ask === undefined) {
    throw new Error(`CLUSTER=current would change ${context}: confirm it with CLUSTER_CONFIRM=yes, or on a terminal`);
  }
  const question =
    `The demo puts a shop into ${context} that is careless on purpose: privileged pods, cluster-admin for a ` +
    'ServiceAccount, a right for anonymous users. Do so?';
  if (!(await ask(question))) throw new Error(`nothing was done in ${context}`);
}

async function refuseForeign(context: string, kubectl: Kubectl): Promise<void> {
  const printed = await ofEach(kubectl, ['get', '--ignore-not-found', '--output=json', '--show-managed-fields']);
  const foreign = printed.flatMap(foreignObjects);
  if (foreign.length === 0) return;
  throw new Error(
    `nothing was done in ${context}: these exist there, and the demo did not make them: ${foreign.join(', ')}`,
  );
}

async function ofEach(kubectl: Kubectl, args: readonly string[]): Promise<readonly string[]> {
  return Promise.all(MADE.map(async ([option, path]) => kubectl([...args, `${option}=${inRepository(path)}`])));
}
