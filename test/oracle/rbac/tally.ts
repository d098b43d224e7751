import type { GrantPath } from '../../../src/inventory/rbac/graph.ts';
import { ASPECTS, type Question } from './arbitrary-question.ts';
import { roleOf, type RoleManifest, type World } from './world.ts';

/** What was asked and answered, so that a run which tried too little is not taken for a proof. */
export interface Tally {
  worlds: number;
  reviews: number;
  /** Of these, those that the API server allowed. */
  allowed: number;
  /** Requests whose answer means nothing, as somebody had changed the world meanwhile. */
  disturbed: number;
  /** How often each feature made a difference. */
  readonly features: Map<string, number>;
}

export const emptyTally = (): Tally => ({ worlds: 0, reviews: 0, allowed: 0, disturbed: 0, features: new Map() });

/** How a request can come to be allowed. */
const WAYS: Readonly<Record<string, (path: GrantPath, question: Question) => boolean>> = {
  'by a ClusterRoleBinding': ({ binding }) => binding.ref.kind === 'ClusterRoleBinding',
  'by a RoleBinding to a Role': ({ binding }) => binding.ref.kind === 'RoleBinding' && binding.roleRef.kind === 'Role',
  'by a RoleBinding to a ClusterRole': ({ binding }) =>
    binding.ref.kind === 'RoleBinding' && binding.roleRef.kind === 'ClusterRole',
  'by an aggregated role': ({ binding, role }) => binding.roleRef.name !== role.name,
  'to a user': ({ subject }) => subject.kind === 'User' && !subject.name.startsWith('system:serviceaccount:'),
  'to a ServiceAccount': ({ subject }) => subject.kind === 'ServiceAccount',
  'to a ServiceAccount as a user': ({ subject }) =>
    subject.kind === 'User' && subject.name.startsWith('system:serviceaccount:'),
  'to a group': ({ subject }) => subject.kind === 'Group' && !subject.name.startsWith('system:'),
  'to all ServiceAccounts of a namespace': ({ subject }) => subject.name.startsWith('system:serviceaccounts:rbac-'),
  'by a name': ({ rule }, { name }) => rule.resourceNames.includes(name) && name !== '',
  'by the empty name': ({ rule }, { name }) => rule.resourceNames.includes('') && name === '',
  'by every verb': ({ rule }, { verb }) => !rule.verbs.includes(verb),
  'by every group': ({ rule }, { group, isPath }) => !isPath && !rule.apiGroups.includes(group),
  'by every resource': ({ rule }, { isPath }) => !isPath && rule.resources.includes('*'),
  'by a subresource of every resource': ({ rule }, { subresource }) =>
    rule.resources.includes(`*/${subresource}`) && !rule.resources.includes('*'),
  'by a subresource': ({ rule }, { resource, subresource }) => rule.resources.includes(`${resource}/${subresource}`),
  'by a path': ({ rule }, { path, isPath }) => isPath && rule.nonResourceURLs.includes(path),
  'by the beginning of a path': ({ rule }, { path, isPath }) =>
    isPath && !rule.nonResourceURLs.includes('*') && !rule.nonResourceURLs.includes(path),
  'by every path': ({ rule }, { isPath }) => isPath && rule.nonResourceURLs.includes('*'),
};

function isSelectedBy({ metadata: { labels = {} } }: RoleManifest, { aggregationRule }: RoleManifest): boolean {
  return (
    aggregationRule?.clusterRoleSelectors.some(
      ({ matchLabels = {}, matchExpressions = [] }) =>
        matchExpressions.length === 0 && Object.entries(matchLabels).every(([key, value]) => labels[key] === value),
    ) === true
  );
}

/** What of worlds has to come up. */
const WORLDS: Readonly<Record<string, (world: World) => boolean>> = {
  'a binding to a role that is not there': (world) =>
    world.bindings.some((binding) => roleOf(binding, world) === undefined),
  'an aggregated role that aggregates another': ({ roles }) => {
    const aggregated = roles.filter(({ aggregationRule }) => aggregationRule !== undefined);
    return aggregated.some((role) => aggregated.some((other) => role !== other && isSelectedBy(role, other)));
  },
  'a selector with an expression': ({ roles }) =>
    roles.some(({ aggregationRule }) =>
      aggregationRule?.clusterRoleSelectors.some(({ matchExpressions }) => matchExpressions !== undefined),
    ),
  'a ServiceAccount without a namespace': ({ bindings }) =>
    bindings.some(({ subjects }) =>
      subjects?.some(({ kind, namespace }) => kind === 'ServiceAccount' && namespace === undefined),
    ),
};

/** A path by a RoleBinding, and a role that stars and names keep from allowing what it seems to. */
const NOT_EVEN_SO = 'not though a rule that is bound names it';
const denial = (aspect: string): string => `not with another ${aspect}`;
const MASTERS = 'to a member of system:masters';

function add({ features }: Tally, feature: string): void {
  features.set(feature, (features.get(feature) ?? 0) + 1);
}

export function countWorld(tally: Tally, world: World): void {
  tally.worlds += 1;
  for (const [feature, isThere] of Object.entries(WORLDS)) if (isThere(world)) add(tally, feature);
}

/** @param path how it is allowed, if it is */
export function countReview(tally: Tally, question: Question, path: GrantPath | string | undefined): void {
  tally.reviews += 1;
  if (path === undefined) {
    const [only, ...others] = question.changed;
    if (only === undefined) add(tally, NOT_EVEN_SO);
    else if (others.length === 0) add(tally, denial(only));
    return;
  }
  tally.allowed += 1;
  if (typeof path === 'string') add(tally, MASTERS);
  else for (const [feature, isUsed] of Object.entries(WAYS)) if (isUsed(path, question)) add(tally, feature);
}

const FEATURES = [...Object.keys(WAYS), MASTERS, NOT_EVEN_SO, ...ASPECTS.map(denial), ...Object.keys(WORLDS)];

/** What a run has left untried; it proves nothing while there is something. */
export function gapsIn({ reviews, allowed, disturbed, features }: Tally): readonly string[] {
  const share = Math.round((allowed / reviews) * 100);
  return [
    ...FEATURES.filter((feature) => !features.has(feature)).map((feature) => `never came up: ${feature}`),
    ...(share >= 20 && share <= 80 ? [] : [`${share} % of the requests were allowed; it should be 20 to 80 %`]),
    ...(disturbed <= reviews / 100 ? [] : [`${disturbed} answers mean nothing, as the world had changed`]),
  ];
}

/** A few lines for people: how much was tried, how fast, and how often each feature made a difference. */
export function summaryOf(
  { worlds, reviews, allowed, disturbed, features }: Tally,
  { seed, durationMs }: { readonly seed: number; readonly durationMs: number },
): string {
  const perSecond = Math.round((reviews / durationMs) * 1000);
  const counts = FEATURES.map((feature) => `  ${feature.padEnd(42)} ${String(features.get(feature) ?? 0).padStart(7)}`);
  return [
    `${reviews} requests judged in ${worlds} worlds, ${perSecond}/s, seed ${seed}`,
    `  ${allowed} were allowed, ${reviews - allowed} were not; ${disturbed} more were asked of a world that had changed`,
    ...counts,
    '',
  ].join('\n');
}
