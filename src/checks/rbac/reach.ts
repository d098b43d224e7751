import type { BindingFacts } from '../../inventory/facts/rbac.ts';
import { isPrivilegedNamespace } from '../namespaces/privileged.ts';
import type { ReachSort } from './power.ts';

/** Where a binding grants: in one namespace, or (without one) in the whole cluster. */
export interface Reach {
  readonly namespace?: string;
}

export const WHOLE_CLUSTER: Reach = {};

/** A RoleBinding grants in its own namespace only, whatever its role is. */
export function reachOf({ ref }: BindingFacts): Reach {
  return ref.kind === 'ClusterRoleBinding' || ref.namespace === undefined
    ? WHOLE_CLUSTER
    : { namespace: ref.namespace };
}

export function reachSort({ namespace }: Reach): ReachSort {
  if (namespace === undefined) return 'cluster';
  return isPrivilegedNamespace(namespace) ? 'privileged' : 'namespace';
}

/** For people: `in the whole cluster`, `in namespace shop`. */
export const describeReach = ({ namespace }: Reach): string =>
  namespace === undefined ? 'in the whole cluster' : `in namespace ${namespace}`;

/** Whether what is granted there holds at the place, too. */
export const covers = (granted: Reach, place: Reach): boolean =>
  granted.namespace === undefined || granted.namespace === place.namespace;
