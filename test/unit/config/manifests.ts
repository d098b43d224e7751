import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';

/** The top of the repository. */
export const ROOT = join(import.meta.dirname, '../../..');

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
}

/** All objects of a YAML file, by its path from the top of the repository. */
export function readManifests(path: string): readonly Manifest[] {
  return loadAll(readFileSync(join(ROOT, path), 'utf8')) as readonly Manifest[];
}

/** The one object of that kind and name in a file. */
export function readManifest(path: string, kind: string, name: string): unknown {
  const found = readManifests(path).filter((manifest) => manifest.kind === kind && manifest.metadata.name === name);
  if (found.length !== 1) throw new Error(`${path} has ${found.length} ${kind} ${name}`);
  return found[0];
}

/** The manifest that is installed. */
export const INSTALL = 'manifests/install.yaml';
