import type { Severity } from '../../crds/index.ts';
import type { RbacSubject } from '../../inventory/facts/rbac.ts';
import { bindingCheck } from '../check.ts';
import { cis } from '../cis.ts';
import { bindingYaml, clusterBindingYaml, groupYaml, subjectYaml } from './examples.ts';
import { nameOf } from './named.ts';
import { perSubject } from './per-subject.ts';
import { describeReach, placeOf, type Place } from './reach.ts';

const GOOD_PRACTICES = 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/';

/** In one namespace fewer objects are open to all, but to all they are. */
const severityAt = ({ namespace }: Place): Severity => (namespace === undefined ? 'High' : 'Medium');

const isGroup = ({ kind, name }: RbacSubject, called: string): boolean => kind === 'Group' && name === called;

/** What Kubernetes binds to the group itself (discovery and the like) is no finding. */
export const authenticatedGroupBinding = bindingCheck({
  id: 'authenticated-group-binding',
  severity: 'High',
  title: 'Binding grants rights to everybody who logs in',
  why: 'Every user and every ServiceAccount is in the group system:authenticated; on some managed clusters everybody with an account of the provider is.',
  fix: 'Bind a group of those who need it.',
  references: {
    cis: cis('5.1.2'),
    nsa: ['Authentication and authorization'],
    mitre: ['T1078.001'],
    trivy: ['KSV-01011'],
    kubescape: ['C-0265'],
    urls: [GOOD_PRACTICES],
  },
  evaluate: ({ binding }) => {
    const place = placeOf(binding);
    return perSubject(
      binding,
      (subject) => isGroup(subject, 'system:authenticated'),
      () => `everybody who is authenticated is bound to ${nameOf(binding.roleRef)} ${describeReach(place)}`,
      () => ({ severity: severityAt(place) }),
    );
  },
  example: {
    before: clusterBindingYaml('view', groupYaml('system:authenticated')),
    after: clusterBindingYaml('view', groupYaml('auditors')),
  },
});

const ALL_SERVICE_ACCOUNTS = 'system:serviceaccounts';

const isGroupOfServiceAccounts = ({ kind, name }: RbacSubject): boolean =>
  kind === 'Group' && (name === ALL_SERVICE_ACCOUNTS || name.startsWith(`${ALL_SERVICE_ACCOUNTS}:`));

/** Also accounts that are made later, and `default`, which every pod has that names none. */
export const allServiceAccountsBinding = bindingCheck({
  id: 'all-service-accounts-binding',
  severity: 'High',
  title: 'Binding grants rights to all ServiceAccounts',
  why: 'Every pod gets the rights, also one that never calls the API, and whoever breaks into one of them has them.',
  fix: 'Bind the ServiceAccount of the workload that needs it.',
  references: { cis: cis('5.1.5'), nsa: ['Authentication and authorization'], mitre: ['T1078.001'] },
  evaluate: ({ binding }) => {
    const place = placeOf(binding);
    return perSubject(
      binding,
      isGroupOfServiceAccounts,
      ({ name }) => `${membersOf(name)} are bound to ${nameOf(binding.roleRef)} ${describeReach(place)}`,
      () => ({ severity: severityAt(place) }),
    );
  },
  example: {
    before: bindingYaml('ClusterRole', 'view', groupYaml('system:serviceaccounts:shop')),
    after: bindingYaml('ClusterRole', 'view', subjectYaml('web')),
  },
});

function membersOf(group: string): string {
  return group === ALL_SERVICE_ACCOUNTS
    ? 'all ServiceAccounts'
    : `all ServiceAccounts of namespace ${group.slice(ALL_SERVICE_ACCOUNTS.length + 1)}`;
}
