import { PASS, type WorkloadInput } from '../../../../src/checks/check.ts';
import {
  powerfulServiceAccount,
  serviceAccountShared,
} from '../../../../src/checks/service-accounts/workload-accounts.ts';
import type { PodSpecFacts } from '../../../../src/inventory/facts/pod-spec.ts';
import type { EffectiveGrant } from '../../../../src/inventory/facts/rbac.ts';
import { account, binding, bindingFacts, clusterBinding, grantBy, group } from '../rbac/facts.ts';
import { specFacts, workload } from '../inputs.ts';
import { fails, verdicts } from '../verdicts.ts';

const spec = (more: Partial<PodSpecFacts> = {}): PodSpecFacts => specFacts(more);

/** A Deployment of namespace shop with these grants to its ServiceAccount `web`. */
const deployment = (
  grants: readonly EffectiveGrant[],
  specs: readonly PodSpecFacts[] = [spec()],
  users = 1,
): WorkloadInput =>
  workload({
    specs,
    grantsOf: (name) => (name === 'web' || name === 'default' ? grants : []),
    usersOf: () => users,
  });

const WEB = account('shop', 'web');
const CREATE_PODS = { apiGroups: [''], resources: ['pods'], verbs: ['create'] };
const READ_PODS = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const admin = grantBy(clusterBinding('cluster-admin', WEB), { apiGroups: ['*'], resources: ['*'], verbs: ['*'] });
const reader = grantBy(binding('shop', { kind: 'Role', name: 'r' }, WEB), READ_PODS);
const createPodsIn = (namespace: string): EffectiveGrant =>
  grantBy(binding(namespace, { kind: 'Role', name: 'r' }, WEB), CREATE_PODS);

verdicts(powerfulServiceAccount, [
  ['an account without rights', deployment([]), PASS],
  ['rights that own nothing', deployment([reader]), PASS],
  ['a pod without a token', deployment([admin], [spec({ automountServiceAccountToken: false })]), PASS],
  ['a mirror pod, which never has a token', deployment([admin], [spec({ isMirror: true })]), PASS],
  [
    'what owns the cluster once',
    deployment([admin]),
    fails({
      severity: 'Critical',
      key: 'admin-equivalent-role/*',
      path: 'spec.serviceAccountName',
      message:
        'an intruder could go: pod → ServiceAccount shop/web → ClusterRoleBinding shop-operator → do everything in every namespace',
    }),
  ],
  [
    'a token that the author mounts by a volume',
    deployment(
      [admin],
      [
        spec({
          automountServiceAccountToken: false,
          tokenMounts: { injected: false, shadowed: false, explicitVolumes: ['api'] },
        }),
      ],
    ),
    fails({ severity: 'Critical' }),
  ],
  [
    'a cluster-admin whose role is not at hand, as files name it',
    deployment([{ ...admin, rules: undefined }]),
    fails({ severity: 'Critical' }),
  ],
  [
    'a live pod that got its token before that was turned off',
    deployment(
      [admin],
      [
        spec({
          automountServiceAccountToken: false,
          tokenMounts: { injected: true, shadowed: false, explicitVolumes: [] },
        }),
      ],
    ),
    fails({ severity: 'Critical' }),
  ],
  ['a template and its pods once', deployment([admin], [spec(), spec()]), fails({ severity: 'Critical' })],
  [
    'a rollout from one powerful account to another once',
    deployment([admin], [spec(), spec({ serviceAccountName: 'default' })]),
    fails({ severity: 'Critical' }),
  ],
  [
    'each namespace for itself',
    deployment([createPodsIn('shop'), createPodsIn('kube-system')]),
    fails({ key: 'pod-create/shop', severity: 'High' }, { key: 'pod-create/kube-system', severity: 'Critical' }),
  ],
  [
    'many namespaces, but not more than ten',
    deployment('abcdefghijklmno'.split('').map(createPodsIn)),
    fails(...'abcdefghij'.split('').map((namespace) => ({ key: `pod-create/${namespace}` }))),
  ],
]);

verdicts(serviceAccountShared, [
  ['the only workload of its account', deployment([reader], [spec()], 1), PASS],
  ['an account without rights', deployment([], [spec()], 2), PASS],
  [
    'rights that all ServiceAccounts have',
    deployment([grantBy(clusterBinding('view', group('system:serviceaccounts')), CREATE_PODS)], [spec()], 2),
    PASS,
  ],
  ['a binding to a role that is missing', deployment([{ ...reader, rules: undefined }], [spec()], 2), PASS],
  [
    'what Kubernetes binds to a controller',
    deployment(
      [
        grantBy(
          bindingFacts({
            kind: 'ClusterRoleBinding',
            name: 'kubeadm:node-proxier',
            roleRef: { kind: 'ClusterRole', name: 'system:node-proxier' },
            subjects: [account('kube-system', 'kube-proxy')],
          }),
        ),
      ],
      [spec()],
      2,
    ),
    PASS,
  ],
  [
    'the account default, of which others tell',
    deployment([reader], [spec({ serviceAccountName: 'default' })], 2),
    PASS,
  ],
  [
    'an account that has rights and others run as',
    deployment([reader], [spec(), spec()], 2),
    fails({ message: 'other workloads run as ServiceAccount web too, which has rights' }),
  ],
]);
