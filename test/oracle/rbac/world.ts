import type { LabelRequirement, Labels } from '../../../src/inventory/facts/label-selector.ts';
import type { BindingFacts, PolicyRule, RbacSubject } from '../../../src/inventory/facts/rbac.ts';

/** The kinds of objects that worlds are made of. */
export const KINDS = ['ClusterRole', 'Role', 'ClusterRoleBinding', 'RoleBinding'] as const;
export type RbacKind = (typeof KINDS)[number];

interface RbacMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  /** Only of objects that the API server gives. */
  readonly resourceVersion?: string;
}

/** A selector as it stands in an object. */
export interface SelectorManifest {
  readonly matchLabels?: Labels;
  readonly matchExpressions?: readonly (Omit<LabelRequirement, 'values'> & { readonly values?: readonly string[] })[];
}

/** A role as it is created, and as the API server gives it back. */
export interface RoleManifest {
  readonly kind: 'Role' | 'ClusterRole';
  readonly metadata: RbacMetadata;
  readonly rules?: readonly Partial<PolicyRule>[] | null;
  readonly aggregationRule?: { readonly clusterRoleSelectors: readonly SelectorManifest[] };
}

/** A binding alike. */
export interface BindingManifest {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly metadata: RbacMetadata;
  readonly roleRef: BindingFacts['roleRef'] & { readonly apiGroup?: string };
  readonly subjects?: readonly (RbacSubject & { readonly apiGroup?: string })[];
}

/** Roles and bindings that are judged together. */
export interface World {
  readonly roles: readonly RoleManifest[];
  readonly bindings: readonly BindingManifest[];
}

/** The same for rules that say the same in the same order. */
export function ruleText(rule: Partial<PolicyRule>): string {
  const { apiGroups = [], resources = [], verbs = [], resourceNames = [], nonResourceURLs = [] } = rule;
  return JSON.stringify([apiGroups, resources, verbs, resourceNames, nonResourceURLs]);
}

export const rulesIn = ({ rules }: RoleManifest): readonly Partial<PolicyRule>[] => rules ?? [];

/** The role that a binding refers to, if there is one. */
export function roleOf({ metadata, roleRef }: BindingManifest, { roles }: World): RoleManifest | undefined {
  return roles.find(
    ({ kind, metadata: { name, namespace } }) =>
      kind === roleRef.kind && name === roleRef.name && (kind === 'ClusterRole' || namespace === metadata.namespace),
  );
}
