import type { NamespaceInput, NamespacePolicies, PodSecurityLevel } from '../checks/check.ts';
import { judgesEveryControl, strictestLevelOf } from '../checks/pod-security/levels.ts';
import type { Subject } from '../inventory/subject-key.ts';
import { assess, type AssessDeps, type Assessed } from './assess.ts';
import { withKubeletOf } from './kubelet.ts';

/** Gathers what is known of one subject and judges it; undefined if there is no such subject. */
export type Assess = (subject: Subject, deps: AssessDeps) => Assessed | undefined;

/** A ServiceAccount, with every binding that reaches it. */
export const assessServiceAccount: Assess = ({ namespace, name }, deps) => {
  const serviceAccount = deps.inventory.get('ServiceAccount', namespace, name);
  if (serviceAccount === undefined) return undefined;
  const grants = deps.inventory.grantsOf(namespace, name);
  const areSecretsRead = deps.availability.isReadable('Secret');
  const tokenSecrets = areSecretsRead ? [...deps.inventory.surroundings.secretsOf(namespace, name)] : undefined;
  return assess('serviceAccount', serviceAccount.ref, { serviceAccount, grants, tokenSecrets }, deps);
};

export const assessRole: Assess = ({ kind, namespace, name }, deps) => {
  const role = deps.inventory.get(kind === 'Role' ? 'Role' : 'ClusterRole', namespace, name);
  return role === undefined ? undefined : assess('role', role.ref, { role }, deps);
};

export const assessBinding: Assess = ({ kind, namespace, name }, deps) => {
  const binding = deps.inventory.get(kind === 'RoleBinding' ? 'RoleBinding' : 'ClusterRoleBinding', namespace, name);
  return binding === undefined ? undefined : assess('binding', binding.ref, { binding }, deps);
};

export const assessNode: Assess = ({ name }, deps) => {
  const node = deps.inventory.get('Node', '', name);
  if (node === undefined) return undefined;
  const input = { node, server: deps.server(), hasWorkers: deps.inventory.hasWorkers() };
  return withKubeletOf(node, assess('node', node.ref, input, deps), deps);
};

/** A configuration of admission webhooks. */
export const assessAdmissionWebhook: Assess = ({ kind, name }, deps) => {
  const watched = kind === 'MutatingWebhookConfiguration' ? kind : 'ValidatingWebhookConfiguration';
  const configuration = deps.inventory.get(watched, '', name);
  if (configuration === undefined) return undefined;
  return assess('admissionWebhook', configuration.ref, { configuration }, deps);
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
    satisfies: () => satisfiedLevel(name, deps),
  };
  return assess('namespace', namespace.ref, input, deps);
};
