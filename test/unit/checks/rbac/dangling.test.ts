import { PASS, SKIP, type BindingInput } from '../../../../src/checks/check.ts';
import { bindingSubjectMissing, crossNamespaceSubject, roleRefMissing } from '../../../../src/checks/rbac/dangling.ts';
import { BOOTSTRAP_BINDINGS } from '../../../../src/checks/tables/built-in-rbac.ts';
import type { BindingFacts } from '../../../../src/inventory/facts/rbac.ts';
import { fails, verdicts } from '../verdicts.ts';
import { account, binding, bindingFacts, bound, clusterBinding, group, user } from './facts.ts';

const ROLE = { kind: 'Role', name: 'r' } as const;
const withoutRole = (facts: BindingFacts): BindingInput => ({ ...bound(facts), rules: undefined });
const withoutAccounts = (facts: BindingFacts): BindingInput => ({ ...bound(facts), serviceAccountExists: () => false });

verdicts(roleRefMissing, [
  ['a role that is there', bound(binding('shop', ROLE, group('team'))), PASS],
  ['a role that comes with Kubernetes', withoutRole(clusterBinding('view', group('team'))), PASS],
  [
    'a Role that is called like a built-in ClusterRole',
    withoutRole(binding('shop', { kind: 'Role', name: 'view' }, group('team'))),
    fails({ path: 'roleRef', message: 'Role shop/view does not exist' }),
  ],
  [
    'a ClusterRole that is not there',
    withoutRole(clusterBinding('gone', group('team'))),
    fails({ message: 'ClusterRole gone does not exist' }),
  ],
]);

verdicts(bindingSubjectMissing, [
  ['users and groups, which are no objects', withoutAccounts(binding('shop', ROLE, group('team'), user('ann'))), PASS],
  ['a ServiceAccount that is there', bound(binding('shop', ROLE, account('shop', 'ci'))), PASS],
  [
    'ServiceAccounts of controllers that are not running',
    withoutAccounts(
      bindingFacts(BOOTSTRAP_BINDINGS.find(({ name }) => name === 'system:controller:route-controller') ?? fail()),
    ),
    PASS,
  ],
  [
    'a binding that Kubernetes ships without subjects',
    bound(bindingFacts(BOOTSTRAP_BINDINGS.find(({ name }) => name === 'system:node') ?? fail())),
    PASS,
  ],
  ['a binding of nobody, as a hint', bound(binding('shop', ROLE)), fails({ severity: 'Info' })],
  [
    'a ServiceAccount that is not there',
    withoutAccounts(binding('shop', ROLE, account('gone', 'ci'), group('team'))),
    fails({ key: 'ServiceAccount/gone/ci', message: 'ServiceAccount gone/ci does not exist' }),
  ],
]);

verdicts(crossNamespaceSubject, [
  ['a ClusterRoleBinding, which has no namespace', bound(clusterBinding('view', account('shop', 'ci'))), SKIP],
  ['a ServiceAccount of its own namespace', bound(binding('shop', ROLE, account('shop', 'ci'))), PASS],
  [
    'extension API servers, which must be bound in kube-system',
    bound(
      binding(
        'kube-system',
        { kind: 'Role', name: 'extension-apiserver-authentication-reader' },
        account('metrics', 'metrics-server'),
      ),
    ),
    PASS,
  ],
  [
    'the controller that signs cluster-info, from kube-system',
    bound(
      bindingFacts(
        BOOTSTRAP_BINDINGS.find(
          ({ name, namespace }) => name === 'system:controller:bootstrap-signer' && namespace === 'kube-public',
        ) ?? fail(),
      ),
    ),
    PASS,
  ],
  [
    'a ServiceAccount of another namespace',
    bound(binding('shop', ROLE, account('ci', 'runner'))),
    fails({ key: 'ServiceAccount/ci/runner', message: 'ServiceAccount ci/runner is of another namespace' }),
  ],
]);

function fail(): never {
  throw new Error('no such built-in binding');
}
