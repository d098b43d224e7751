import type { FactsByKind } from './facts/by-kind.ts';
import type { BindingFacts } from './facts/rbac.ts';
import { createGrantIndex, type GrantIndex } from './effective-grants.ts';
import type { Change } from './store.ts';
import type { Kind } from './watched.ts';
import { createBoundRoles, type BoundRoles } from './rbac/bound-roles.ts';
import { createWorkloadMembers, type WorkloadMembers } from './workload-members.ts';

/** What is derived from facts, and kept up with each change. */
export interface Indexes<V> {
  readonly members: WorkloadMembers<V>;
  readonly grants: GrantIndex;
  readonly boundRoles: BoundRoles;
  readonly networkPoliciesIn: (namespace: string) => number;
  readonly update: { readonly [K in Kind]?: (change: Change<FactsByKind<V>[K]>) => void };
}

/** Which change updates which index. */
export function createIndexes<V>(): Indexes<V> {
  const members = createWorkloadMembers<V>();
  const grants = createGrantIndex();
  const boundRoles = createBoundRoles();
  const policies = new Map<string, number>();
  const changeController = members.changeController;
  function changeBinding({ before, after }: Change<BindingFacts>): void {
    grants.change(before, after);
    boundRoles.change(before, after);
  }
  return {
    members,
    grants,
    boundRoles,
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
      RoleBinding: changeBinding,
      ClusterRoleBinding: changeBinding,
      NetworkPolicy: ({ namespace, before, after }) => {
        const difference = Number(after !== undefined) - Number(before !== undefined);
        policies.set(namespace, (policies.get(namespace) ?? 0) + difference);
      },
    },
  };
}
