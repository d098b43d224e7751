/** A kind as the API server serves it. */
export interface Resource {
  /** '' for the core group. */
  readonly group: string;
  readonly version: string;
  /** Lower-case plural, as in the path: `networkpolicies`. */
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** What of a resource a path addresses; nothing given is the collection in all namespaces. */
export interface PathTarget {
  /** Ignored for cluster-scoped resources. */
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  readonly subresource?: string | undefined;
}

/** `apps/v1`, or `v1` for the core group. */
export function apiVersionOf({ group, version }: Pick<Resource, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** The path of a collection or an object below the server's root. Names are escaped: those of RBAC may hold any character. */
export function resourcePath(resource: Resource, { namespace, name, subresource }: PathTarget = {}): string {
  const segments = [resource.group === '' ? 'api' : 'apis', ...apiVersionOf(resource).split('/')];
  if (resource.namespaced && namespace !== undefined) segments.push('namespaces', namespace);
  segments.push(resource.resource);
  if (name !== undefined) segments.push(name);
  if (subresource !== undefined) segments.push(subresource);
  return `/${segments.map(encodeURIComponent).join('/')}`;
}
