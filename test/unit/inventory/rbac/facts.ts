import type { Labels, LabelSelector } from '../../../../src/inventory/facts/label-selector.ts';
import type { BindingFacts, PolicyRule, RbacSubject, RoleFacts } from '../../../../src/inventory/facts/rbac.ts';

const apiVersion = 'rbac.authorization.k8s.io/v1';

/** A rule on resources of the core group; the lists that are not given are empty. */
export const rule = (
  verbs: readonly string[],
  resources: readonly string[],
  more: Partial<PolicyRule> = {},
): PolicyRule => ({
  apiGroups: [''],
  resources,
  verbs,
  resourceNames: [],
  nonResourceURLs: [],
  ...more,
});

export const role = (namespace: string, name: string, ...rules: readonly PolicyRule[]): RoleFacts => ({
  ref: { apiVersion, kind: 'Role', namespace, name, uid: name },
  rules,
});

export const clusterRole = (
  name: string,
  rules: readonly PolicyRule[],
  more: { readonly labels?: Labels; readonly aggregation?: readonly LabelSelector[] } = {},
): RoleFacts => ({ ref: { apiVersion, kind: 'ClusterRole', name, uid: name }, rules, labels: {}, ...more });

/** What selects the objects that have all of these labels. */
export const havingLabels = (labels: Labels): LabelSelector =>
  Object.entries(labels).map(([key, value]) => ({ key, operator: 'In', values: [value] }));

/** A ClusterRole that aggregates those with any of these labels. */
export const aggregate = (name: string, ...labels: readonly Labels[]): RoleFacts =>
  clusterRole(name, [], { aggregation: labels.map(havingLabels) });

export const clusterBinding = (
  name: string,
  clusterRoleName: string,
  ...subjects: readonly RbacSubject[]
): BindingFacts => ({
  ref: { apiVersion, kind: 'ClusterRoleBinding', name, uid: name },
  roleRef: { kind: 'ClusterRole', name: clusterRoleName },
  subjects,
});

export const roleBinding = (
  namespace: string,
  name: string,
  roleRef: BindingFacts['roleRef'],
  ...subjects: readonly RbacSubject[]
): BindingFacts => ({ ref: { apiVersion, kind: 'RoleBinding', namespace, name, uid: name }, roleRef, subjects });

export const user = (name: string): RbacSubject => ({ kind: 'User', name });
export const group = (name: string): RbacSubject => ({ kind: 'Group', name });
export const account = (namespace: string, name: string): RbacSubject => ({ kind: 'ServiceAccount', namespace, name });
