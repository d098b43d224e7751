import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reportKeyOf, reportLabels, reportName } from '../../../src/reports/naming.ts';
import type { Subject } from '../../../src/inventory/subject-key.ts';

const RBAC = 'rbac.authorization.k8s.io';
const subject = (group: string, kind: string, name: string, namespace = 'shop'): Subject => ({
  group,
  kind,
  namespace,
  name,
});

const NAMES: readonly (readonly [string, Subject, RegExp])[] = [
  ['a Deployment', subject('apps', 'Deployment', 'web'), /^deployment-web$/],
  ['a name with dots', subject('', 'Node', 'node-a.example', ''), /^node-node-a\.example$/],
  ['the Cluster', subject('plimsoll.dev', 'Cluster', 'cluster', ''), /^cluster$/],
  [
    'an RBAC name with colons',
    subject(RBAC, 'ClusterRole', 'system:node', ''),
    /^clusterrole-system-node-[0-9a-f]{16}$/,
  ],
  ['an RBAC name with capitals', subject(RBAC, 'Role', 'Admin'), /^role-admin-[0-9a-f]{16}$/],
  ['an over-long name', subject('apps', 'Deployment', 'x'.repeat(250)), /^deployment-x{225}-[0-9a-f]{16}$/],
  ['a kind of an unknown group', subject('argoproj.io', 'Rollout', 'web'), /^rollout-web-[0-9a-f]{16}$/],
  ['a Deployment of an unknown group', subject('example.com', 'Deployment', 'web'), /^deployment-web-[0-9a-f]{16}$/],
  ['a name of nothing but colons', subject(RBAC, 'Role', ':::'), /^role-[0-9a-f]{16}$/],
];

describe('the name of a report', () => {
  for (const [name, of, expected] of NAMES)
    it(`is legal and readable for ${name}`, () => assert.match(reportName(of), expected));

  it('is a legal object name for any subject, and another for another', () => {
    const any = fc.record({
      group: fc.constantFrom('', 'apps', RBAC, 'example.com'),
      kind: fc.constantFrom('Deployment', 'Role', 'RoleBinding', 'Node', 'Rollout'),
      namespace: fc.constant('shop'),
      name: fc.string({ minLength: 1, maxLength: 300, unit: 'binary' }),
    });
    fc.assert(
      fc.property(any, any, (a, b) => {
        assert.match(reportName(a), /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/);
        assert.ok(reportName(a).length <= 253);
        const isSame = a.group === b.group && a.kind === b.kind && a.name === b.name;
        assert.equal(reportName(a) === reportName(b), isSame);
      }),
    );
  });

  it('puts the report of a Namespace into it, and of other cluster-scoped subjects into none', () => {
    assert.equal(reportKeyOf(subject('', 'Namespace', 'shop', '')), 'shop/namespace-shop');
    assert.equal(reportKeyOf(subject('', 'Node', 'a', '')), '/node-a');
  });
});

describe('the labels of a report', () => {
  it('leave out what no label may hold', () => {
    assert.equal(reportLabels(subject('apps', 'Deployment', 'web'))['plimsoll.dev/subject-name'], 'web');
    assert.ok(!('plimsoll.dev/subject-name' in reportLabels(subject(RBAC, 'Role', 'system:node'))));
    assert.ok(!('plimsoll.dev/subject-name' in reportLabels(subject('apps', 'Deployment', 'x'.repeat(64)))));
  });
});
