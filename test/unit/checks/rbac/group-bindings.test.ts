import { PASS } from '../../../../src/checks/check.ts';
import { allServiceAccountsBinding, authenticatedGroupBinding } from '../../../../src/checks/rbac/group-bindings.ts';
import { BOOTSTRAP_BINDINGS } from '../../../../src/checks/tables/built-in-rbac.ts';
import type { BindingFacts } from '../../../../src/inventory/facts/rbac.ts';
import { fails, verdicts } from '../verdicts.ts';
import { account, binding, bindingFacts, bound, clusterBinding, group, user } from './facts.ts';

const VIEW = { kind: 'ClusterRole', name: 'view' } as const;
const builtIn = (name: string): BindingFacts => {
  const found = BOOTSTRAP_BINDINGS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`no built-in binding is called ${name}`);
  return bindingFacts(found);
};

verdicts(authenticatedGroupBinding, [
  [
    'other groups, and a user of that name',
    bound(clusterBinding('view', group('team'), user('system:authenticated'))),
    PASS,
  ],
  ['what Kubernetes binds to it', bound(builtIn('system:discovery')), PASS],
  [
    'a ClusterRoleBinding',
    bound(clusterBinding('view', group('system:authenticated'))),
    fails({
      severity: 'High',
      key: 'Group//system:authenticated',
      message: 'everybody who is authenticated is bound to ClusterRole view in the whole cluster',
    }),
  ],
  [
    'a RoleBinding, less severely',
    bound(binding('shop', VIEW, group('system:authenticated'))),
    fails({ severity: 'Medium' }),
  ],
]);

verdicts(allServiceAccountsBinding, [
  ['one ServiceAccount', bound(clusterBinding('view', account('shop', 'web'))), PASS],
  ['what Kubernetes binds to them', bound(builtIn('system:service-account-issuer-discovery')), PASS],
  [
    'all of the cluster',
    bound(clusterBinding('view', group('system:serviceaccounts'))),
    fails({ severity: 'High', message: 'all ServiceAccounts are bound to ClusterRole view in the whole cluster' }),
  ],
  [
    'all of a namespace, less severely in one',
    bound(binding('shop', VIEW, group('system:serviceaccounts:shop'))),
    fails({
      severity: 'Medium',
      message: 'all ServiceAccounts of namespace shop are bound to ClusterRole view in namespace shop',
    }),
  ],
]);
