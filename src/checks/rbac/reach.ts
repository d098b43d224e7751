import type { BindingFacts } from '../../inventory/facts/rbac.ts';
import type { CompiledParameters } from '../parameters.ts';
import type { ReachSort } from './power.ts';

/** Where a binding grants: in one namespace, or (without one) in the whole cluster. */
export interface Place {
  readonly namespace?: string;
}

/** A place, and what owning it is worth. */
export interface Reach extends Place {
  readonly sort: ReachSort;
}

export const WHOLE_CLUSTER: Reach = { sort: 'cluster' };

/** What reaches a namespace, or (without one) the whole cluster. */
export const reachInto = (
  namespace: string | undefined,
  { isPrivilegedNamespace }: Pick<CompiledParameters, 'isPrivilegedNamespace'>,
): Reach =>
  namespace === undefined
    ? WHOLE_CLUSTER
    : { namespace, sort: isPrivilegedNamespace(namespace) ? 'privileged' : 'namespace' };

/** A RoleBinding grants in its own namespace only, whatever its role is. */
export function placeOf({ ref }: BindingFacts): Place {
  return ref.kind === 'ClusterRoleBinding' || ref.namespace === undefined ? {} : { namespace: ref.namespace };
}

/** Where a binding grants, and what owning that is worth. */
export const reachOf = (binding: BindingFacts, parameters: CompiledParameters): Reach =>
  reachInto(placeOf(binding).namespace, parameters);

/** For people: `in the whole cluster`, `in namespace shop`. */
export const describeReach = ({ namespace }: Place): string =>
  namespace === undefined ? 'in the whole cluster' : `in namespace ${namespace}`;

/** Whether what is granted there holds at the place, too. */
export const covers = (granted: Place, place: Place): boolean =>
  granted.namespace === undefined || granted.namespace === place.namespace;
