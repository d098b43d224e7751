import type { PolicyRule } from '../../inventory/facts/rbac.ts';

const EVERYTHING = '*';
/** More names than this make a message longer, not clearer. */
const NAMED_AT_MOST = 5;

export const isWildcard = (names: readonly string[]): boolean => names.includes(EVERYTHING);

/** A text that is the same for rules that grant the same in the same words, in whatever order. */
export function canonicalRule(rule: Partial<PolicyRule>): string {
  const { apiGroups, resources, verbs, resourceNames, nonResourceURLs } = rule;
  return JSON.stringify(
    [apiGroups, resources, verbs, resourceNames, nonResourceURLs].map((names = []) => distinct(names)),
  );
}

/** What a rule allows, for people: `every verb on secrets of every API group`. */
export function describeRule({ apiGroups, resources, verbs, resourceNames, nonResourceURLs }: PolicyRule): string {
  const targets = [
    ...(resources.length > 0 ? [`${list(resources, 'every resource')} of ${groups(apiGroups)}`] : []),
    ...(nonResourceURLs.length > 0 ? [list(nonResourceURLs, 'every non-resource URL')] : []),
  ];
  const called = resourceNames.length > 0 ? ` called ${list(resourceNames, EVERYTHING)}` : '';
  return `${list(verbs, 'every verb')} on ${targets.join(' and ') || 'nothing'}${called}`;
}

function groups(apiGroups: readonly string[]): string {
  const named = apiGroups.map((group) => (group === '' ? 'core' : group));
  return isWildcard(named) ? 'every API group' : `API group ${list(named, '')}`;
}

/** Names for people, not too many of them; `everything` for an asterisk. */
export function list(names: readonly string[], everything: string): string {
  if (isWildcard(names)) return everything;
  const all = distinct(names);
  const more = all.length - NAMED_AT_MOST;
  return more > 0 ? `${all.slice(0, NAMED_AT_MOST).join(', ')} and ${more} more` : all.join(', ');
}

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
