import type { EffectiveGrant } from '../../inventory/facts/rbac.ts';
import { finding, PASS, serviceAccountCheck, SKIP, verdict } from '../check.ts';
import { cis } from '../cis.ts';
import { accountYaml, bindingYaml, documents, subjectYaml } from '../rbac/examples.ts';
import { isOwnGrant } from '../rbac/held-rules.ts';
import { keyOf, nameOf } from '../rbac/named.ts';

const isDefault = ({ name }: { readonly name: string }): boolean => name === 'default';

/**
 * Pods that name no ServiceAccount run as this one, and few of them call the API. Where nothing runs as it the token reaches
 * nobody yet, and as every namespace has such an account, it is told more mildly than where something does.
 */
export const defaultSaAutomountEnabled = serviceAccountCheck({
  id: 'default-sa-automount-enabled',
  severity: 'Medium',
  title: 'ServiceAccount default mounts its token',
  why: 'Every pod of the namespace that names no ServiceAccount carries a token that it does not need.',
  fix: 'Set automountServiceAccountToken: false in the ServiceAccount default.',
  references: {
    cis: cis('5.1.5'),
    nsa: ['Protecting Pod service account tokens'],
    kubescape: ['C-0189'],
    checkov: ['CKV_K8S_41'],
    checklist: ['conscious-service-account'],
  },
  maySkip: true,
  alsoReads: ['Pod'],
  evaluate: ({ serviceAccount: { ref, automountServiceAccountToken }, workloads }) => {
    if (!isDefault(ref)) return SKIP;
    if (automountServiceAccountToken === false) return PASS;
    const isUsed = workloads.length > 0;
    const message = `automountServiceAccountToken is not false${isUsed ? ', and workloads run as it' : ''}`;
    return [finding('automountServiceAccountToken', message, { severity: isUsed ? 'Medium' : 'Low' })];
  },
  example: {
    before: accountYaml('default'),
    after: accountYaml('default', 'automountServiceAccountToken: false'),
  },
});

/** What Kubernetes grants to the groups that every ServiceAccount is in does not count, nor a binding of no rights. */
export const defaultSaHasGrants = serviceAccountCheck({
  id: 'default-sa-has-grants',
  severity: 'High',
  title: 'ServiceAccount default has rights',
  why: 'Every pod of the namespace that names no ServiceAccount has these rights, whoever wrote it.',
  fix: 'Bind the role to a ServiceAccount of the workload that needs it.',
  references: {
    cis: cis('5.1.5'),
    nsa: ['Authentication and authorization'],
    kubescape: ['C-0225', 'C-0239'],
    checkov: ['CKV_K8S_42'],
    checklist: ['conscious-service-account'],
  },
  reads: ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'],
  inFiles: 'lower-bound',
  maySkip: true,
  evaluate: ({ serviceAccount: { ref }, grants }) => {
    if (!isDefault(ref)) return SKIP;
    const added = grants.filter(isOwnGrant);
    const byBinding = Map.groupBy(added, ({ binding }) => keyOf(binding.ref));
    return verdict(
      [...byBinding].flatMap(([key, grantsOfBinding]) =>
        grantsOfBinding.slice(0, 1).map(({ binding }) => {
          const message = `${nameOf(binding.ref)} grants it ${nameOf(binding.roleRef)}${through(grantsOfBinding)}`;
          return finding('metadata.name', message, { key });
        }),
      ),
    );
  },
  example: {
    before: documents(accountYaml('default'), bindingYaml('ClusterRole', 'view', subjectYaml('default'))),
    after: documents(
      accountYaml('default'),
      accountYaml('web'),
      bindingYaml('ClusterRole', 'view', subjectYaml('web')),
    ),
  },
});

/** The groups by which alone a binding reaches the account. */
function through(grants: readonly EffectiveGrant[]): string {
  if (grants.some(({ subject }) => subject.kind !== 'Group')) return '';
  const groups = new Set(grants.map(({ subject }) => subject.name));
  return ` as a member of ${[...groups].sort().join(', ')}`;
}
