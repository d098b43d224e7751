import * as fc from 'fast-check';
import type { PolicyRule, RbacSubject } from '../../../src/inventory/facts/rbac.ts';
import { mostly } from '../pod-security/draw.ts';
import * as words from './vocabulary.ts';
import type { Labels } from '../../../src/inventory/facts/label-selector.ts';
import type { BindingManifest, RoleManifest, SelectorManifest, World } from './world.ts';

const some = (from: readonly string[], maxLength: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.constantFrom(...from), { minLength: 1, maxLength });

const resourceRule: fc.Arbitrary<Partial<PolicyRule>> = fc.record({
  verbs: some(words.VERBS, 3),
  apiGroups: some(words.GROUPS, 2),
  resources: some(words.RESOURCES, 3),
  resourceNames: mostly([], fc.oneof(some(words.NAMES, 2), fc.constant([''])), 2),
});

const urlRule: fc.Arbitrary<Partial<PolicyRule>> = fc.record({
  verbs: some(words.VERBS, 3),
  nonResourceURLs: some(words.URLS, 3),
});

const rules = (rule: fc.Arbitrary<Partial<PolicyRule>>): fc.Arbitrary<Partial<PolicyRule>[]> =>
  fc.array(rule, { maxLength: 4 });

const labels = fc.dictionary(fc.constantFrom(...words.LABELS), fc.constantFrom(...words.LABEL_VALUES), { maxKeys: 2 });

const requirement = fc.oneof(
  fc.record({
    key: fc.constantFrom(...words.LABELS),
    operator: fc.constantFrom('In' as const, 'NotIn' as const),
    values: some(words.LABEL_VALUES, 2),
  }),
  fc.record({
    key: fc.constantFrom(...words.LABELS),
    operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const),
  }),
);

/** Selectors that select everything, or all that lack a label, select the roles that Kubernetes brings, too. */
const selector: fc.Arbitrary<SelectorManifest> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ matchLabels: labels.filter((each) => Object.keys(each).length > 0) }) },
  { weight: 3, arbitrary: fc.record({ matchExpressions: fc.array(requirement, { minLength: 1, maxLength: 2 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ matchLabels: labels, matchExpressions: fc.array(requirement, { maxLength: 1 }) }),
  },
);

const objectName = fc.constantFrom(...words.OBJECT_NAMES);
const boundName = fc.constantFrom(...words.OBJECT_NAMES, words.OUTER_ROLE);

const plainClusterRole: fc.Arbitrary<RoleManifest> = fc
  .record({
    name: objectName,
    labels,
    rules: rules(fc.oneof({ weight: 3, arbitrary: resourceRule }, { weight: 1, arbitrary: urlRule })),
  })
  .map((drawn) => ({ kind: 'ClusterRole', metadata: { name: drawn.name, labels: drawn.labels }, rules: drawn.rules }));

const aggregatedRole: fc.Arbitrary<RoleManifest> = fc
  .record({ name: objectName, labels, selectors: fc.array(selector, { minLength: 1, maxLength: 2 }) })
  .map((drawn) => ({
    kind: 'ClusterRole',
    metadata: { name: drawn.name, labels: drawn.labels },
    aggregationRule: { clusterRoleSelectors: drawn.selectors },
  }));

/** Two roles of which one is all that the other is, beside what else their selectors find. */
const nestedRoles: fc.Arbitrary<RoleManifest[]> = fc.tuple(selector, selector).map((selectors) => {
  const nested = { 'oracle.example/nested': 'true' };
  const role = (name: string, own: Labels, ...clusterRoleSelectors: SelectorManifest[]): RoleManifest => ({
    kind: 'ClusterRole',
    metadata: { name, labels: own },
    aggregationRule: { clusterRoleSelectors },
  });
  const [inner, outer] = selectors;
  return [role(words.INNER_ROLE, nested, inner), role(words.OUTER_ROLE, {}, outer, { matchLabels: nested })];
});

const roleRef = (kinds: readonly BindingManifest['roleRef']['kind'][]): fc.Arbitrary<BindingManifest['roleRef']> =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ kind: fc.constantFrom(...kinds), name: boundName }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('ClusterRole' as const),
        name: fc.constantFrom(...words.BUILT_IN_ROLES),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom(...kinds), name: fc.constant('o-nowhere') }) },
  );

function subjects(namespaces: readonly string[], isNamespaced: boolean): fc.Arbitrary<RbacSubject[]> {
  const user = fc.constantFrom(...words.USERS, ...words.accountUsers(namespaces));
  const group = fc.constantFrom(...words.TEAMS, ...words.accountGroups(namespaces));
  const given = fc.constantFrom(...namespaces);
  // In a RoleBinding a ServiceAccount without a namespace is one of its own.
  const namespace = isNamespaced ? fc.option(given, { nil: undefined, freq: 3 }) : given;
  const subject: fc.Arbitrary<RbacSubject> = fc.oneof(
    user.map((name) => ({ kind: 'User', name }) as const),
    group.map((name) => ({ kind: 'Group', name }) as const),
    fc
      .record({ name: fc.constantFrom(...words.ACCOUNTS), namespace })
      .map(
        ({ name, namespace: home }) =>
          ({ kind: 'ServiceAccount', name, ...(home !== undefined && { namespace: home }) }) as const,
      ),
  );
  return fc.array(subject, { maxLength: 3 });
}

const unique = <
  T extends { readonly kind: string; readonly metadata: { readonly name: string; readonly namespace?: string } },
>(
  item: fc.Arbitrary<T>,
  maxLength: number,
): fc.Arbitrary<T[]> =>
  fc.uniqueArray(item, {
    minLength: Math.ceil(maxLength / 2),
    maxLength,
    selector: ({ kind, metadata: { name, namespace } }) => `${kind}/${namespace}/${name}`,
  });

/** Roles and bindings that the API server takes, in these namespaces and the whole cluster. */
export function arbitraryWorld(namespaces: readonly string[]): fc.Arbitrary<World> {
  const namespace = fc.constantFrom(...namespaces);
  const role: fc.Arbitrary<RoleManifest> = fc
    .record({ name: objectName, namespace, rules: rules(resourceRule) })
    .map(({ rules: given, ...metadata }) => ({ kind: 'Role', metadata, rules: given }));
  const clusterBinding: fc.Arbitrary<BindingManifest> = fc
    .record({ name: objectName, roleRef: roleRef(['ClusterRole']), subjects: subjects(namespaces, false) })
    .map(({ name, ...more }) => ({ kind: 'ClusterRoleBinding', metadata: { name }, ...more }));
  const binding: fc.Arbitrary<BindingManifest> = fc
    .record({
      name: objectName,
      namespace,
      roleRef: roleRef(['Role', 'ClusterRole']),
      subjects: subjects(namespaces, true),
    })
    .map(({ name, namespace: home, ...more }) => ({
      kind: 'RoleBinding',
      metadata: { name, namespace: home },
      ...more,
    }));
  const anyRole = fc.oneof(
    { weight: 3, arbitrary: plainClusterRole },
    { weight: 2, arbitrary: aggregatedRole },
    { weight: 3, arbitrary: role },
  );
  return fc
    .record({
      roles: unique(anyRole, 12),
      nested: mostly([], nestedRoles, 1),
      bindings: unique(fc.oneof(clusterBinding, binding), 12),
    })
    .map(({ roles, nested, bindings }) => ({ roles: [...roles, ...nested], bindings }));
}
