import { isAggregatedForPeople, nameOfRole, roleNameOf } from '../inventory/facts/rbac.ts';
import type { Subject } from '../inventory/subject-key.ts';
import { answersOf, assess, type AssessDeps, type Assessed } from './assess.ts';

/** Gathers what is known of one subject and judges it; undefined if there is no such subject. */
export type Assess = (subject: Subject, deps: AssessDeps) => Assessed | undefined;

/** A ServiceAccount, with every binding that reaches it. */
export const assessServiceAccount: Assess = ({ namespace, name }, deps) => {
  const serviceAccount = deps.inventory.get('ServiceAccount', namespace, name);
  if (serviceAccount === undefined) return undefined;
  const { inventory } = deps;
  const input = {
    serviceAccount,
    grants: inventory.grantsOf(namespace, name),
    workloads: inventory.workloadsOf(namespace, name),
    hasNeighbours: inventory.hasNeighbours(namespace, name),
    server: deps.server(),
  };
  return assess('serviceAccount', serviceAccount.ref, input, deps);
};

/** A role; what it grants is judged here only while nothing binds it. */
export const assessRole: Assess = ({ kind, namespace, name }, deps) => {
  const { inventory } = deps;
  const role = inventory.get(kind === 'Role' ? 'Role' : 'ClusterRole', namespace, name);
  if (role === undefined) return undefined;
  const server = deps.server();
  const roleName = nameOfRole(role);
  const isInUse = inventory.isBound(roleName) || isAggregatedForPeople(role);
  const grant = { role: roleName, rules: inventory.rulesOf(roleName), binding: undefined, server };
  return assess('role', role.ref, { role, isInUse, server }, deps, isInUse ? [] : [answersOf('grant', grant, deps)]);
};

/** A RoleBinding or ClusterRoleBinding, with what it grants. */
export const assessBinding: Assess = ({ kind, namespace, name }, deps) => {
  const binding = deps.inventory.get(kind === 'RoleBinding' ? 'RoleBinding' : 'ClusterRoleBinding', namespace, name);
  if (binding === undefined) return undefined;
  const { inventory } = deps;
  const role = roleNameOf(binding);
  const rules = inventory.rulesOf(role);
  const serviceAccountExists = (accountNamespace: string, account: string): boolean =>
    inventory.get('ServiceAccount', accountNamespace, account) !== undefined;
  const granted = answersOf('grant', { role, rules, binding, server: deps.server() }, deps);
  return assess('binding', binding.ref, { binding, rules, serviceAccountExists }, deps, [granted]);
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
