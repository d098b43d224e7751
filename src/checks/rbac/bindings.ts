import type { BindingFacts, RbacSubject } from '../../inventory/facts/rbac.ts';
import { bindingCheck, PASS } from '../check.ts';
import { cis } from '../cis.ts';
import { isReservedUser } from './held-rules.ts';
import { clusterBindingYaml, groupYaml } from './examples.ts';
import { nameOf } from './named.ts';
import { perSubject } from './per-subject.ts';
import { describeReach, reachOf } from './reach.ts';

/** The role that allows everything; in a RoleBinding, everything in one namespace. */
export const clusterAdminBinding = bindingCheck({
  id: 'cluster-admin-binding',
  severity: 'Critical',
  title: 'Binding grants cluster-admin',
  why: 'Who holds the role owns the cluster (by a RoleBinding, its namespace), Secrets and nodes included; a stolen token does too.',
  fix: 'Bind a role that lists what is needed; keep cluster-admin for the break-glass group that comes with the cluster.',
  references: {
    cis: cis('5.1.1'),
    nsa: ['Authentication and authorization'],
    trivy: ['KSV-0111'],
    kubescape: ['C-0185', 'C-0035'],
    polaris: ['clusterrolebindingClusterAdmin', 'rolebindingClusterAdminClusterRole'],
    kubeLinter: ['cluster-admin-role-binding'],
  },
  parameters: ['privilegedNamespaces'],
  evaluate: ({ binding, parameters }) => {
    if (binding.roleRef.kind !== 'ClusterRole' || binding.roleRef.name !== 'cluster-admin') return PASS;
    const reach = reachOf(binding, parameters);
    const severity = reach.sort === 'namespace' ? 'High' : 'Critical';
    return perSubject(
      binding,
      () => true,
      (subject) => `${nameOf(subject)} has cluster-admin ${describeReach(reach)}`,
      () => ({ severity }),
    );
  },
  example: {
    before: clusterBindingYaml('cluster-admin', groupYaml('developers')),
    after: clusterBindingYaml('view', groupYaml('developers')),
  },
});

/** People change their teams; a group follows that, a list of names does not. */
export const userBoundDirectly = bindingCheck({
  id: 'user-bound-directly',
  severity: 'Medium',
  title: 'Binding names a user instead of a group',
  why: 'The right stays when the person moves on, and nobody sees from the identity provider who may do what.',
  fix: 'Bind a group of the identity provider, and put the person into it.',
  references: {
    cis: cis('3.1.1'),
    nsa: ['Authentication and authorization'],
    checklist: ['groups-not-users'],
  },
  evaluate: ({ binding }) =>
    perSubject(binding, isPerson, (subject) => `${nameOf(subject)} is bound to ${roleOf(binding)} by name`),
  example: {
    before: clusterBindingYaml(
      'view',
      '  - apiGroup: rbac.authorization.k8s.io\n    kind: User\n    name: ann@shop.example',
    ),
    after: clusterBindingYaml('view', groupYaml('auditors')),
  },
});

function isPerson({ kind, name }: RbacSubject): boolean {
  return kind === 'User' && !isReservedUser(name);
}

/** The authorizer lets members of system:masters do anything, whatever the roles say, and cannot be told otherwise. */
export const mastersGroupBinding = bindingCheck({
  id: 'masters-group-binding',
  severity: 'Critical',
  title: 'Binding names the group system:masters',
  why: 'Its members pass every authorization check and cannot be restricted; a binding invites people to be put into it.',
  fix: 'Bind a group of your own; keep system:masters for break-glass certificates.',
  references: {
    cis: cis('5.1.7'),
    nsa: ['Authentication and authorization'],
    trivy: ['KSV-0123'],
    kubescape: ['C-0246'],
  },
  evaluate: ({ binding }) =>
    perSubject(
      binding,
      ({ kind, name }) => kind === 'Group' && name === 'system:masters',
      (subject) => `${nameOf(subject)} is bound to ${roleOf(binding)}`,
    ),
  example: {
    before: clusterBindingYaml('view', groupYaml('system:masters')),
    after: clusterBindingYaml('view', groupYaml('admins')),
  },
});

/** A request without credentials is one of user system:anonymous in group system:unauthenticated. */
export const anonymousBinding = bindingCheck({
  id: 'anonymous-binding',
  severity: 'Critical',
  title: 'Binding grants rights to anybody without credentials',
  why: 'Whoever reaches the API server has the rights of the role, without leaving a name in the audit log.',
  fix: 'Remove the subject; give the client an identity of its own.',
  references: {
    cis: cis('1.2.1'),
    nsa: ['Authentication and authorization'],
    kubesec: ['BindingsToSystemAnonymous'],
    checklist: ['not-on-the-internet'],
    trivy: ['KSV-0122'],
    kubescape: ['C-0262'],
    gatekeeper: ['disallowanonymous'],
  },
  evaluate: ({ binding }) =>
    perSubject(binding, isAnonymous, (subject) => `${nameOf(subject)} is bound to ${roleOf(binding)}`),
  example: {
    before: clusterBindingYaml('view', groupYaml('system:unauthenticated')),
    after: clusterBindingYaml('view', groupYaml('auditors')),
  },
});

function isAnonymous({ kind, name }: RbacSubject): boolean {
  return kind === 'User' ? name === 'system:anonymous' : kind === 'Group' && name === 'system:unauthenticated';
}

const roleOf = ({ roleRef }: BindingFacts): string => nameOf(roleRef);
