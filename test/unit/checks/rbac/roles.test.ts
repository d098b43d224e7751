import assert from 'node:assert/strict';
import { PASS, SKIP } from '../../../../src/checks/check.ts';
import { nonResourceUrlWildcard, wildcardInRole } from '../../../../src/checks/rbac/roles.ts';
import { canonicalRule } from '../../../../src/checks/rbac/rules.ts';
import type { PolicyRule } from '../../../../src/inventory/facts/rbac.ts';
import { fails, verdicts } from '../verdicts.ts';
import { clusterRole, inUse, roleFacts, rule, unused } from './facts.ts';

const READ_PODS: Partial<PolicyRule> = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] };
const READ_ALL: Partial<PolicyRule> = { apiGroups: [''], resources: ['*'], verbs: ['get'] };
const CLUSTER_ADMIN: Partial<PolicyRule> = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };

verdicts(wildcardInRole, [
  ['a role without rules', inUse(clusterRole()), PASS],
  ['a role that names what it needs', inUse(clusterRole(READ_PODS)), PASS],
  [
    'a wildcard that names a subresource of everything',
    inUse(clusterRole({ ...READ_PODS, resources: ['*/scale'] })),
    PASS,
  ],
  [
    'an aggregated role by what the control plane has copied into it',
    { ...inUse(clusterRole(CLUSTER_ADMIN, READ_PODS)), ownRules: [READ_PODS].map(rule) },
    PASS,
  ],
  [
    'cluster-admin as it is shipped',
    inUse(roleFacts({ kind: 'ClusterRole', name: 'cluster-admin', rules: [CLUSTER_ADMIN] })),
    PASS,
  ],
  [
    'every verb on every resource',
    inUse(clusterRole(CLUSTER_ADMIN)),
    fails({ severity: 'High', message: 'a rule allows every verb on every resource of every API group' }),
  ],
  [
    'every resource',
    inUse(clusterRole(READ_ALL)),
    fails({ severity: 'Medium', path: 'rules', message: 'a rule allows get on every resource of API group core' }),
  ],
  [
    'every verb',
    inUse(clusterRole({ ...READ_PODS, verbs: ['get', '*'] })),
    fails({ severity: 'Medium', message: 'a rule allows every verb on pods of API group core' }),
  ],
  [
    'every verb on a URL',
    inUse(clusterRole({ nonResourceURLs: ['/metrics'], verbs: ['*'] })),
    fails({ severity: 'Medium', message: 'a rule allows every verb on /metrics' }),
  ],
  ['every API group only, mildly', inUse(clusterRole({ ...READ_PODS, apiGroups: ['*'] })), fails({ severity: 'Low' })],
  [
    'a wildcard that is limited by names, more mildly',
    inUse(
      clusterRole({ ...READ_PODS, verbs: ['*'], resourceNames: ['web'] }, { ...CLUSTER_ADMIN, resourceNames: ['web'] }),
    ),
    fails(
      { severity: 'Low', message: 'a rule allows every verb on pods of API group core called web' },
      { severity: 'Medium' },
    ),
  ],
  ['a role that nothing binds, as a hint', unused(clusterRole(CLUSTER_ADMIN)), fails({ severity: 'Info' })],
  ['two rules that say the same once', inUse(clusterRole(READ_ALL, { ...READ_ALL })), fails({ severity: 'Medium' })],
  [
    'many resources without listing them all',
    inUse(clusterRole({ apiGroups: ['apps'], resources: ['g', 'f', 'e', 'd', 'c', 'b', 'a'], verbs: ['*'] })),
    fails({ message: 'a rule allows every verb on a, b, c, d, e and 2 more of API group apps' }),
  ],
  [
    'the rule of a built-in role in a role of another name',
    inUse(roleFacts({ kind: 'ClusterRole', name: 'system:admin', rules: [CLUSTER_ADMIN] })),
    fails({ severity: 'High' }),
  ],
  [
    'the rule of a built-in ClusterRole in a Role of its name',
    inUse(roleFacts({ kind: 'Role', namespace: 'shop', name: 'cluster-admin', rules: [CLUSTER_ADMIN] })),
    fails({ severity: 'High' }),
  ],
]);

const ALL_PATHS: Partial<PolicyRule> = { nonResourceURLs: ['*'], verbs: ['get', 'post'] };

verdicts(nonResourceUrlWildcard, [
  [
    'a Role, in which paths grant nothing',
    inUse(roleFacts({ kind: 'Role', namespace: 'shop', name: 'r', rules: [ALL_PATHS] })),
    SKIP,
  ],
  [
    'paths by their beginning',
    inUse(clusterRole({ nonResourceURLs: ['/healthz/*', '/metrics'], verbs: ['get'] })),
    PASS,
  ],
  [
    'cluster-admin as it is shipped',
    inUse(
      roleFacts({
        kind: 'ClusterRole',
        name: 'cluster-admin',
        rules: [{ nonResourceURLs: ['*'], verbs: ['*'] }],
      }),
    ),
    PASS,
  ],
  [
    'every path',
    inUse(clusterRole(ALL_PATHS)),
    fails({ severity: 'Medium', path: 'rules', message: 'a rule allows get, post on every path' }),
  ],
  [
    'every path in another way, only to read',
    inUse(clusterRole({ nonResourceURLs: ['/*'], verbs: ['get'] })),
    fails({ severity: 'Low' }),
  ],
  ['a role that nothing binds, as a hint', unused(clusterRole(ALL_PATHS)), fails({ severity: 'Info' })],
]);

describe('canonicalRule', () => {
  it('is the same whatever the order, and whether or not empty lists are left out', () => {
    assert.equal(
      canonicalRule({
        apiGroups: ['b', 'a', 'a'],
        resources: ['x'],
        verbs: [],
        resourceNames: [],
        nonResourceURLs: [],
      }),
      canonicalRule({ apiGroups: ['a', 'b'], resources: ['x'] }),
    );
  });

  it('tells rules apart that hold the same words in other lists', () => {
    assert.notEqual(
      canonicalRule({ verbs: ['get'], resources: ['x'] }),
      canonicalRule({ verbs: ['x'], resources: ['get'] }),
    );
  });
});
