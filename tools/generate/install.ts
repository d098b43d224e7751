import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { notice, type GeneratedFile } from './generator.ts';

const SOURCE = 'config/default';
const UNDERSTOOD = new Set(['apiVersion', 'kind', 'resources']);

/**
 * The manifests that a folder's kustomization.yaml lists, in order. Only plain `resources` are understood, so that nobody
 * needs kustomize to work on this repository; anything else is refused rather than silently left out.
 */
async function manifestsOf(folder: string): Promise<readonly string[]> {
  const path = join(folder, 'kustomization.yaml');
  const kustomization = load(await readFile(path, 'utf8')) as { readonly resources?: readonly string[] };
  const strange = Object.keys(kustomization).filter((key) => !UNDERSTOOD.has(key));
  if (strange.length > 0) throw new Error(`${path}: only resources are supported, not ${strange.join(', ')}`);
  const manifests: string[] = [];
  for (const resource of kustomization.resources ?? []) {
    const target = join(folder, resource);
    const isFolder = (await stat(target)).isDirectory();
    manifests.push(...(isFolder ? await manifestsOf(target) : [await readFile(target, 'utf8')]));
  }
  return manifests;
}

/** The one file to install from, `kubectl apply -f`: what `kubectl kustomize config/default` gives, with its comments. */
export async function installFiles(root: string): Promise<readonly GeneratedFile[]> {
  const manifests = await manifestsOf(join(root, SOURCE));
  const documents = manifests.map((manifest) => manifest.replace(/^---\n/, '').trim());
  return [{ path: 'manifests/install.yaml', content: `# ${notice(SOURCE)}\n${documents.join('\n---\n')}\n` }];
}
