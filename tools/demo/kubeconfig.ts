import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ServiceAccountName } from './demo-cluster.ts';
import type { Kubectl } from './program.ts';

/** As far as it is looked at. `kubectl config view --minify` leaves one context, with its cluster and its user. */
interface Kubeconfig {
  readonly contexts: readonly { readonly context: { readonly user: string } }[];
}

/** The same cluster in a kubeconfig, for whom the token belongs to instead of the user in it. */
export function withToken(minified: string, token: string): string {
  const config = JSON.parse(minified) as Kubeconfig;
  const users = config.contexts.map(({ context }) => ({ name: context.user, user: { token } }));
  return JSON.stringify({ ...config, users }, undefined, 2);
}

/** Writes a kubeconfig for a ServiceAccount into the folder; `kubectl` must be bound to the cluster of it. */
export async function writeKubeconfigFor(
  { namespace, name }: ServiceAccountName,
  { kubectl, folder }: { readonly kubectl: Kubectl; readonly folder: string },
): Promise<string> {
  const token = await kubectl(['create', 'token', name, `--namespace=${namespace}`, '--duration=24h']);
  const config = withToken(await kubectl([...VIEW, '--output=json']), token.trim());
  return writeSecretly(join(folder, `${namespace}-${name}.kubeconfig`), config);
}

/** The current context alone, with its certificates inside. */
export const VIEW: readonly string[] = ['config', 'view', '--minify', '--flatten', '--raw'];

/** Writes a file that nobody else may read, and answers its path. */
export async function writeSecretly(path: string, content: string): Promise<string> {
  await writeFile(path, content, { mode: 0o600 });
  return path;
}
