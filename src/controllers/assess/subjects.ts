import type { NamespaceInput, NamespacePolicies, PodSecurityLevel } from '../../checks/check.ts';
import { judgesEveryControl, strictestLevelOf } from '../../checks/pod-security/levels.ts';
import { isAggregatedForPeople, nameOfRole, roleNameOf, type RoleName } from '../../inventory/facts/rbac.ts';
import type { Subject } from '../../inventory/subject-key.ts';
import { answersOf, assess, type AssessDeps, type Assessed } from './assess.ts';
import { ownKubeletAnswers } from './kubelet.ts';

/** Gathers what is known of one subject and judges it; undefined if there is no such subject. */
export type Assess = (subject: Subject, deps: AssessDeps) => Assessed | undefined;

/** A ServiceAccount, with every binding that reaches it, and who runs as it. */
export const assessServiceAccount: Assess = ({ namespace, name }, deps) => {
  const serviceAccount = deps.inventory.get('ServiceAccount', namespace, name);
  if (serviceAccount === undefined) return undefined;
  const { inventory, availability, parameters } = deps;
  const input = {
    serviceAccount,
    grants: inventory.grantsOf(namespace, name),
    workloads: inventory.workloadsOf(namespace, name),
    hasNeighbours: inventory.hasNeighbours(namespace, name),
    tokenSecrets: availability.isReadable('Secret')
      ? [...inventory.surroundings.secretsOf(namespace, name)]
      : undefined,
    server: deps.server(),
    parameters,
  };
  return assess('serviceAccount', serviceAccount.ref, input, deps);
};

const isSameRole = (a: RoleName, b: RoleName): boolean =>
  a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;

/** A role; what it grants is judged here only while nothing binds it. */
export const assessRole: Assess = ({ kind, namespace, name }, deps) => {
  const { inventory, parameters } = deps;
  const role = inventory.get(kind === 'Role' ? 'Role' : 'ClusterRole', namespace, name);
  if (role === undefined) return undefined;
  const server = deps.server();
  const roleName = nameOfRole(role);
  const isInUse = inventory.isBound(roleName) || isAggregatedForPeople(role);
  const rules = inventory.rulesOf(roleName);
  const ownRules = (rules ?? []).filter((granted) => isSameRole(granted.role, roleName)).map(({ rule }) => rule);
  const grant = { role: roleName, rules, binding: undefined, server, parameters };
  return assess(
    'role',
    role.ref,
    { role, ownRules, isInUse, server },
    deps,
    isInUse ? [] : [answersOf('grant', grant, deps)],
  );
};

/** A RoleBinding or ClusterRoleBinding, with what it grants. */
export const assessBinding: Assess = ({ kind, namespace, name }, deps) => {
  const binding = deps.inventory.get(kind === 'RoleBinding' ? 'RoleBinding' : 'ClusterRoleBinding', namespace, name);
  if (binding === undefined) return undefined;
  const { inventory, parameters } = deps;
  const role = roleNameOf(binding);
  const rules = inventory.rulesOf(role);
  const serviceAccountExists = (accountNamespace: string, account: string): boolean =>
    inventory.get('ServiceAccount', accountNamespace, account) !== undefined;
  const granted = answersOf('grant', { role, rules, binding, server: deps.server(), parameters }, deps);
  return assess('binding', binding.ref, { binding, rules, serviceAccountExists, parameters }, deps, [granted]);
};

export const assessNode: Assess = ({ name }, deps) => {
  const node = deps.inventory.get('Node', '', name);
  if (node === undefined) return undefined;
  const input = { node, server: deps.server(), hasWorkers: deps.inventory.hasWorkers() };
  return assess('node', node.ref, input, deps, ownKubeletAnswers(node, deps));
};

/** A configuration of admission webhooks. */
export const assessAdmissionWebhook: Assess = ({ kind, name }, deps) => {
  const watched = kind === 'MutatingWebhookConfiguration' ? kind : 'ValidatingWebhookConfiguration';
  const configuration = deps.inventory.get(watched, '', name);
  if (configuration === undefined) return undefined;
  return assess('admissionWebhook', configuration.ref, { configuration, parameters: deps.parameters }, deps);
};

/** What governs the traffic of a namespace. */
export function policiesOf(namespace: string, { inventory: { surroundings } }: AssessDeps): NamespacePolicies {
  return { networkPolicies: surroundings.policiesIn(namespace), others: surroundings.othersIn(namespace) };
}

/** The strictest level that all workloads of a namespace satisfy, by the verdicts that their specs have anyway. */
function satisfiedLevel(namespace: string, { inventory, selection }: AssessDeps): PodSecurityLevel | undefined {
  if (!judgesEveryControl(selection.of('pod'))) return undefined;
  const verdicts = Array.from(inventory.surroundings.specsIn(namespace), ({ verdict }) => verdict);
  return strictestLevelOf(verdicts);
}

/** A Namespace, with what lives in it. */
export const assessNamespace: Assess = ({ name }, deps) => {
  const { inventory } = deps;
  const namespace = inventory.get('Namespace', '', name);
  if (namespace === undefined) return undefined;
  const input: NamespaceInput = {
    namespace,
    hasWorkloads: inventory.hasWorkloads(name),
    policies: policiesOf(name, deps),
    limitRanges: inventory.limitRangesIn(name),
    hasResourceQuota: inventory.surroundings.hasResourceQuota(name),
    server: deps.server(),
    parameters: deps.parameters,
    satisfies: () => satisfiedLevel(name, deps),
  };
  // Always there, so that a missing one means that the namespace was not judged before.
  return { ...assess('namespace', namespace.ref, input, deps), alwaysReported: true };
};
