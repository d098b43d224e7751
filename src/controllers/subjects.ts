import { roleNameOf } from '../inventory/facts/rbac.ts';
import type { Subject } from '../inventory/subject-key.ts';
import { assess, type AssessDeps, type Assessed } from './assess.ts';

/** Gathers what is known of one subject and judges it; undefined if there is no such subject. */
export type Assess = (subject: Subject, deps: AssessDeps) => Assessed | undefined;

/** A ServiceAccount, with every binding that reaches it, and who runs as it. */
export const assessServiceAccount: Assess = ({ namespace, name }, deps) => {
  const serviceAccount = deps.inventory.get('ServiceAccount', namespace, name);
  if (serviceAccount === undefined) return undefined;
  const grants = deps.inventory.grantsOf(namespace, name);
  const workloads = deps.inventory.workloadsOf(namespace, name);
  return assess('serviceAccount', serviceAccount.ref, { serviceAccount, grants, workloads }, deps);
};

export const assessRole: Assess = ({ kind, namespace, name }, deps) => {
  const role = deps.inventory.get(kind === 'Role' ? 'Role' : 'ClusterRole', namespace, name);
  return role === undefined ? undefined : assess('role', role.ref, { role }, deps);
};

export const assessBinding: Assess = ({ kind, namespace, name }, deps) => {
  const binding = deps.inventory.get(kind === 'RoleBinding' ? 'RoleBinding' : 'ClusterRoleBinding', namespace, name);
  if (binding === undefined) return undefined;
  const rules = deps.inventory.rulesOf(roleNameOf(binding));
  return assess('binding', binding.ref, { binding, rules }, deps);
};

export const assessNode: Assess = ({ name }, deps) => {
  const node = deps.inventory.get('Node', '', name);
  return node === undefined ? undefined : assess('node', node.ref, { node, server: deps.server() }, deps);
};

/** A Namespace, with what lives in it. */
export const assessNamespace: Assess = ({ name }, deps) => {
  const { inventory } = deps;
  const namespace = inventory.get('Namespace', '', name);
  if (namespace === undefined) return undefined;
  const hasWorkloads = inventory.hasWorkloads(name);
  const networkPolicies = inventory.networkPoliciesIn(name);
  return assess('namespace', namespace.ref, { namespace, hasWorkloads, networkPolicies }, deps);
};
