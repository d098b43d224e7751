import { PASS, SKIP, type RoleInput } from '../../../../src/checks/check.ts';
import { aggregatedRoleBroadened } from '../../../../src/checks/rbac/aggregation.ts';
import { BOOTSTRAP_ROLES } from '../../../../src/checks/tables/built-in-rbac.ts';
import type { PolicyRule } from '../../../../src/inventory/facts/rbac.ts';
import { fails, verdicts } from '../verdicts.ts';
import { clusterRole, inUse, roleFacts } from './facts.ts';

const label = (role: string): string => `rbac.authorization.k8s.io/aggregate-to-${role}`;

const aggregated = (roles: readonly string[], ...rules: readonly Partial<PolicyRule>[]): RoleInput =>
  inUse({ ...clusterRole(...rules), labels: Object.fromEntries(roles.map((role) => [label(role), 'true'])) });

const SECRETS: Partial<PolicyRule> = { apiGroups: [''], resources: ['secrets'], verbs: ['list', 'get'] };
const CREATE_PODS: Partial<PolicyRule> = { apiGroups: [''], resources: ['pods'], verbs: ['create'] };
const ESCALATE: Partial<PolicyRule> = {
  apiGroups: ['rbac.authorization.k8s.io'],
  resources: ['roles'],
  verbs: ['escalate'],
};

verdicts(aggregatedRoleBroadened, [
  ['a role that is not aggregated', inUse(clusterRole(SECRETS)), SKIP],
  ['a label of another value', inUse({ ...clusterRole(SECRETS), labels: { [label('view')]: 'false' } }), SKIP],
  [
    'resources of its own',
    aggregated(['view'], { apiGroups: ['shop.example'], resources: ['orders'], verbs: ['get'] }),
    PASS,
  ],
  ['what edit has anyway', aggregated(['edit', 'admin'], SECRETS, CREATE_PODS), PASS],
  [
    'what Kubernetes aggregates itself',
    inUse({
      ...roleFacts(
        BOOTSTRAP_ROLES.find(({ name }) => name === 'system:aggregate-to-edit') ?? {
          kind: 'ClusterRole',
          name: '',
          rules: [],
        },
      ),
      labels: { [label('edit')]: 'true' },
    }),
    PASS,
  ],
  [
    'reading Secrets for those who view, told once',
    aggregated(['view', 'edit', 'admin'], SECRETS),
    fails({
      key: 'secrets-read',
      path: 'rules',
      message:
        'it lets everybody who is bound to ClusterRole view read Secrets (get, list on secrets of API group core)',
    }),
  ],
  ['escalating for those who own a namespace', aggregated(['admin'], ESCALATE), fails({ key: 'escalate-or-bind' })],
  [
    'everything, without all that follows',
    aggregated(['edit'], { apiGroups: ['*'], resources: ['*'], verbs: ['*'] }),
    fails({ key: 'admin-equivalent-role' }),
  ],
]);
