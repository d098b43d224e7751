import type { FactsByKind } from '../facts/by-kind.ts';
import type { LimitRangeFacts } from '../facts/limit-range.ts';
import { createNamespacedIndex } from '../collections/namespaced-index.ts';
import { createRbacGraph, type RbacGraph } from '../rbac/graph.ts';
import type { Change } from '../store.ts';
import type { Kind } from '../watched.ts';
import { createComponentIndex, type ComponentIndex } from './component-index.ts';
import type { VolumeSources } from '../surroundings/node-storage.ts';
import { createSurroundings, type Surroundings } from '../surroundings/surroundings.ts';
import { createWorkerIndex, type WorkerIndex } from './worker-index.ts';
import { createWorkloadMembers, type WorkloadMembers } from '../workloads/workload-members.ts';

/** What is derived from facts, and kept up with each change. */
export interface Indexes<V> {
  readonly members: WorkloadMembers<V>;
  readonly rbac: RbacGraph;
  readonly surroundings: Surroundings<V>;
  readonly limitRangesIn: (namespace: string) => readonly LimitRangeFacts[];
  readonly components: ComponentIndex;
  readonly workers: WorkerIndex;
  readonly update: <K extends Kind>(kind: K, change: Change<FactsByKind<V>[K]>) => void;
}

/** Which change updates which index. */
export function createIndexes<V>(volumes: VolumeSources): Indexes<V> {
  const members = createWorkloadMembers<V>();
  const rbac = createRbacGraph();
  const { surroundings, update: updateSurroundings } = createSurroundings<V>(volumes);
  const limitRanges = createNamespacedIndex<LimitRangeFacts>();
  const components = createComponentIndex();
  const workers = createWorkerIndex();
  const changeController = members.changeController;
  const own: { readonly [K in Kind]?: (change: Change<FactsByKind<V>[K]>) => void } = {
    Node: workers.change,
    Pod: (change) => {
      members.changePod(change);
      components.change(change);
    },
    LimitRange: limitRanges.change,
    ReplicationController: changeController,
    ReplicaSet: changeController,
    Deployment: changeController,
    StatefulSet: changeController,
    DaemonSet: changeController,
    Job: changeController,
    CronJob: changeController,
    Role: rbac.changeRole,
    ClusterRole: rbac.changeRole,
    RoleBinding: rbac.changeBinding,
    ClusterRoleBinding: rbac.changeBinding,
  };
  return {
    members,
    rbac,
    surroundings,
    limitRangesIn: limitRanges.in,
    components,
    workers,
    update(kind, change) {
      own[kind]?.(change);
      updateSurroundings[kind]?.(change);
    },
  };
}
