import { roleNameOf, type BindingFacts, type RbacSubject } from '../../inventory/facts/rbac.ts';
import { bindingCheck, finding, PASS, SKIP } from '../check.ts';
import type { BindingInput } from '../check.ts';
import { cis } from '../cis.ts';
import { isBuiltInBinding } from './built-in.ts';
import { bindingYaml, documents, groupYaml, roleYaml, ruleYaml, subjectYaml } from './examples.ts';
import { nameOf } from './named.ts';
import { perSubject } from './per-subject.ts';
import { shippedRulesOf } from './user-roles.ts';

const NSA = ['Authentication and authorization'];
const GOOD_PRACTICES = 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/';

/** Roles that come with Kubernetes are put back by the API server, and a file need not hold them. */
export const roleRefMissing = bindingCheck({
  id: 'role-ref-missing',
  severity: 'Low',
  title: 'Binding refers to a role that does not exist',
  why: 'Whoever may make a role of that name decides what the subjects may do.',
  fix: 'Delete the binding, or make the role.',
  references: {
    nsa: NSA,
    polaris: ['clusterrolebindingPodExecAttach', 'rolebindingClusterRolePodExecAttach', 'rolebindingRolePodExecAttach'],
    urls: [GOOD_PRACTICES],
  },
  reads: ['Role', 'ClusterRole'],
  inFiles: 'upper-bound',
  evaluate: ({ binding, rules }) => {
    const role = roleNameOf(binding);
    if (rules !== undefined || shippedRulesOf(role) !== undefined) return PASS;
    return [finding('roleRef', `${nameOf(role)} does not exist`)];
  },
  example: {
    before: bindingYaml('Role', 'deployer', groupYaml('deployers')),
    after: documents(
      roleYaml(ruleYaml('', 'pods', 'get, list')),
      bindingYaml('Role', 'deployer', groupYaml('deployers')),
    ),
  },
});

/** ServiceAccounts of the control plane appear when their controller is started, which not every cluster does. */
export const bindingSubjectMissing = bindingCheck({
  id: 'binding-subject-missing',
  severity: 'Low',
  title: 'Binding names a ServiceAccount that does not exist',
  why: 'Whoever may make a ServiceAccount of that name, or its namespace, gets the rights.',
  fix: 'Remove the subject, or delete the binding if nobody is left.',
  references: { nsa: NSA, urls: [GOOD_PRACTICES] },
  reads: ['ServiceAccount'],
  inFiles: 'upper-bound',
  evaluate: (input) => {
    const { binding } = input;
    if (binding.subjects.length === 0 && !isBuiltInBinding(binding))
      return [finding('subjects', 'it binds nobody', { severity: 'Info' })];
    return perSubject(
      binding,
      (subject) => isMissing(subject, input),
      (subject) => `${nameOf(subject)} does not exist`,
    );
  },
  example: {
    before: bindingYaml('ClusterRole', 'view', subjectYaml('gone')),
    after: bindingYaml('ClusterRole', 'view', groupYaml('auditors')),
  },
});

function isMissing({ kind, namespace, name }: RbacSubject, { serviceAccountExists }: BindingInput): boolean {
  return kind === 'ServiceAccount' && namespace !== undefined && !serviceAccountExists(namespace, name);
}

/**
 * Extension API servers are bound in kube-system to the role by which they read how the API server authenticates: this is how
 * Kubernetes has it, and no finding.
 */
export const crossNamespaceSubject = bindingCheck({
  id: 'cross-namespace-subject',
  severity: 'Low',
  title: 'Binding grants rights to a ServiceAccount of another namespace',
  why: 'Whoever may create pods over there has the rights here, and who looks after this namespace may not know.',
  fix: 'Run the workload in this namespace, or make an exception where it works across namespaces on purpose.',
  references: { cis: cis('5.6.1', { id: '5.7.1', until: '1.10' }), nsa: [...NSA, 'Namespaces'] },
  maySkip: true,
  evaluate: ({ binding }) => {
    const { namespace } = binding.ref;
    if (namespace === undefined) return SKIP;
    if (isForExtensionServers(binding)) return PASS;
    return perSubject(
      binding,
      (subject) => subject.kind === 'ServiceAccount' && subject.namespace !== namespace,
      (subject) => `${nameOf(subject)} is of another namespace`,
    );
  },
  example: {
    before: bindingYaml('ClusterRole', 'view', '  - kind: ServiceAccount\n    name: web\n    namespace: portal'),
    after: bindingYaml('ClusterRole', 'view', subjectYaml('web')),
  },
});

function isForExtensionServers({ ref, roleRef }: BindingFacts): boolean {
  return (
    ref.namespace === 'kube-system' &&
    roleRef.kind === 'Role' &&
    roleRef.name === 'extension-apiserver-authentication-reader'
  );
}
