import type { PolicyRule } from '../facts/rbac.ts';

/** A request on a resource, in the terms of SubjectAccessReview. */
export interface ResourceRequest {
  readonly verb: string;
  /** Empty for the core group. */
  readonly group: string;
  readonly resource: string;
  /** Empty if there is none. */
  readonly subresource: string;
  /** Empty for requests on a collection, and for create. */
  readonly name: string;
}

/** A request on a path that is no resource, such as `/metrics`. */
export interface PathRequest {
  readonly verb: string;
  readonly path: string;
}

export type AccessRequest = ResourceRequest | PathRequest;

const EVERYTHING = '*';

const matches = (allowed: readonly string[], asked: string): boolean =>
  allowed.includes(EVERYTHING) || allowed.includes(asked);

/** `*` is every resource and subresource, `*` with a slash and a name a subresource of every resource; `pods` is not `pods/exec`. */
function allowsResource({ resources }: PolicyRule, { resource, subresource }: ResourceRequest): boolean {
  const asked = subresource === '' ? resource : `${resource}/${subresource}`;
  return matches(resources, asked) || (subresource !== '' && resources.includes(`${EVERYTHING}/${subresource}`));
}

function allowsPath({ nonResourceURLs }: PolicyRule, { path }: PathRequest): boolean {
  return nonResourceURLs.some(
    (url) =>
      url === EVERYTHING || url === path || (url.endsWith(EVERYTHING) && path.startsWith(url.replace(/\*+$/, ''))),
  );
}

/**
 * Whether a rule allows a request, as the RBAC authorizer decides it (kubernetes, pkg/apis/rbac/v1/evaluation_helpers.go): all
 * comparisons are exact, an asterisk among `resourceNames` is only a name, and a rule with names never allows a request
 * without one.
 */
export function ruleAllows(rule: PolicyRule, request: AccessRequest): boolean {
  if (!matches(rule.verbs, request.verb)) return false;
  if ('path' in request) return allowsPath(rule, request);
  return (
    matches(rule.apiGroups, request.group) &&
    allowsResource(rule, request) &&
    (rule.resourceNames.length === 0 || rule.resourceNames.includes(request.name))
  );
}
