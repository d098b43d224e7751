import type { BindingFacts, RbacSubject } from '../../../inventory/facts/rbac.ts';
import type { BuiltInBinding, BuiltInRole } from '../built-in-rbac.ts';

export const user = (name: string): RbacSubject => ({ kind: 'User', name });
export const group = (name: string): RbacSubject => ({ kind: 'Group', name });
export const account = (namespace: string, name: string): RbacSubject => ({ kind: 'ServiceAccount', namespace, name });

export const nodes = group('system:nodes');

export const clusterBinding = (
  name: string,
  clusterRole: string,
  ...subjects: readonly RbacSubject[]
): BuiltInBinding => ({
  kind: 'ClusterRoleBinding',
  name,
  roleRef: { kind: 'ClusterRole', name: clusterRole },
  subjects,
});

/** A RoleBinding in kube-system to a Role there. */
export const systemBinding = (name: string, role: string, ...subjects: readonly RbacSubject[]): BuiltInBinding =>
  roleBinding('kube-system', name, { kind: 'Role', name: role }, subjects);

export const roleBinding = (
  namespace: string,
  name: string,
  roleRef: BindingFacts['roleRef'],
  subjects: readonly RbacSubject[],
): BuiltInBinding => ({ kind: 'RoleBinding', namespace, name, roleRef, subjects });

/** A ClusterRoleBinding that is called like the ClusterRole and the user that it binds. */
export const ofItself = (name: string): BuiltInBinding => clusterBinding(name, name, user(name));

export const ofNodes = (...resources: readonly string[]): BuiltInRole['rules'][number] => ({
  apiGroups: [''],
  resources,
  verbs: ['*'],
});

export const clusterRole = (name: string, ...rules: BuiltInRole['rules']): BuiltInRole => ({
  kind: 'ClusterRole',
  name,
  rules,
});
