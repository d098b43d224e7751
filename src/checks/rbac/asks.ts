import type { PolicyRule } from '../../inventory/facts/rbac.ts';
import { ruleAllows, type ResourceRequest } from '../../inventory/rbac/authorizer.ts';

/** A request that a power needs, and whether a RoleBinding can allow it at all. */
export interface Ask extends ResourceRequest {
  /** Made for no namespace, so that only a ClusterRoleBinding grants it. */
  readonly isClusterScoped: boolean;
  /** Only up to this minor version of Kubernetes; later ones ask for something else. */
  readonly lastMinor?: number;
  /** Only from this minor version of Kubernetes on; earlier ones do not know what is asked for. */
  readonly firstMinor?: number;
}

interface Resources {
  readonly group: string;
  /** With their subresource, if any: `pods/exec`. */
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

function asks({ group, resources, verbs }: Resources, isClusterScoped: boolean): readonly Ask[] {
  return resources.flatMap((each) => {
    const [resource = '', subresource = ''] = each.split('/');
    return verbs.map((verb) => ({ verb, group, resource, subresource, name: '', isClusterScoped }));
  });
}

/** Any of the verbs on any of the resources, which live in namespaces. */
export const inNamespace = (group: string, resources: readonly string[], verbs: readonly string[]): readonly Ask[] =>
  asks({ group, resources, verbs }, false);

/** Any of the verbs on any of the resources, which live in no namespace. */
export const inCluster = (group: string, resources: readonly string[], verbs: readonly string[]): readonly Ask[] =>
  asks({ group, resources, verbs }, true);

/** The same, up to this minor version of Kubernetes only. */
export const upTo = (lastMinor: number, requests: readonly Ask[]): readonly Ask[] =>
  requests.map((ask) => ({ ...ask, lastMinor }));

/** The same, from this minor version of Kubernetes on only. */
export const since = (firstMinor: number, requests: readonly Ask[]): readonly Ask[] =>
  requests.map((ask) => ({ ...ask, firstMinor }));

/**
 * Whether the API server knows the name when it authorizes: it does not where an object is made, or many are meant. What is done
 * as somebody else is asked for by `impersonate-on:<mode>:<verb>`, with the name that the request itself has.
 */
function canBeNamed({ verb, subresource }: Ask): boolean {
  const request = verb.slice(verb.lastIndexOf(':') + 1);
  return request !== 'deletecollection' && (request !== 'create' || subresource !== '');
}

/**
 * The names for which a rule allows what is asked; none where it allows it for all. Undefined if it does not allow it: a
 * rule with names never lets create top-level objects, whatever it says. (list and watch it does let, by a field selector.)
 */
export function namesAllowed(rule: PolicyRule, ask: Ask): readonly string[] | undefined {
  if (ruleAllows(rule, ask)) return [];
  if (ask.name !== '' || !canBeNamed(ask)) return undefined;
  const names = rule.resourceNames.filter((name) => ruleAllows(rule, { ...ask, name }));
  return names.length === 0 ? undefined : names;
}
