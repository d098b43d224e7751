import { selects, type Labels } from '../facts/label-selector.ts';
import { nameOfRole, type GrantedRule, type PolicyRule, type RoleFacts, type RoleName } from '../facts/rbac.ts';

/** How a role is told from all others; no part of it can hold a slash. */
export type RoleKey = `${RoleName['kind']}/${string}/${string}`;

export const roleKey = ({ kind, namespace = '', name }: RoleName): RoleKey => `${kind}/${namespace}/${name}`;

/** What all roles allow, aggregation resolved, kept up with each change. */
export interface RoleIndex {
  readonly change: (before: RoleFacts | undefined, after: RoleFacts | undefined) => void;
  /** What a role allows; undefined if there is no such role. The same list until that changes. */
  readonly rulesOf: (role: RoleName) => readonly GrantedRule[] | undefined;
  /** Roles that may allow something else after this change: the role itself, and those that aggregate it, over however many others. */
  readonly affectedBy: (before: RoleFacts | undefined, after: RoleFacts | undefined) => Iterable<RoleKey>;
  /** All that aggregate the role, over however many others. */
  readonly aggregating: (role: RoleFacts) => readonly RoleFacts[];
  /** All that the role aggregates, over however many others. */
  readonly partsOf: (role: RoleFacts) => readonly RoleFacts[];
  readonly get: (role: RoleName) => RoleFacts | undefined;
}

function granted(role: RoleFacts): readonly GrantedRule[] {
  const name = nameOfRole(role);
  return role.rules.map((rule) => ({ rule, role: name }));
}

/** The same for a rule and for the copy of it that the controller makes. */
function textOf({ apiGroups, resources, verbs, resourceNames, nonResourceURLs }: PolicyRule): string {
  return JSON.stringify([apiGroups, resources, verbs, resourceNames, nonResourceURLs]);
}

const byName = (a: RoleFacts, b: RoleFacts): number => (a.ref.name < b.ref.name ? -1 : 1);

/**
 * What an aggregated role allows: its own rules and those of all it selects, each once. On a live cluster its own rules are
 * copies, so a rule counts as that of a role which does not aggregate if any such role has it, and of these as that of the
 * first by name.
 */
function aggregated(role: RoleFacts, selected: readonly RoleFacts[]): readonly GrantedRule[] {
  const { plain = [], aggregating = [] } = Object.groupBy(selected, ({ aggregation }) =>
    aggregation === undefined ? 'plain' : 'aggregating',
  );
  const sources = [...plain.toSorted(byName), ...aggregating.toSorted(byName), role];
  const byText = new Map<string, GrantedRule>();
  for (const each of sources.flatMap(granted)) {
    const text = textOf(each.rule);
    if (!byText.has(text)) byText.set(text, each);
  }
  return [...byText.values()];
}

const isSelectedBy = (labels: Labels | undefined, { aggregation = [] }: RoleFacts): boolean =>
  labels !== undefined && aggregation.some((selector) => selects(selector, labels));

/** Everything that a walk from `start` reaches, without it; each once, so that cycles end. */
function reached(start: RoleFacts, next: (from: RoleFacts) => Iterable<RoleFacts>): readonly RoleFacts[] {
  const found = new Set([start]);
  for (const from of found) for (const to of next(from)) found.add(to);
  found.delete(start);
  return [...found];
}

export function createRoleIndex(): RoleIndex {
  const roles = new Map<RoleKey, RoleFacts>();
  const clusterRoles = new Set<RoleFacts>();
  const aggregators = new Set<RoleFacts>();
  const known = new Map<RoleKey, readonly GrantedRule[]>();

  const selectedBy = (role: RoleFacts): Iterable<RoleFacts> =>
    role.aggregation === undefined ? [] : [...clusterRoles].filter(({ labels }) => isSelectedBy(labels, role));
  const selectorsOf = ({ labels }: RoleFacts): Iterable<RoleFacts> =>
    [...aggregators].filter((role) => isSelectedBy(labels, role));

  function* affectedBy(before: RoleFacts | undefined, after: RoleFacts | undefined): Iterable<RoleKey> {
    for (const facts of [before, after]) {
      if (facts === undefined) continue;
      for (const role of [facts, ...reached(facts, selectorsOf)]) yield roleKey(nameOfRole(role));
    }
  }

  function drop(role: RoleFacts): void {
    const key = roleKey(nameOfRole(role));
    const stored = roles.get(key);
    if (stored === undefined) return;
    roles.delete(key);
    clusterRoles.delete(stored);
    aggregators.delete(stored);
  }

  function keep(role: RoleFacts): void {
    roles.set(roleKey(nameOfRole(role)), role);
    if (role.ref.kind !== 'ClusterRole') return;
    clusterRoles.add(role);
    if (role.aggregation !== undefined) aggregators.add(role);
  }

  return {
    change(before, after) {
      if (before !== undefined) drop(before);
      if (after !== undefined) keep(after);
      for (const key of affectedBy(before, after)) known.delete(key);
    },
    rulesOf(name) {
      const key = roleKey(name);
      const role = roles.get(key);
      if (role === undefined) return undefined;
      const rules =
        known.get(key) ??
        (role.aggregation === undefined ? granted(role) : aggregated(role, reached(role, selectedBy)));
      known.set(key, rules);
      return rules;
    },
    affectedBy,
    aggregating: (role) => reached(role, selectorsOf),
    partsOf: (role) => reached(role, selectedBy),
    get: (name) => roles.get(roleKey(name)),
  };
}
