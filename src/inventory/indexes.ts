import type { FactsByKind } from './facts/by-kind.ts';
import { createGrantIndex, type GrantIndex } from './effective-grants.ts';
import type { LimitRangeFacts } from './facts/limit-range.ts';
import { createNamespacedIndex } from './namespaced-index.ts';
import type { Change } from './store.ts';
import type { Kind } from './watched.ts';
import { createComponentIndex, type ComponentIndex } from './component-index.ts';
import { createWorkerIndex, type WorkerIndex } from './worker-index.ts';
import { createWorkloadMembers, type WorkloadMembers } from './workload-members.ts';

/** What is derived from facts, and kept up with each change. */
export interface Indexes<V> {
  readonly members: WorkloadMembers<V>;
  readonly grants: GrantIndex;
  readonly networkPoliciesIn: (namespace: string) => number;
  readonly limitRangesIn: (namespace: string) => readonly LimitRangeFacts[];
  readonly components: ComponentIndex;
  readonly workers: WorkerIndex;
  readonly update: { readonly [K in Kind]?: (change: Change<FactsByKind<V>[K]>) => void };
}

/** Which change updates which index. */
export function createIndexes<V>(): Indexes<V> {
  const members = createWorkloadMembers<V>();
  const grants = createGrantIndex();
  const policies = new Map<string, number>();
  const limitRanges = createNamespacedIndex<LimitRangeFacts>();
  const components = createComponentIndex();
  const workers = createWorkerIndex();
  const changeController = members.changeController;
  return {
    members,
    grants,
    networkPoliciesIn: (namespace) => policies.get(namespace) ?? 0,
    limitRangesIn: limitRanges.in,
    components,
    workers,
    update: {
      Node: workers.change,
      Pod: (change) => {
        members.changePod(change);
        components.change(change);
      },
      ReplicationController: changeController,
      ReplicaSet: changeController,
      Deployment: changeController,
      StatefulSet: changeController,
      DaemonSet: changeController,
      Job: changeController,
      CronJob: changeController,
      RoleBinding: ({ before, after }) => grants.change(before, after),
      ClusterRoleBinding: ({ before, after }) => grants.change(before, after),
      LimitRange: limitRanges.change,
      NetworkPolicy: ({ namespace, before, after }) => {
        const difference = Number(after !== undefined) - Number(before !== undefined);
        policies.set(namespace, (policies.get(namespace) ?? 0) + difference);
      },
    },
  };
}
