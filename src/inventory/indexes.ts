import type { FactsByKind } from './facts/by-kind.ts';
import { createRbacGraph, type RbacGraph } from './rbac/graph.ts';
import type { Change } from './store.ts';
import type { Kind } from './watched.ts';
import { createWorkloadMembers, type WorkloadMembers } from './workload-members.ts';

/** What is derived from facts, and kept up with each change. */
export interface Indexes<V> {
  readonly members: WorkloadMembers<V>;
  readonly rbac: RbacGraph;
  readonly networkPoliciesIn: (namespace: string) => number;
  readonly update: { readonly [K in Kind]?: (change: Change<FactsByKind<V>[K]>) => void };
}

/** Which change updates which index. */
export function createIndexes<V>(): Indexes<V> {
  const members = createWorkloadMembers<V>();
  const rbac = createRbacGraph();
  const policies = new Map<string, number>();
  const changeController = members.changeController;
  return {
    members,
    rbac,
    networkPoliciesIn: (namespace) => policies.get(namespace) ?? 0,
    update: {
      Pod: members.changePod,
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
      NetworkPolicy: ({ namespace, before, after }) => {
        const difference = Number(after !== undefined) - Number(before !== undefined);
        policies.set(namespace, (policies.get(namespace) ?? 0) + difference);
      },
    },
  };
}
