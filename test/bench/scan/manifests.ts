import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { planCluster } from '../cluster-plan.ts';

/** What is written: Deployments, all different, divided evenly over files. */
export interface ManifestsSize {
  readonly deployments: number;
  readonly files: number;
}

const WORKLOADS_PER_NAMESPACE = 12;

/** Writes the manifests of a cluster's Deployments as people keep them; answers how many bytes that took. */
export function writeManifests(folder: string, { deployments, files }: ManifestsSize): number {
  mkdirSync(folder, { recursive: true });
  const plan = planCluster({
    pods: deployments,
    workloads: deployments,
    namespaces: Math.ceil(deployments / WORKLOADS_PER_NAMESPACE),
  });
  const documents = plan.deployments.map(({ object }) => dump(object, { noRefs: true }));
  const perFile = Math.ceil(documents.length / files);
  let bytes = 0;
  for (let file = 0; file * perFile < documents.length; file++) {
    const text = documents.slice(file * perFile, (file + 1) * perFile).join('---\n');
    bytes += Buffer.byteLength(text);
    writeFileSync(join(folder, `team-${String(file).padStart(3, '0')}.yaml`), text);
  }
  return bytes;
}
