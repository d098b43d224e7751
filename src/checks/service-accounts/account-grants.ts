import { finding, PASS, serviceAccountCheck, SKIP, verdict } from '../check.ts';
import type { ServiceAccountInput } from '../check.ts';
import { cis } from '../cis.ts';
import { powersOfAccount } from '../rbac/account-powers.ts';
import { isControlPlaneAccount } from '../rbac/built-in.ts';
import {
  accountYaml,
  bindingYaml,
  clusterBindingYaml,
  deploymentYaml,
  documents,
  subjectYaml,
} from '../rbac/examples.ts';
import { isOwnGrant } from '../rbac/held-rules.ts';
import { keyOf, nameOf } from '../rbac/named.ts';

/**
 * What is granted to a group of accounts does not count, as it is not for this one. Who uses a token from outside of the cluster
 * is not seen.
 */
export const saUnusedWithGrants = serviceAccountCheck({
  id: 'sa-unused-with-grants',
  severity: 'Low',
  title: 'ServiceAccount has rights, and nothing runs as it',
  why: 'Rights that nobody needs wait for whoever creates a pod, or a token, in its name.',
  fix: 'Delete the ServiceAccount and its bindings, or make an exception if it is used from outside of the cluster.',
  references: {
    nsa: ['Authentication and authorization'],
    checklist: ['conscious-service-account'],
    urls: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review'],
  },
  reads: ['Pod', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
  inFiles: 'upper-bound',
  maySkip: true,
  evaluate: ({ serviceAccount: { ref }, grants, workloads }) => {
    if (isControlPlaneAccount(ref.namespace ?? '', ref.name)) return SKIP;
    if (workloads.length > 0) return PASS;
    const own = grants.filter((grant) => grant.subject.kind !== 'Group' && isOwnGrant(grant));
    const bindings = new Map(own.map(({ binding }) => [keyOf(binding.ref), binding]));
    return verdict(
      [...bindings].map(([key, { ref: binding }]) =>
        finding('metadata.name', `no workload runs as it, and ${nameOf(binding)} grants it rights`, { key }),
      ),
    );
  },
  example: {
    before: documents(accountYaml('web'), bindingYaml('ClusterRole', 'view', subjectYaml('web'))),
    after: documents(
      accountYaml('web'),
      bindingYaml('ClusterRole', 'view', subjectYaml('web')),
      deploymentYaml('web', 'web'),
    ),
  },
});

/** Who may create pods in a namespace may run as any ServiceAccount there; so a strong one needs a namespace of its own. */
export const saCrossNamespaceUse = serviceAccountCheck({
  id: 'sa-cross-namespace-use',
  severity: 'Low',
  title: 'Powerful ServiceAccount shares its namespace with others',
  why: 'Whoever may create pods for the other workloads of the namespace may run them as this ServiceAccount.',
  fix: 'Give the workload that needs the rights a namespace of its own.',
  references: {
    cis: cis('5.6.1', { id: '5.7.1', until: '1.10' }),
    nsa: ['Namespaces'],
    checklist: ['conscious-service-account'],
  },
  parameters: ['systemNamespaces'],
  // Most operators install several accounts side by side.
  isOptIn: true,
  reads: ['Pod', 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
  maySkip: true,
  evaluate: (input) => {
    const { serviceAccount, workloads, hasNeighbours, parameters } = input;
    // In the system namespaces everybody is trusted with the cluster anyway.
    if (workloads.length === 0 || parameters.isSystemNamespace(serviceAccount.ref.namespace ?? '')) return SKIP;
    if (!hasNeighbours || !isPowerful(input)) return PASS;
    return [finding('metadata.namespace', 'it owns much of the cluster, and pods of its namespace run as others')];
  },
  example: {
    before: documents(
      accountYaml('admin'),
      clusterBindingYaml('cluster-admin', subjectYaml('admin')),
      deploymentYaml('admin', 'admin'),
      deploymentYaml('web', 'web'),
    ),
    after: documents(
      accountYaml('admin'),
      clusterBindingYaml('cluster-admin', subjectYaml('admin')),
      deploymentYaml('admin', 'admin'),
    ),
  },
});

function isPowerful({ grants, server, parameters }: ServiceAccountInput): boolean {
  return powersOfAccount(grants, { server, parameters }).some(
    ({ severity, reach }) => reach.namespace === undefined && (severity === 'Critical' || severity === 'High'),
  );
}
