import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { ServiceAccountInput } from '../../../../src/checks/check.ts';
import {
  defaultSaAutomountEnabled,
  defaultSaHasGrants,
} from '../../../../src/checks/service-accounts/default-account.ts';
import { shippedRulesOf } from '../../../../src/checks/rbac/user-roles.ts';
import { BOOTSTRAP_BINDINGS } from '../../../../src/checks/tables/built-in-rbac.ts';
import { roleNameOf, type BindingFacts, type EffectiveGrant } from '../../../../src/inventory/facts/rbac.ts';
import { account, binding, bindingFacts, clusterBinding, group, rule, user } from '../rbac/facts.ts';
import { fails, verdicts } from '../verdicts.ts';
import { SERVER } from '../../../support/server.ts';
import { UNTOLD } from '../../../support/parameters.ts';

const serviceAccount = (
  name: string,
  automount?: boolean,
  grants: readonly EffectiveGrant[] = [],
): ServiceAccountInput => ({
  serviceAccount: {
    ref: { apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'shop', name, uid: 'uid' },
    automountServiceAccountToken: automount,
    cloudIdentities: [],
  },
  grants,
  tokenSecrets: undefined,
  workloads: [],
  hasNeighbours: false,
  server: SERVER,
  parameters: UNTOLD,
});

const used = (input: ServiceAccountInput): ServiceAccountInput => ({
  ...input,
  workloads: [{ apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'uid' }],
});

const grantsOf = (...bindings: readonly BindingFacts[]): readonly EffectiveGrant[] =>
  bindings.flatMap((each) => each.subjects.map((subject) => ({ binding: each, subject, rules: rulesOf(each) })));

/** What the role of a built-in binding allows as it is shipped; anything for others. */
const rulesOf = (facts: BindingFacts): EffectiveGrant['rules'] =>
  shippedRulesOf(roleNameOf(facts)) ?? [
    { rule: rule({ apiGroups: [''], resources: ['pods'], verbs: ['get'] }), role: roleNameOf(facts) },
  ];

const granted = (...bindings: readonly BindingFacts[]): ServiceAccountInput =>
  serviceAccount('default', undefined, grantsOf(...bindings));

const VIEW = { kind: 'ClusterRole', name: 'view' } as const;
const self = account('shop', 'default');
const builtIn = BOOTSTRAP_BINDINGS.map((each) => bindingFacts(each));
const discovery = builtIn.filter(({ ref }) => ref.name === 'system:discovery');
const withSelf = ({ ref, roleRef, subjects }: BindingFacts): BindingFacts => ({
  ref,
  roleRef,
  subjects: [...subjects, self],
});

verdicts(defaultSaAutomountEnabled, [
  ['an account of another name', serviceAccount('ci'), SKIP],
  ['default when it is off', serviceAccount('default', false), PASS],
  [
    'default when it is on and a workload runs as it',
    used(serviceAccount('default', true)),
    fails({ severity: 'Medium', path: 'automountServiceAccountToken' }),
  ],
  [
    'default when nothing is said and a workload runs as it',
    used(serviceAccount('default')),
    fails({ severity: 'Medium' }),
  ],
  ['default when it is off and a workload runs as it', used(serviceAccount('default', false)), PASS],
  [
    'default as every new namespace has it, mildly, while nothing runs as it',
    serviceAccount('default'),
    fails({ severity: 'Low', path: 'automountServiceAccountToken' }),
  ],
]);

verdicts(defaultSaHasGrants, [
  [
    'an account of another name',
    serviceAccount('ci', undefined, grantsOf(binding('shop', VIEW, account('shop', 'ci')))),
    SKIP,
  ],
  ['default without grants', granted(), PASS],
  ['what Kubernetes grants to everybody', granted(...builtIn), PASS],
  [
    'bindings that name it, each once',
    granted(binding('shop', VIEW, self, user('system:serviceaccount:shop:default')), clusterBinding('edit', self)),
    fails(
      { key: 'RoleBinding/shop/shop', message: 'RoleBinding shop/shop grants it ClusterRole view' },
      {
        key: 'ClusterRoleBinding//shop-operator',
        message: 'ClusterRoleBinding shop-operator grants it ClusterRole edit',
      },
    ),
  ],
  [
    'a binding of a group that it is in',
    granted(clusterBinding('edit', group('system:serviceaccounts'), group('system:authenticated'))),
    fails({
      message:
        'ClusterRoleBinding shop-operator grants it ClusterRole edit as a member of system:authenticated, system:serviceaccounts',
    }),
  ],
  [
    'itself as an added subject of a built-in binding',
    granted(...discovery.map(withSelf)),
    fails({ key: 'ClusterRoleBinding//system:discovery' }),
  ],
]);
