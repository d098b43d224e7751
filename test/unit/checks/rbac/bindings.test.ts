import { PASS } from '../../../../src/checks/check.ts';
import {
  anonymousBinding,
  clusterAdminBinding,
  mastersGroupBinding,
  userBoundDirectly,
} from '../../../../src/checks/rbac/bindings.ts';
import type { BindingFacts } from '../../../../src/inventory/facts/rbac.ts';
import { fails, verdicts } from '../verdicts.ts';
import { account, binding, bindingFacts, bound, clusterBinding, group, user } from './facts.ts';

const CLUSTER_ADMIN = { kind: 'ClusterRole', name: 'cluster-admin' } as const;
const VIEW = { kind: 'ClusterRole', name: 'view' } as const;

/** The binding of the name and role that kubeadm makes, with the given subjects. */
const kubeadmAdmins = (...subjects: BindingFacts['subjects']): BindingFacts =>
  bindingFacts({ kind: 'ClusterRoleBinding', name: 'kubeadm:cluster-admins', roleRef: CLUSTER_ADMIN, subjects });

const builtInAdmin = (...subjects: BindingFacts['subjects']): BindingFacts =>
  bindingFacts({ kind: 'ClusterRoleBinding', name: 'cluster-admin', roleRef: CLUSTER_ADMIN, subjects });

const clusterInfo = (...subjects: BindingFacts['subjects']): BindingFacts =>
  bindingFacts({
    kind: 'RoleBinding',
    namespace: 'kube-public',
    name: 'kubeadm:bootstrap-signer-clusterinfo',
    roleRef: { kind: 'Role', name: 'kubeadm:bootstrap-signer-clusterinfo' },
    subjects,
  });

verdicts(clusterAdminBinding, [
  ['another role', bound(clusterBinding('view', user('ann'))), PASS],
  [
    'a Role that is called cluster-admin',
    bound(binding('shop', { kind: 'Role', name: 'cluster-admin' }, user('ann'))),
    PASS,
  ],
  ['a binding of nobody', bound(clusterBinding('cluster-admin')), PASS],
  ['the binding that comes with Kubernetes', bound(builtInAdmin(group('system:masters'))), PASS],
  ['the binding that comes with kubeadm', bound(kubeadmAdmins(group('kubeadm:cluster-admins'))), PASS],
  [
    'each subject of a binding of our own',
    bound(clusterBinding('cluster-admin', account('shop', 'ci'), group('admins'))),
    fails(
      {
        severity: 'Critical',
        key: 'ServiceAccount/shop/ci',
        message: 'ServiceAccount shop/ci has cluster-admin in the whole cluster',
      },
      { severity: 'Critical', key: 'Group//admins' },
    ),
  ],
  [
    'a subject that was added to the built-in binding',
    bound(builtInAdmin(group('system:masters'), account('shop', 'ci'))),
    fails({ key: 'ServiceAccount/shop/ci' }),
  ],
  [
    'a user who is called like the built-in group',
    bound(builtInAdmin(user('system:masters'))),
    fails({ key: 'User//system:masters' }),
  ],
  [
    'a subject that stands there twice once',
    bound(clusterBinding('cluster-admin', user('ann'), user('ann'))),
    fails({ key: 'User//ann' }),
  ],
  [
    'a RoleBinding, less severely',
    bound(binding('shop', CLUSTER_ADMIN, user('ann'))),
    fails({ severity: 'High', message: 'User ann has cluster-admin in namespace shop' }),
  ],
  [
    'a RoleBinding in kube-system, which is as bad',
    bound(binding('kube-system', CLUSTER_ADMIN, user('ann'))),
    fails({ severity: 'Critical' }),
  ],
]);

verdicts(userBoundDirectly, [
  ['groups and ServiceAccounts', bound(clusterBinding('view', group('team'), account('shop', 'ci'))), PASS],
  [
    'identities of the control plane',
    bound(clusterBinding('view', user('system:kube-scheduler'), user('eks:node-manager'))),
    PASS,
  ],
  [
    'the certificate by which kubeadm lets the API server call kubelets',
    bound(
      bindingFacts({
        kind: 'ClusterRoleBinding',
        name: 'kubeadm:apiserver-kubelet-client',
        roleRef: { kind: 'ClusterRole', name: 'system:kubelet-api-admin' },
        subjects: [user('kube-apiserver-kubelet-client')],
      }),
    ),
    PASS,
  ],
  [
    'a person',
    bound(binding('shop', VIEW, user('ann@shop.example'))),
    fails({
      key: 'User//ann@shop.example',
      path: 'subjects',
      message: 'User ann@shop.example is bound to ClusterRole view by name',
    }),
  ],
]);

verdicts(mastersGroupBinding, [
  ['the binding that comes with Kubernetes', bound(builtInAdmin(group('system:masters'))), PASS],
  ['a user of that name, who is nobody', bound(clusterBinding('view', user('system:masters'))), PASS],
  [
    'the group in a binding of our own',
    bound(binding('shop', VIEW, group('system:masters'))),
    fails({ key: 'Group//system:masters' }),
  ],
]);

verdicts(anonymousBinding, [
  ['a group that is called like the anonymous user', bound(clusterBinding('view', group('system:anonymous'))), PASS],
  ['what kubeadm lets joining nodes read', bound(clusterInfo(user('system:anonymous'))), PASS],
  [
    'another anonymous subject in it',
    bound(clusterInfo(user('system:anonymous'), group('system:unauthenticated'))),
    fails({ key: 'Group//system:unauthenticated' }),
  ],
  [
    'both names of those who have none',
    bound(clusterBinding('view', user('system:anonymous'), group('system:unauthenticated'))),
    fails({ key: 'User//system:anonymous' }, { key: 'Group//system:unauthenticated' }),
  ],
]);
