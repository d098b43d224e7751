import { PASS, SKIP, type ServiceAccountInput } from '../../../../src/checks/check.ts';
import { saCrossNamespaceUse, saUnusedWithGrants } from '../../../../src/checks/service-accounts/account-grants.ts';
import { saAutomountEnabled, saCloudIdentity } from '../../../../src/checks/service-accounts/account-settings.ts';
import type { ObjectRef } from '../../../../src/inventory/facts/object-ref.ts';
import { account, binding, clusterBinding, grantBy, group } from '../rbac/facts.ts';
import { fails, verdicts } from '../verdicts.ts';
import { SERVER } from '../../../support/server.ts';
import { UNTOLD } from '../../../support/parameters.ts';

const WORKLOAD: ObjectRef = { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'uid' };

interface Given extends Partial<ServiceAccountInput> {
  readonly name?: string;
  readonly namespace?: string;
  readonly automount?: boolean;
  readonly cloudIdentities?: readonly string[];
}

const input = ({
  name = 'web',
  namespace = 'shop',
  automount,
  cloudIdentities = [],
  ...more
}: Given): ServiceAccountInput => ({
  serviceAccount: {
    ref: { apiVersion: 'v1', kind: 'ServiceAccount', namespace, name, uid: 'uid' },
    automountServiceAccountToken: automount,
    cloudIdentities,
  },
  grants: [],
  tokenSecrets: undefined,
  workloads: [],
  hasNeighbours: false,
  server: SERVER,
  parameters: UNTOLD,
  ...more,
});

const WEB = account('shop', 'web');
const READ = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
const OWN = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };
const ROLE = { kind: 'Role', name: 'r' } as const;
const reader = grantBy(binding('shop', ROLE, WEB), READ);
const secretsWriter = grantBy(clusterBinding('r', WEB), { apiGroups: [''], resources: ['secrets'], verbs: ['create'] });
const admin = grantBy(clusterBinding('cluster-admin', WEB), OWN);

verdicts(saAutomountEnabled, [
  ['the account default, which has a check of its own', input({ name: 'default' }), SKIP],
  [
    'the account of a controller, which is in no pod',
    input({ namespace: 'kube-system', name: 'endpoint-controller' }),
    SKIP,
  ],
  ['an account that turns it off', input({ automount: false }), PASS],
  ['an account that turns it on', input({ automount: true }), fails('automountServiceAccountToken')],
  ['an account that says nothing', input({}), fails('automountServiceAccountToken')],
  [
    'an account of another namespace that is called like that of a controller',
    input({ name: 'endpoint-controller' }),
    fails('automountServiceAccountToken'),
  ],
]);

verdicts(saUnusedWithGrants, [
  [
    'the account of a controller, which is in no pod',
    input({ namespace: 'kube-system', name: 'endpoint-controller', grants: [reader] }),
    SKIP,
  ],
  ['an account without rights', input({}), PASS],
  ['an account that a workload runs as', input({ grants: [reader], workloads: [WORKLOAD] }), PASS],
  [
    'rights of all ServiceAccounts',
    input({ grants: [grantBy(binding('shop', ROLE, group('system:serviceaccounts:shop')), READ)] }),
    PASS,
  ],
  ['a binding to a role that is missing', input({ grants: [{ ...reader, rules: undefined }] }), PASS],
  [
    'each binding of an account that nothing runs as',
    input({ grants: [reader, reader, admin] }),
    fails(
      {
        key: 'RoleBinding/shop/shop',
        message: 'no workload runs as it, and RoleBinding shop/shop grants it rights',
      },
      { key: 'ClusterRoleBinding//shop-operator' },
    ),
  ],
]);

verdicts(saCrossNamespaceUse, [
  ['an account that nothing runs as', input({ grants: [admin], hasNeighbours: true }), SKIP],
  [
    'kube-system',
    input({ namespace: 'kube-system', grants: [admin], hasNeighbours: true, workloads: [WORKLOAD] }),
    SKIP,
  ],
  ['a namespace of its own', input({ grants: [admin], workloads: [WORKLOAD] }), PASS],
  ['rights in its namespace only', input({ grants: [reader], hasNeighbours: true, workloads: [WORKLOAD] }), PASS],
  [
    'a right of severity High in the whole cluster',
    input({ grants: [secretsWriter], hasNeighbours: true, workloads: [WORKLOAD] }),
    fails('metadata.namespace'),
  ],
  [
    'an owner of the cluster among others',
    input({ grants: [admin], hasNeighbours: true, workloads: [WORKLOAD] }),
    fails('metadata.namespace'),
  ],
]);

verdicts(saCloudIdentity, [
  ['an account of the cluster only', input({}), PASS],
  [
    'each provider',
    input({ cloudIdentities: ['eks.amazonaws.com/role-arn', 'iam.gke.io/gcp-service-account'] }),
    fails({ key: 'eks.amazonaws.com/role-arn' }, { key: 'iam.gke.io/gcp-service-account' }),
  ],
]);
