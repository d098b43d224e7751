import { PASS, SKIP, type CheckOf, type GrantInput } from '../../../../src/checks/check.ts';
import { rbacChecks } from '../../../../src/checks/rbac/index.ts';
import { shippedUserRules } from '../../../../src/checks/rbac/user-roles.ts';
import type { BindingFacts, PolicyRule, RbacSubject } from '../../../../src/inventory/facts/rbac.ts';
import { fails, verdicts, type Expected } from '../verdicts.ts';
import {
  account,
  binding,
  bindingFacts,
  clusterBinding,
  clusterRole,
  granting,
  group,
  roleFacts,
  unbound,
  user,
} from './facts.ts';
import { SERVER } from '../../../support/server.ts';

type Rule = Partial<PolicyRule>;

const RBAC = 'rbac.authorization.k8s.io';
const ROLE = { kind: 'Role', name: 'r' } as const;
const team = group('team');

const on = (apiGroup: string, resources: readonly string[], ...verbs: readonly string[]): Rule => ({
  apiGroups: [apiGroup],
  resources,
  verbs,
});
const named = (rule: Rule, ...resourceNames: readonly string[]): Rule => ({ ...rule, resourceNames });

/** Granted to a team in the whole cluster, in a namespace, in kube-system. */
const everywhere = (...rules: readonly Rule[]): GrantInput => granting(clusterBinding('r', team), ...rules);
const inShop = (...rules: readonly Rule[]): GrantInput => granting(binding('shop', ROLE, team), ...rules);
const inKubeSystem = (...rules: readonly Rule[]): GrantInput => granting(binding('kube-system', ROLE, team), ...rules);
const to = (subject: RbacSubject, ...rules: readonly Rule[]): GrantInput =>
  granting(clusterBinding('r', subject), ...rules);

function power(id: string): CheckOf<'grant'> {
  const check = rbacChecks.find((each) => each.id === id);
  if (check?.target !== 'grant') throw new Error(`${id} is no power`);
  return check;
}

for (const { id } of rbacChecks.filter(({ target }) => target === 'grant')) {
  verdicts(power(id), [
    ['a role that is missing, which is a finding of its own', { ...everywhere(), rules: undefined }, SKIP],
  ]);
}

const READ_SECRETS = on('', ['secrets'], 'get');
const CREATE_PODS = on('', ['pods'], 'create');
const ADMIN = on('*', ['*'], '*');

verdicts(power('admin-equivalent-role'), [
  ['wildcards in two of three lists', everywhere(on('*', ['*'], 'get'), on('', ['*'], '*')), PASS],
  ['wildcards that are limited to names', everywhere(named(ADMIN, 'a')), PASS],
  [
    'wildcards everywhere',
    everywhere(ADMIN),
    fails({
      severity: 'Critical',
      key: 'Group//team',
      path: 'subjects',
      message:
        'Group team may do everything in the whole cluster, by a rule of ClusterRole r (every verb on every resource of every API group)',
    }),
  ],
  ['wildcards in a namespace, less severely', inShop(ADMIN), fails({ severity: 'High' })],
  ['a role that nothing binds, as a hint', unbound(clusterRole(ADMIN)), fails({ severity: 'Info' })],
  [
    'cluster-admin where the role is not at hand',
    { ...to(user('ann')), ...granting(clusterBinding('cluster-admin', team)), rules: undefined },
    fails({ severity: 'Critical' }),
  ],
]);

verdicts(power('secrets-read'), [
  ['a verb that has no effect on Secrets (Trivy KSV-0041)', everywhere(on('', ['secrets'], 'impersonate')), PASS],
  ['Secrets of another API group', everywhere(on('apps', ['secrets'], 'get')), PASS],
  ['a subresource of Secrets', everywhere(on('', ['secrets/status', 'secrets/*'], 'get')), PASS],
  [
    'get in the whole cluster',
    everywhere(READ_SECRETS),
    fails({
      severity: 'Critical',
      message:
        'Group team may read Secrets in the whole cluster, by a rule of ClusterRole r (get on secrets of API group core)',
    }),
  ],
  ['list, which gives the contents', everywhere(on('', ['secrets'], 'list')), fails({ severity: 'Critical' })],
  ['watch, which gives the contents', everywhere(on('', ['secrets'], 'watch')), fails({ severity: 'Critical' })],
  ['every resource to read', everywhere(on('', ['*'], 'get')), fails({ severity: 'Critical' })],
  ['every verb and group', everywhere(on('*', ['secrets'], '*')), fails({ severity: 'Critical' })],
  ['one ordinary namespace, less severely', inShop(READ_SECRETS), fails({ severity: 'Medium' })],
  ['kube-system, as severely as the cluster', inKubeSystem(READ_SECRETS), fails({ severity: 'Critical' })],
  [
    'Secrets by name, mildly',
    everywhere(named(READ_SECRETS, 'db')),
    fails({
      severity: 'Low',
      message:
        'Group team may read Secrets (some by name) in the whole cluster, by a rule of ClusterRole r (get on secrets of API group core called db)',
    }),
  ],
  [
    'the rule without names, of two',
    everywhere(named(READ_SECRETS, 'db'), READ_SECRETS),
    fails({ severity: 'Critical' }),
  ],
  ['an asterisk among the names, which is a name', everywhere(named(READ_SECRETS, '*')), fails({ severity: 'Low' })],
  [
    'each subject once',
    granting(binding('shop', ROLE, account('shop', 'ci'), team, team), READ_SECRETS),
    fails({ key: 'ServiceAccount/shop/ci' }, { key: 'Group//team' }),
  ],
  [
    'everybody in a namespace, one step more severely',
    granting(binding('shop', ROLE, group('system:authenticated')), READ_SECRETS),
    fails({ severity: 'High' }),
  ],
  ['a role without rules that nothing binds', unbound(clusterRole()), PASS],
  [
    'a role that nothing binds, as a hint',
    unbound(clusterRole(READ_SECRETS)),
    fails({
      severity: 'Info',
      path: 'rules',
      message:
        'whoever is bound to it may read Secrets, by a rule of ClusterRole shop-operator (get on secrets of API group core)',
    }),
  ],
]);

verdicts(power('secrets-write'), [
  ['only deleting them', everywhere(on('', ['secrets'], 'delete')), PASS],
  ['creating by name, which no rule can allow', everywhere(named(on('', ['secrets'], 'create'), 'db')), PASS],
  ['creating them', everywhere(on('', ['secrets'], 'create')), fails({ severity: 'High' })],
]);

verdicts(power('token-request'), [
  ['creating ServiceAccounts', everywhere(on('', ['serviceaccounts'], 'create')), PASS],
  [
    'the subresource of the account',
    everywhere(on('', ['serviceaccounts/token'], 'create')),
    fails({ severity: 'Critical' }),
  ],
  [
    'that subresource of everything (Kubescape misses it)',
    everywhere(on('', ['*/token'], 'create')),
    fails({ severity: 'Critical' }),
  ],
  [
    'tokens of one account',
    everywhere(named(on('', ['serviceaccounts/token'], 'create'), 'ci')),
    fails({ severity: 'Low' }),
  ],
]);

verdicts(power('impersonate'), [
  ['users by a RoleBinding, as they are in no namespace', inShop(on('', ['users', 'groups'], 'impersonate')), PASS],
  ['users of another group than core', everywhere(on('user.openshift.io', ['users'], 'impersonate')), PASS],
  ['extra fields alone', everywhere(on('authentication.k8s.io', ['userextras/scopes', 'uids'], 'impersonate')), PASS],
  [
    'users of the core group (Trivy KSV-0043)',
    everywhere(on('', ['users'], 'impersonate')),
    fails({ severity: 'Critical' }),
  ],
  ['every verb', everywhere(on('', ['groups'], '*')), fails({ severity: 'Critical' })],
  ['ServiceAccounts of a namespace', inShop(on('', ['serviceaccounts'], 'impersonate')), fails({ severity: 'Medium' })],
  ['one user by name', everywhere(named(on('', ['users'], 'impersonate'), 'ann')), fails({ severity: 'Low' })],
  [
    'the group that may do all, by name',
    everywhere(named(on('', ['groups'], 'impersonate'), 'team', 'system:masters')),
    fails({ severity: 'Critical' }),
  ],
]);

const AUTHENTICATION = 'authentication.k8s.io';
const TAKE_USERS = on(AUTHENTICATION, ['users', 'groups'], 'impersonate:user-info');
const READ_SECRETS_AS_USERS = on('', ['secrets'], 'impersonate-on:user-info:get');
const inVersion = (minor: number, input: GrantInput): GrantInput => ({ ...input, server: { ...SERVER, minor } });

verdicts(power('impersonate'), [
  ['the right to identities without one to do anything by them (KEP-5284)', everywhere(TAKE_USERS), PASS],
  ['the right to do something by identities without one to any', everywhere(READ_SECRETS_AS_USERS), PASS],
  [
    'the right to identities of users to do something as a ServiceAccount',
    everywhere(TAKE_USERS, on('', ['secrets'], 'impersonate-on:serviceaccount:get')),
    PASS,
  ],
  [
    'identities of the core group, of which only the plain verb is asked',
    everywhere(on('', ['users'], 'impersonate:user-info'), READ_SECRETS_AS_USERS),
    PASS,
  ],
  [
    'a star within a verb, which is no wildcard',
    everywhere(TAKE_USERS, on('', ['secrets'], 'impersonate-on:user-info:*')),
    PASS,
  ],
  [
    'the name of a ServiceAccount among users',
    everywhere(on(AUTHENTICATION, ['users'], 'impersonate:serviceaccount'), READ_SECRETS_AS_USERS),
    PASS,
  ],
  ['users by a RoleBinding for constrained requests', inShop(TAKE_USERS, READ_SECRETS_AS_USERS), PASS],
  [
    'requests that are hardly worse in another name',
    everywhere(TAKE_USERS, on('', ['pods'], 'impersonate-on:user-info:list')),
    PASS,
  ],
  ['both before v1.36', inVersion(35, everywhere(TAKE_USERS, READ_SECRETS_AS_USERS)), PASS],
  [
    'both from v1.36 on',
    inVersion(36, everywhere(TAKE_USERS, READ_SECRETS_AS_USERS)),
    fails({
      severity: 'Critical',
      message:
        'Group team may act as other users on Secrets, pods or rights in the whole cluster, by rules of ClusterRole r (impersonate-on:user-info:get on secrets of API group core; impersonate:user-info on groups, users of API group authentication.k8s.io)',
    }),
  ],
  [
    'every verb on both',
    everywhere(on(AUTHENTICATION, ['*'], '*'), on('', ['secrets'], '*')),
    fails({ severity: 'Critical' }),
  ],
  [
    'one user by name for constrained requests',
    everywhere(named(on(AUTHENTICATION, ['users'], 'impersonate:user-info'), 'ann'), READ_SECRETS_AS_USERS),
    fails({ severity: 'Low' }),
  ],
  [
    'the group of all rights by name for constrained requests, for which nobody gets it',
    everywhere(named(TAKE_USERS, 'system:masters'), READ_SECRETS_AS_USERS),
    PASS,
  ],
  [
    'the group of the administrators of kubeadm by name for constrained requests',
    everywhere(named(TAKE_USERS, 'kubeadm:cluster-admins'), READ_SECRETS_AS_USERS),
    fails({ severity: 'Critical' }),
  ],
  [
    'creating pods of one name as others, which no rule can limit to names',
    everywhere(TAKE_USERS, named(on('', ['pods'], 'impersonate-on:user-info:create'), 'web')),
    PASS,
  ],
  [
    'ServiceAccounts of a namespace for requests in it',
    inShop(
      on(AUTHENTICATION, ['serviceaccounts'], 'impersonate:serviceaccount'),
      on('', ['pods/exec'], 'impersonate-on:serviceaccount:create'),
    ),
    fails({ severity: 'Medium' }),
  ],
  [
    'any node',
    everywhere(
      on(AUTHENTICATION, ['nodes'], 'impersonate:arbitrary-node'),
      on('', ['secrets'], 'impersonate-on:arbitrary-node:list'),
    ),
    fails({ severity: 'Critical' }),
  ],
  [
    'its own node, which the API server asks for by the name *',
    everywhere(
      named(on(AUTHENTICATION, ['nodes'], 'impersonate:associated-node'), '*'),
      on('', ['secrets'], 'impersonate-on:associated-node:get'),
    ),
    fails({ severity: 'Medium' }),
  ],
  [
    'its own node by another name',
    everywhere(
      named(on(AUTHENTICATION, ['nodes'], 'impersonate:associated-node'), 'worker-2'),
      on('', ['secrets'], 'impersonate-on:associated-node:get'),
    ),
    PASS,
  ],
]);

verdicts(power('escalate-or-bind'), [
  [
    'every verb on bindings, which is to write them (Trivy KSV-0050)',
    everywhere(on(RBAC, ['rolebindings'], '*')),
    PASS,
  ],
  ['escalate on ClusterRoles by a RoleBinding', inShop(on(RBAC, ['clusterroles'], 'escalate')), PASS],
  ['bind on ClusterRoles by a RoleBinding', inShop(on(RBAC, ['clusterroles'], 'bind')), fails({ severity: 'High' })],
  ['bind in the whole cluster', everywhere(on(RBAC, ['clusterroles'], 'bind')), fails({ severity: 'Critical' })],
  ['bind of certain roles', everywhere(named(on(RBAC, ['clusterroles'], 'bind'), 'view')), fails({ severity: 'Low' })],
  [
    'bind of cluster-admin',
    everywhere(named(on(RBAC, ['clusterroles'], 'bind'), 'cluster-admin')),
    fails({ severity: 'Critical' }),
  ],
]);

verdicts(power('rbac-write'), [
  ['roles of an older API group', everywhere(on('authorization.openshift.io', ['roles'], 'create')), PASS],
  ['reading them', everywhere(on(RBAC, ['*'], 'get', 'list')), PASS],
  ['ClusterRoles by a RoleBinding', inShop(on(RBAC, ['clusterroles'], 'update')), PASS],
  ['writing bindings', inShop(on(RBAC, ['rolebindings'], 'create')), fails({ severity: 'Medium' })],
]);

const APPROVAL = on('certificates.k8s.io', ['certificatesigningrequests/approval'], 'update');
const SIGNERS = on('certificates.k8s.io', ['signers'], 'approve');

verdicts(power('csr-approve'), [
  ['one half', everywhere(APPROVAL), PASS],
  ['the other half', everywhere(SIGNERS), PASS],
  ['both by a RoleBinding, as they are in no namespace', inShop(APPROVAL, SIGNERS), PASS],
  [
    'both in two rules',
    everywhere(SIGNERS, APPROVAL),
    fails({
      severity: 'High',
      message:
        'Group team may approve certificates in the whole cluster, by rules of ClusterRole r (approve on signers of API group certificates.k8s.io; update on certificatesigningrequests/approval of API group certificates.k8s.io)',
    }),
  ],
  [
    'both in one rule',
    everywhere(on('certificates.k8s.io', ['*'], '*')),
    fails({
      message:
        'Group team may approve certificates in the whole cluster, by a rule of ClusterRole r (every verb on every resource of API group certificates.k8s.io)',
    }),
  ],
  ['a signer of our own', everywhere(APPROVAL, named(SIGNERS, 'shop.example/web')), fails({ severity: 'Low' })],
  [
    'the signer of clients',
    everywhere(APPROVAL, named(SIGNERS, 'kubernetes.io/kube-apiserver-client')),
    fails({ severity: 'High' }),
  ],
]);

verdicts(power('pod-create'), [
  ['templates that nothing makes pods of', everywhere(on('', ['podtemplates'], 'create')), PASS],
  ['Deployments of the wrong group', everywhere(on('', ['deployments'], 'create')), PASS],
  ['Jobs', inShop(on('batch', ['jobs'], 'create')), fails({ severity: 'High' })],
  [
    'pods in the whole cluster',
    to(account('ci', 'runner'), CREATE_PODS),
    fails({
      severity: 'Critical',
      message:
        'ServiceAccount ci/runner may create pods in the whole cluster, by a rule of ClusterRole r (create on pods of API group core)',
    }),
  ],
]);

verdicts(power('workload-write'), [
  ['only their number', everywhere(on('apps', ['deployments/scale', '*/scale'], 'patch')), PASS],
  ['their templates', everywhere(on('apps', ['statefulsets'], 'patch')), fails({ severity: 'High' })],
]);

verdicts(power('pod-exec-attach'), [
  ['pods without their subresources', everywhere(on('', ['pods'], '*')), PASS],
  ['an asterisk that matches nothing (Trivy misses the next one)', everywhere(on('', ['pods/*'], '*')), PASS],
  ['that subresource of everything', everywhere(on('', ['*/exec'], 'create')), fails({ severity: 'Critical' })],
  ['get, where the API server asks for create too (KEP-4006)', inShop(on('', ['pods/exec'], 'get')), PASS],
  [
    'get, which opens a WebSocket before that',
    { ...inShop(on('', ['pods/exec'], 'get')), server: { ...SERVER, minor: 34 } },
    fails({ severity: 'Medium' }),
  ],
  ['attach', inShop(on('', ['pods/attach'], 'create')), fails({ severity: 'Medium' })],
  [
    'a role with a reserved name (Polaris lets it off)',
    granting(
      bindingFacts({
        kind: 'ClusterRoleBinding',
        name: 'system:debug',
        roleRef: { kind: 'ClusterRole', name: 'system:debug' },
        subjects: [team],
      }),
      on('', ['pods/exec'], 'create'),
    ),
    fails({ severity: 'Critical' }),
  ],
]);

verdicts(power('pod-ephemeral-containers-write'), [
  ['pods', everywhere(on('', ['pods'], 'patch')), PASS],
  ['the subresource', inShop(on('', ['pods/ephemeralcontainers'], 'patch')), fails({ severity: 'Medium' })],
]);

verdicts(power('pod-port-forward'), [
  ['reading logs', everywhere(on('', ['pods/log'], 'get')), PASS],
  ['a namespace, as a hint', inShop(on('', ['services/proxy'], 'get')), fails({ severity: 'Info' })],
]);

verdicts(power('nodes-proxy'), [
  ['what kubelets tell apart by now', everywhere(on('', ['nodes/metrics', 'nodes/configz'], 'get')), PASS],
  ['a RoleBinding, as nodes are in no namespace', inKubeSystem(on('', ['nodes/proxy'], 'get')), PASS],
  ['only to get', everywhere(on('', ['nodes/proxy'], 'get')), fails({ severity: 'Critical' })],
  ['the proxy of everything', everywhere(on('', ['*/proxy'], 'create')), fails({ severity: 'Critical' })],
  ['one node', everywhere(named(on('', ['nodes/proxy'], 'get'), 'a')), fails({ severity: 'High' })],
]);

verdicts(power('node-write'), [
  ['a RoleBinding, as nodes are in no namespace', inShop(on('', ['nodes'], 'patch')), PASS],
  ['their status', everywhere(on('', ['nodes/status'], 'patch')), fails({ severity: 'Medium' })],
]);

verdicts(power('namespace-label-write'), [
  ['creating namespaces', everywhere(on('', ['namespaces'], 'create')), PASS],
  ['a RoleBinding, for its own namespace', inShop(on('', ['namespaces'], 'patch')), fails({ severity: 'Medium' })],
]);

verdicts(power('webhook-config-write'), [
  [
    'Secrets with another verb (Trivy KSV-0114)',
    everywhere(on('admissionregistration.k8s.io', ['*'], 'impersonate')),
    PASS,
  ],
  [
    'policies in CEL',
    everywhere(on('admissionregistration.k8s.io', ['validatingadmissionpolicybindings'], 'delete')),
    fails({ severity: 'High' }),
  ],
  [
    'its own webhook',
    everywhere(named(on('admissionregistration.k8s.io', ['mutatingwebhookconfigurations'], 'patch'), 'shop')),
    fails({ severity: 'Low' }),
  ],
]);

verdicts(power('persistent-volume-create'), [
  ['a RoleBinding, as they are in no namespace', inShop(on('', ['persistentvolumes'], 'create')), PASS],
  ['creating them', everywhere(on('', ['persistentvolumes'], 'create')), fails({ severity: 'Medium' })],
]);

verdicts(power('network-config-write'), [
  ['reading them', everywhere(on('networking.k8s.io', ['*'], 'get')), PASS],
  ['ingresses with a verb that has no effect', everywhere(on('networking.k8s.io', ['ingresses'], 'impersonate')), PASS],
  ['Services of a namespace', inShop(on('', ['services'], 'update')), fails({ severity: 'Low' })],
  [
    'policies to delete',
    everywhere(on('networking.k8s.io', ['networkpolicies'], 'delete')),
    fails({ severity: 'Medium' }),
  ],
]);

verdicts(power('configmap-write-sensitive'), [
  ['an ordinary namespace', inShop(on('', ['configmaps'], '*')), PASS],
  ['the lock of an election', inKubeSystem(named(on('', ['configmaps'], 'update'), 'controller-leader')), PASS],
  ['kube-system', inKubeSystem(on('', ['configmaps'], 'update')), fails({ severity: 'Medium' })],
  [
    'who is an administrator of Amazon EKS',
    inKubeSystem(named(on('', ['configmaps'], 'update'), 'aws-auth')),
    fails({ severity: 'Critical' }),
  ],
]);

verdicts(power('service-status-write'), [
  ['reading it', everywhere(on('', ['services/status'], 'get')), PASS],
  ['patching it', everywhere(on('', ['services/status'], 'patch')), fails({ severity: 'Low' })],
]);

verdicts(power('audit-trail-delete'), [
  ['logs, which the API server does not let delete (Trivy KSV-0042)', everywhere(on('', ['pods/log'], 'delete')), PASS],
  [
    'Events of the newer group',
    inShop(on('events.k8s.io', ['events'], 'deletecollection')),
    fails({ severity: 'Low' }),
  ],
]);

verdicts(power('excessive-delete'), [
  ['one namespace', inShop(on('', ['pods', 'secrets'], 'delete')), PASS],
  ['namespaces', everywhere(on('', ['namespaces'], 'delete')), fails({ severity: 'Medium' })],
]);

const EDIT = { kind: 'ClusterRole', name: 'edit' } as const;
const SHOP_EDIT: BindingFacts = binding('shop', EDIT, team);
const shipped = (facts: BindingFacts): GrantInput => ({ ...granting(facts), rules: undefined });

const ordinary: readonly (readonly [id: string, Expected])[] = [
  ['pod-create', fails({ severity: 'Low' })],
  ['secrets-read', PASS],
  ['pod-exec-attach', PASS],
  ['impersonate', PASS],
];
for (const [id, expected] of ordinary) {
  verdicts(power(id), [
    ['edit for a team in its namespace, or tells it mildly', shipped(SHOP_EDIT), expected],
    ['view for a team', shipped(binding('shop', { kind: 'ClusterRole', name: 'view' }, team)), PASS],
  ]);
}

verdicts(power('pod-create'), [
  ['edit for a program', shipped(binding('shop', EDIT, account('shop', 'ci'))), fails({ severity: 'High' })],
  ['edit in kube-system', shipped(binding('kube-system', EDIT, team)), fails({ severity: 'Critical' })],
]);

verdicts(power('secrets-read'), [
  ['edit in the whole cluster', shipped(clusterBinding('edit', team)), fails({ severity: 'Critical' })],
  [
    'a rule that was added to edit',
    granting(SHOP_EDIT, on('', ['secrets'], 'watch', 'get')),
    fails({ severity: 'Medium' }),
  ],
  [
    'a rule that another role contributes, naming that',
    {
      ...granting(SHOP_EDIT),
      rules: unbound(clusterRole()).rules?.concat({
        rule: { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: [], nonResourceURLs: [] },
        role: { kind: 'ClusterRole', name: 'shop-secrets' },
      }),
    },
    fails({
      message:
        'Group team may read Secrets in namespace shop, by a rule of ClusterRole shop-secrets, aggregated into ClusterRole edit (get on secrets of API group core)',
    }),
  ],
]);

const SHIPPED = shippedUserRules('edit').map((granted) => granted.rule);

/** The role for people that nothing binds, with all that it ships and with these. */
const unboundEdit = (...rules: readonly Rule[]): GrantInput =>
  unbound(roleFacts({ kind: 'ClusterRole', name: 'edit', rules: [...SHIPPED, ...rules] }));

verdicts(power('secrets-write'), [
  ['edit, as Kubernetes ships it, that nothing binds', unboundEdit(), PASS],
  [
    'edit with a rule of somebody that nothing binds, as a hint',
    unboundEdit(on('', ['secrets'], 'create')),
    fails({ severity: 'Info', path: 'rules' }),
  ],
]);
