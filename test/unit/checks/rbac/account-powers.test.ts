import assert from 'node:assert/strict';
import { powersOfAccount } from '../../../../src/checks/rbac/account-powers.ts';
import { describePath, powerPath } from '../../../../src/checks/rbac/power-path.ts';
import type { EffectiveGrant, PolicyRule } from '../../../../src/inventory/facts/rbac.ts';
import { account, bindingFacts, grantBy, group } from './facts.ts';
import { UNTOLD } from '../../../support/parameters.ts';
import { SERVER } from '../../../support/server.ts';

const TOLD = { server: SERVER, parameters: UNTOLD };

type Rule = Partial<PolicyRule>;

const RUNNER = account('ci', 'runner');
const SELF = { kind: 'ServiceAccount', namespace: 'ci', name: 'runner' };

const everywhere = (name: string, ...rules: readonly Rule[]): EffectiveGrant =>
  grantBy(
    bindingFacts({ kind: 'ClusterRoleBinding', name, roleRef: { kind: 'ClusterRole', name }, subjects: [RUNNER] }),
    ...rules,
  );
const inNamespace = (namespace: string, name: string, ...rules: readonly Rule[]): EffectiveGrant =>
  grantBy(
    bindingFacts({ kind: 'RoleBinding', namespace, name, roleRef: { kind: 'Role', name }, subjects: [RUNNER] }),
    ...rules,
  );

const on = (apiGroup: string, resource: string, ...verbs: readonly string[]): Rule => ({
  apiGroups: [apiGroup],
  resources: [resource],
  verbs,
});
const RBAC = 'rbac.authorization.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';

/** `severity id place` of each power, in order. */
const powers = (...grants: readonly EffectiveGrant[]): readonly string[] =>
  powersOfAccount(grants, TOLD).map(({ severity, power: { id }, reach: { namespace = '*' } }) =>
    [severity, id, namespace].join(' '),
  );

const paths = (...grants: readonly EffectiveGrant[]): readonly string[] =>
  powersOfAccount(grants, TOLD).map((held) => describePath(powerPath(SELF, held)));

describe('The powers of a ServiceAccount', () => {
  it('are none without rights', () => assert.deepEqual(powers(), []));

  it('are one where it owns the cluster, and not all that follows', () => {
    assert.deepEqual(powers(everywhere('admin', on('*', '*', '*')), inNamespace('ci', 'r', on('', 'secrets', 'get'))), [
      'Critical admin-equivalent-role *',
    ]);
  });

  it('count constrained impersonation whose two rights come by two bindings, and not along with the plain one', () => {
    const identity = everywhere('who', on('authentication.k8s.io', 'users', 'impersonate:user-info'));
    const requests = inNamespace('ci', 'what', on('', 'secrets', 'impersonate-on:user-info:get'));
    assert.deepEqual(powers(identity), []);
    assert.deepEqual(powers(identity, requests), ['Medium impersonate-user-info ci']);
    assert.deepEqual(powers(identity, requests, everywhere('all', on('', 'users', 'impersonate'))), [
      'Critical impersonate *',
    ]);
  });

  it('are not told of namespaces where they hold everywhere', () => {
    const read = on('', 'secrets', 'get');
    assert.deepEqual(powers(everywhere('a', read), inNamespace('ci', 'b', read)), ['Critical secrets-read *']);
    assert.deepEqual(powers(inNamespace('kube-system', 'a', read), inNamespace('ci', 'b', read)), [
      'Critical secrets-read kube-system',
      'Medium secrets-read ci',
    ]);
  });

  it('are told with what a name limits nearby and nothing limits further off', () => {
    const limited = { ...on('', 'secrets', 'get'), resourceNames: ['db'] };
    assert.deepEqual(powers(everywhere('a', limited), inNamespace('ci', 'b', on('', 'secrets', 'get'))), [
      'Medium secrets-read ci',
      'Low secrets-read *',
    ]);
  });

  it('are the union of all bindings', () => {
    const approval = on(CERTIFICATES, 'certificatesigningrequests/approval', 'update');
    const signers = on(CERTIFICATES, 'signers', 'approve');
    const create = on(CERTIFICATES, 'certificatesigningrequests', 'create');
    assert.deepEqual(powers(everywhere('a', approval)), []);
    assert.deepEqual(powers(everywhere('a', approval), everywhere('b', signers)), ['High csr-approve *']);
    assert.deepEqual(powers(everywhere('a', approval), everywhere('b', signers), everywhere('c', create)), [
      'Critical forge-certificates *',
    ]);
  });

  const combined: readonly (readonly [what: string, expected: string, ...rules: readonly (readonly [Rule, Rule])[]])[] =
    [
      [
        'creating bindings and bind',
        'bind-itself',
        [on(RBAC, 'clusterrolebindings', 'create'), on(RBAC, 'clusterroles', 'bind')],
      ],
      [
        'writing roles and escalate',
        'widen-roles',
        [on(RBAC, 'clusterroles', 'patch'), on(RBAC, 'clusterroles', 'escalate')],
      ],
      ['creating Secrets and reading them', 'mint-tokens', [on('', 'secrets', 'create'), on('', 'secrets', 'list')]],
      [
        'relabelling namespaces and creating pods',
        'lift-pod-security',
        [on('', 'namespaces', 'patch'), on('', 'pods', 'create')],
      ],
      ['closing nodes and evicting pods', 'steal-pods', [on('', 'nodes', 'patch'), on('', 'pods/eviction', 'create')]],
    ];
  for (const [what, expected, ...pairs] of combined) {
    it(`are more by ${what} than by either`, () => {
      for (const [one, other] of pairs) {
        const both = powers(everywhere('a', one), everywhere('b', other));
        assert.deepEqual(
          both.map((each) => each.split(' ')[1]),
          [expected],
        );
        const apart = [...powers(everywhere('a', one)), ...powers(everywhere('b', other))];
        assert.ok(apart.every((each) => !each.includes(expected)));
      }
    });
  }

  it('are combined where both halves hold', () => {
    const create = inNamespace('shop', 'a', on(RBAC, 'rolebindings', 'create'));
    const bind = on(RBAC, 'clusterroles', 'bind');
    assert.ok(powers(create, everywhere('b', bind)).includes('High bind-itself shop'));
    assert.ok(powers(create, inNamespace('portal', 'b', bind)).every((each) => !each.includes('bind-itself')));
  });

  it('take a volume of its own, a claim and a pod', () => {
    const found = powers(
      everywhere('a', on('', 'persistentvolumes', 'create')),
      inNamespace('shop', 'b', on('', 'persistentvolumeclaims', 'create'), on('', 'pods', 'create')),
    );
    assert.deepEqual(found, ['High mount-nodes shop', 'Medium persistent-volume-create *']);
  });

  it('leave out what Kubernetes grants', () => {
    const binding = bindingFacts({
      kind: 'ClusterRoleBinding',
      name: 'cluster-admin',
      roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [group('system:masters')],
    });
    assert.deepEqual(powers(grantBy(binding, on('*', '*', '*'))), []);
  });
});

describe('The path to a power', () => {
  it('leads over the binding', () => {
    assert.deepEqual(paths(everywhere('runner-admin', on('', 'pods', 'create'))), [
      'pod → ServiceAccount ci/runner → ClusterRoleBinding runner-admin → create pods in every namespace',
    ]);
  });

  it('names the group by which alone the binding reaches the account', () => {
    const binding = bindingFacts({
      kind: 'RoleBinding',
      namespace: 'ci',
      name: 'all',
      roleRef: { kind: 'Role', name: 'r' },
      subjects: [group('system:serviceaccounts:ci')],
    });
    const byGroup = grantBy(binding, on('', 'pods', 'create'));
    assert.deepEqual(paths(byGroup), [
      'pod → ServiceAccount ci/runner → Group system:serviceaccounts:ci → RoleBinding ci/all → create pods in namespace ci',
    ]);
    const byName = { ...byGroup, binding: { ...binding, subjects: [...binding.subjects, RUNNER] }, subject: RUNNER };
    const expected = ['pod → ServiceAccount ci/runner → RoleBinding ci/all → create pods in namespace ci'];
    assert.deepEqual(paths(byGroup, byName), expected);
    assert.deepEqual(paths(byName, byGroup), expected);
  });

  it('leads over every binding that is needed', () => {
    assert.deepEqual(
      paths(
        everywhere('signers', on(CERTIFICATES, 'signers', 'approve')),
        everywhere('approval', on(CERTIFICATES, 'certificatesigningrequests/approval', 'patch')),
      ),
      [
        'pod → ServiceAccount ci/runner → ClusterRoleBinding approval and ClusterRoleBinding signers → approve certificates',
      ],
    );
  });

  it('is a graph from the pod to the power', () => {
    const [held] = powersOfAccount([everywhere('runner-admin', on('', 'pods', 'create'))], TOLD);
    assert.ok(held);
    const { nodes, edges } = powerPath(SELF, held);
    assert.deepEqual(
      nodes.map(({ kind }) => kind),
      ['Pod', 'Subject', 'Binding', 'Role', 'Power'],
    );
    assert.deepEqual(
      edges.map(({ label }) => label),
      ['runs as', 'is bound by', 'to', 'allows create on pods of API group core'],
    );
    assert.deepEqual(
      edges.map(({ from }) => from),
      nodes.slice(0, -1).map(({ id }) => id),
    );
    assert.deepEqual(
      edges.map(({ to }) => to),
      nodes.slice(1).map(({ id }) => id),
    );
  });

  it('says once what several ways share', () => {
    const [held] = powersOfAccount(
      [
        everywhere('a', on(CERTIFICATES, 'signers', 'approve')),
        everywhere('b', on(CERTIFICATES, 'certificatesigningrequests/approval', 'patch')),
      ],
      TOLD,
    );
    assert.ok(held);
    const { nodes, edges } = powerPath(SELF, held);
    assert.deepEqual(nodes.map(({ label }) => label).sort(), [
      'ClusterRole a',
      'ClusterRole b',
      'ClusterRoleBinding a',
      'ClusterRoleBinding b',
      'ServiceAccount ci/runner',
      'approve certificates',
      'pod',
    ]);
    assert.equal(edges.length, 7);
  });
});
