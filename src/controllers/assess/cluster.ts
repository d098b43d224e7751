import { API_VERSION } from '../../crds/index.ts';
import type { ObjectRef } from '../../inventory/facts/object-ref.ts';
import type { Marker } from '../../reports/marker.ts';
import { assess, type AssessDeps, type Assessed } from './assess.ts';
import { sharedKubeletAnswers } from './kubelet.ts';

/**
 * Judges the cluster as a whole. Its report always exists: it is where checks that cannot decide about a whole kind are
 * listed, once, and where the installation is remembered.
 */
export function assessCluster(deps: AssessDeps, marker: Marker | undefined): Assessed {
  // The cluster has no uid of its own; that of kube-system lives as long and is what others use for it.
  const uid = deps.inventory.get('Namespace', '', 'kube-system')?.ref.uid ?? 'unknown';
  const subject: ObjectRef = { apiVersion: API_VERSION, kind: 'Cluster', name: 'cluster', uid };
  const { inventory, apiUses, parameters } = deps;
  const input = {
    server: deps.server(),
    parameters,
    cluster: inventory.clusterFacts(parameters.isSystemNamespace),
    inhabitedNamespaces: [...inventory.surroundings.inhabited()].sort(),
    ...(apiUses !== undefined && { apiUses: apiUses() }),
  };
  const assessed = assess('cluster', subject, input, deps, sharedKubeletAnswers(deps));
  const undecided = [...assessed.undecided, ...deps.availability.undecided(deps.selection.checks)];
  return { ...assessed, undecided, alwaysReported: true, ...(marker === undefined ? {} : { marker }) };
}
