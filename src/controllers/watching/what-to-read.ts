import { WATCHED, type Kind, type Watched } from '../../inventory/watched.ts';
import { resourcePath, type Resource } from '../../kube/resource.ts';
import type { Unreadable } from '../assess/availability.ts';

/** `deployments.apps`, as a ClusterRole's reader would look it up. */
export const apiName = ({ group, resource }: Resource): string => (group === '' ? resource : `${resource}.${group}`);

/** Where to ask for the objects of a row, and for which of them. */
export interface ListTarget {
  readonly path: string;
  readonly fieldSelector?: string;
}

/** Of a single object only its own namespace and name are asked for, as a Role grants no more. */
export function listTargetOf({ resource, only, fieldSelector }: Watched): ListTarget {
  if (only === undefined)
    return { path: resourcePath(resource), ...(fieldSelector === undefined ? {} : { fieldSelector }) };
  return {
    path: resourcePath(resource, { namespace: only.namespace }),
    fieldSelector: `metadata.name=${only.name}`,
  };
}

/** Why a kind that is read only on request is not read; undefined for all others. */
export function notAskedFor(kind: Kind): Unreadable | undefined {
  const row = WATCHED.find((each) => each.kind === kind);
  if (row?.optional === undefined) return undefined;
  const message = `reading ${apiName(row.resource)} is not switched on: set --read ${row.optional}, and grant it`;
  return { reason: 'NotProvided', message };
}
