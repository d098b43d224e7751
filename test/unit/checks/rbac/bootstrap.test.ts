import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { judge } from '../../../../src/checks/judge.ts';
import type { Judged } from '../../../../src/checks/judge.ts';
import type { BindingFacts, RbacSubject, RoleFacts } from '../../../../src/inventory/facts/rbac.ts';
import { stale } from '../../../../tools/generate/generator.ts';
import { readBootstrapRbac, VERSIONS } from '../../../../tools/bootstrap-rbac/fixture.ts';
import { bootstrapRbacTable, readFixture } from '../../../../tools/bootstrap-rbac/table.ts';
import { account, bindingFacts, bound, group, roleFacts, rule, user } from './facts.ts';
import { ALL } from '../../../support/all-checks.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

const rethrow = (_check: string, error: unknown): never => {
  throw error;
};
const findingsOfRole = (role: RoleFacts): readonly Judged[] => judge(ALL.of('role'), { role }, rethrow).findings;
const findingsOfBinding = (binding: BindingFacts): readonly Judged[] =>
  judge(ALL.of('binding'), bound(binding), rethrow).findings;

const ADDED_RULE = rule({ apiGroups: ['shop.example'], resources: ['*'], verbs: ['get'] });
const ADDED_SUBJECTS: readonly RbacSubject[] = [user('ann'), user('system:anonymous'), group('system:masters')];

for (const version of VERSIONS) {
  describe(`What Kubernetes ${version} bootstraps for RBAC`, () => {
    let roles: readonly RoleFacts[];
    let bindings: readonly BindingFacts[];

    before(async () => {
      const fixture = await readFixture(root, version);
      roles = fixture.roles.map((role) => roleFacts(role));
      bindings = fixture.bindings.map((binding) => bindingFacts(binding));
      assert.ok(roles.length > 60 && bindings.length > 50);
    });

    it('has no finding', () => {
      assert.deepEqual(roles.flatMap(findingsOfRole), []);
      assert.deepEqual(bindings.flatMap(findingsOfBinding), []);
    });

    it('has one in every role to which a rule with a wildcard was added', () => {
      for (const role of roles) {
        const changed = findingsOfRole({ ...role, rules: [...role.rules, ADDED_RULE] });
        assert.deepEqual(
          changed.map(({ check }) => check),
          ['wildcard-in-role'],
          role.ref.name,
        );
      }
    });

    it('has one in every binding to which a subject was added', () => {
      const checks = ['user-bound-directly', 'anonymous-binding', 'masters-group-binding'];
      for (const binding of bindings) {
        const added = ADDED_SUBJECTS.filter(({ name }) => binding.subjects.every((known) => known.name !== name));
        const changed = findingsOfBinding({ ...binding, subjects: [...binding.subjects, ...added] });
        const found = new Set(changed.map(({ check }) => check));
        // The group system:masters is at home in the binding cluster-admin, and only there.
        const expected = binding.ref.name === 'cluster-admin' ? ['user-bound-directly', 'anonymous-binding'] : checks;
        assert.ok(
          expected.every((check) => found.has(check)),
          binding.ref.name,
        );
      }
    });

    it('has one for a ServiceAccount that was added to the binding of cluster-admin', () => {
      const admins = bindings.find(({ ref }) => ref.name === 'cluster-admin');
      assert.ok(admins);
      const changed = findingsOfBinding({ ...admins, subjects: [...admins.subjects, account('shop', 'ci')] });
      assert.deepEqual(
        changed.map(({ check, key }) => [check, key]),
        [['cluster-admin-binding', 'ServiceAccount/shop/ci']],
      );
    });
  });
}

describe('The table of built-in RBAC', () => {
  it('is what the fixtures of all versions give', async () => {
    assert.deepEqual(await stale(root, [bootstrapRbacTable]), []);
  });

  it('is read from Lists without their API groups, namespaces and rules that are null', () => {
    const list = `
apiVersion: v1
kind: List
items:
- {kind: Role, metadata: {name: r, namespace: n, labels: {a: b}}, rules: null}
- kind: RoleBinding
  metadata: {name: b, namespace: n}
  roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r}
  subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: u}]
`;
    assert.deepEqual(readBootstrapRbac('v1', [list]), {
      version: 'v1',
      roles: [{ kind: 'Role', namespace: 'n', name: 'r', rules: [] }],
      bindings: [
        {
          kind: 'RoleBinding',
          namespace: 'n',
          name: 'b',
          roleRef: { kind: 'Role', name: 'r' },
          subjects: [{ kind: 'User', name: 'u' }],
        },
      ],
    });
  });
});
