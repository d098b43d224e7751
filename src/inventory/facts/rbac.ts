import type { Labels, LabelSelector } from './label-selector.ts';
import type { ObjectRef } from './object-ref.ts';

/** One rule of a Role or ClusterRole; absent lists are empty lists. */
export interface PolicyRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames: readonly string[];
  readonly nonResourceURLs: readonly string[];
}

/** What is kept of a Role or ClusterRole. */
export interface RoleFacts {
  readonly ref: ObjectRef;
  /** As they stand in the object. Of an aggregated ClusterRole they are the controller's copies of others. */
  readonly rules: readonly PolicyRule[];
  /** Only of ClusterRoles: others may be aggregated by them. */
  readonly labels?: Labels;
  /** Only of an aggregated ClusterRole: it allows what any ClusterRole allows that one of these selects. */
  readonly aggregation?: readonly LabelSelector[];
}

/** A subject of a binding; `namespace` only for ServiceAccounts, where a RoleBinding's own is filled in. */
export interface RbacSubject {
  readonly kind: 'User' | 'Group' | 'ServiceAccount';
  readonly name: string;
  readonly namespace?: string;
}

/** What is kept of a RoleBinding or ClusterRoleBinding. */
export interface BindingFacts {
  readonly ref: ObjectRef;
  readonly roleRef: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string };
  readonly subjects: readonly RbacSubject[];
}

/** A binding that reaches a ServiceAccount, and the subject entry by which it does. */
export interface Grant {
  readonly binding: BindingFacts;
  readonly subject: RbacSubject;
}

/** A binding that reaches a ServiceAccount, with what the role behind it allows now. */
export interface EffectiveGrant extends Grant {
  /** Undefined if there is no such role. */
  readonly rules: readonly GrantedRule[] | undefined;
}

/** How a role is called. */
export interface RoleName {
  readonly kind: 'Role' | 'ClusterRole';
  /** Only for Roles. */
  readonly namespace?: string;
  readonly name: string;
}

/** The role that a binding refers to: a Role of its own namespace, or a ClusterRole. */
export function roleNameOf({ ref, roleRef }: BindingFacts): RoleName {
  const { kind, name } = roleRef;
  return kind === 'Role' && ref.namespace !== undefined ? { kind, namespace: ref.namespace, name } : { kind, name };
}

/** The name of a role by its object. */
export function nameOfRole({ ref }: RoleFacts): RoleName {
  const kind = ref.kind === 'Role' ? 'Role' : 'ClusterRole';
  return { kind, name: ref.name, ...(ref.namespace !== undefined && { namespace: ref.namespace }) };
}

const AGGREGATE_TO = 'rbac.authorization.k8s.io/aggregate-to-';

/** Whether the label is set by which Kubernetes adds a ClusterRole to this one of its roles for people. */
export const isAggregatedTo = (role: string, { labels = {} }: RoleFacts): boolean =>
  labels[`${AGGREGATE_TO}${role}`] === 'true';

/** Whether Kubernetes adds a ClusterRole to one of its roles for people. */
export const isAggregatedForPeople = (role: RoleFacts): boolean =>
  ['admin', 'edit', 'view'].some((each) => isAggregatedTo(each, role));

/** A rule that a role grants, with the role in whose text it stands: another one where roles are aggregated. */
export interface GrantedRule {
  readonly rule: PolicyRule;
  readonly role: RoleName;
}
