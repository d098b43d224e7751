import type { BindingFacts, PolicyRule, RbacSubject } from '../../inventory/facts/rbac.ts';
import bootstrap from './bootstrap-rbac.generated.json' with { type: 'json' };

/** A role that comes with Kubernetes; lists of a rule that are empty are left out. */
export interface BuiltInRole {
  readonly kind: 'Role' | 'ClusterRole';
  readonly namespace?: string;
  readonly name: string;
  readonly rules: readonly Partial<PolicyRule>[];
}

/** A binding that comes with Kubernetes or a distribution, and whom it is meant to bind. */
export interface BuiltInBinding {
  readonly kind: 'RoleBinding' | 'ClusterRoleBinding';
  readonly namespace?: string;
  readonly name: string;
  readonly roleRef: BindingFacts['roleRef'];
  readonly subjects: readonly RbacSubject[];
}

const { roles, bindings } = bootstrap as {
  readonly roles: readonly BuiltInRole[];
  readonly bindings: readonly BuiltInBinding[];
};

/** What the API server makes of itself at start, in any supported version; made by `tools/bootstrap-rbac`. */
export const BOOTSTRAP_ROLES = roles;
export const BOOTSTRAP_BINDINGS = bindings;

/**
 * Names of users that no person can have: Kubernetes reserves `system:`, and Amazon EKS refuses `eks:` for those of an
 * access entry (EKS User Guide, "Create access entries").
 */
export const RESERVED_USER_PREFIXES: readonly string[] = ['system:', 'eks:'];
