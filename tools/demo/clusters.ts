import { currentCluster } from './current-cluster.ts';
import type { OpenCluster } from './demo-cluster.ts';
import { embeddedCluster } from './embedded-cluster.ts';
import { kindCluster } from './kind-cluster.ts';

const CLUSTERS: ReadonlyMap<string, OpenCluster> = new Map([
  ['embedded', embeddedCluster],
  ['kind', kindCluster],
  ['current', currentCluster],
]);

/** The cluster that the variable CLUSTER asks for; by default the embedded one. */
export function clusterNamed(name: string | undefined): OpenCluster {
  const open = CLUSTERS.get(name === undefined || name === '' ? 'embedded' : name);
  if (open !== undefined) return open;
  throw new Error(`CLUSTER is ${name}, and must be one of ${[...CLUSTERS.keys()].join(', ')}`);
}
