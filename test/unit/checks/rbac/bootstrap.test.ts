import assert from 'node:assert/strict';
import { specOf, workload as workloadInput } from '../inputs.ts';
import { fileURLToPath } from 'node:url';
import { judge } from '../../../../src/checks/judge.ts';
import type { Judged } from '../../../../src/checks/judge.ts';
import {
  roleNameOf,
  type BindingFacts,
  type PolicyRule,
  type RbacSubject,
  type RoleFacts,
  type RoleName,
} from '../../../../src/inventory/facts/rbac.ts';
import { shippedRulesOf } from '../../../../src/checks/rbac/user-roles.ts';
import {
  powerfulServiceAccount,
  serviceAccountShared,
} from '../../../../src/checks/service-accounts/workload-accounts.ts';
import { isEverybody } from '../../../../src/checks/rbac/everybody.ts';
import { DISTRIBUTION_BINDINGS, DISTRIBUTION_WILDCARDS } from '../../../../src/checks/tables/distributions/index.ts';
import { stale } from '../../../../tools/generate/generator.ts';
import { readBootstrapRbac, VERSIONS } from '../../../../tools/bootstrap-rbac/fixture.ts';
import { bootstrapRbacTable, readFixture } from '../../../../tools/bootstrap-rbac/table.ts';
import { account, bindingFacts, bound, granting, group, inUse, roleFacts, rule, unbound, user } from './facts.ts';
import { ALL } from '../../../support/all-checks.ts';
import { UNTOLD } from '../../../support/parameters.ts';
import { SERVER } from '../../../support/server.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

const rethrow = (_check: string, error: unknown): never => {
  throw error;
};
/** What is said of a role, whether or not it is bound. */
const findingsOfRole = (role: RoleFacts): readonly Judged[] => [
  ...judge(ALL.of('role'), inUse(role), rethrow).findings,
  ...judge(ALL.of('grant'), unbound(role), rethrow).findings,
];
/** What is said of a binding to a role of these rules. */
const findingsOfBinding = (binding: BindingFacts, rules: readonly PolicyRule[] = []): readonly Judged[] => [
  ...judge(ALL.of('binding'), bound(binding, ...rules), rethrow).findings,
  ...judge(ALL.of('grant'), granting(binding, ...rules), rethrow).findings,
];
/** What is said of each ServiceAccount that a binding names, and of a workload that runs as it. */
function findingsOfAccounts(binding: BindingFacts, rules: readonly PolicyRule[]): readonly Judged[] {
  return binding.subjects.flatMap((subject) => {
    const grants = [{ binding, subject, rules: granting(binding, ...rules).rules }];
    const ref = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      namespace: subject.namespace ?? '',
      name: subject.name,
      uid: 'uid',
    };
    const serviceAccount = { ref, automountServiceAccountToken: undefined, cloudIdentities: [] };
    const workload = workloadInput({
      subject: { ...ref, kind: 'Deployment' },
      specs: [
        {
          ...specOf(),
          serviceAccountName: subject.name,
          tokenMounts: { injected: true, shadowed: false, explicitVolumes: [] },
        },
      ],
      serviceAccount: () => serviceAccount,
      grantsOf: () => grants,
      usersOf: () => 2,
    });
    return [
      ...judge(
        ALL.of('serviceAccount'),
        {
          serviceAccount,
          grants,
          workloads: [],
          hasNeighbours: true,
          tokenSecrets: undefined,
          server: SERVER,
          parameters: UNTOLD,
        },
        rethrow,
      ).findings,
      ...judge([powerfulServiceAccount, serviceAccountShared], workload, rethrow).findings,
    ];
  });
}

const keyOfRole = ({ kind, namespace = '', name }: RoleName): string => [kind, namespace, name].join('/');

const ADDED_RULE = rule({ apiGroups: ['shop.example'], resources: ['*'], verbs: ['get'] });
const READ_SECRETS = rule({ apiGroups: [''], resources: ['secrets'], verbs: ['get', 'list'] });
const ADDED_SUBJECTS: readonly RbacSubject[] = [user('ann'), user('system:anonymous'), group('system:masters')];

for (const version of VERSIONS) {
  describe(`What Kubernetes ${version} bootstraps for RBAC`, () => {
    let roles: readonly RoleFacts[];
    let bindings: readonly BindingFacts[];
    let rulesOf: (binding: BindingFacts) => readonly PolicyRule[];

    before(async () => {
      const fixture = await readFixture(root, version);
      roles = fixture.roles.map((role) => roleFacts(role));
      bindings = fixture.bindings.map((binding) => bindingFacts(binding));
      const rules = new Map(roles.map((role) => [keyOfRole(role.ref as RoleName), role.rules]));
      rulesOf = (binding) => rules.get(keyOfRole(roleNameOf(binding))) ?? [];
      assert.ok(roles.length > 60 && bindings.length > 50);
    });

    it('has no finding', () => {
      assert.deepEqual(roles.flatMap(findingsOfRole), []);
      assert.deepEqual(
        bindings.flatMap((binding) => findingsOfBinding(binding, rulesOf(binding))),
        [],
      );
      const ofAccounts = bindings.filter(({ subjects }) => subjects.every(({ kind }) => kind === 'ServiceAccount'));
      assert.deepEqual(
        ofAccounts.flatMap((binding) => findingsOfAccounts(binding, rulesOf(binding))),
        [],
      );
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

    it('has one in every binding of somebody to whose role a rule was added', () => {
      for (const binding of bindings) {
        const found = findingsOfBinding(binding, [...rulesOf(binding), READ_SECRETS]);
        assert.deepEqual(
          found.map(({ check, key }) => [check, key]),
          // Whom nobody is bound by, nobody gains by.
          binding.subjects.map(({ kind, namespace = '', name }) => ['secrets-read', [kind, namespace, name].join('/')]),
          binding.ref.name,
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
      const changed = findingsOfBinding(
        { ...admins, subjects: [...admins.subjects, account('shop', 'ci')] },
        rulesOf(admins),
      );
      assert.deepEqual(new Set(changed.map(({ key }) => key)), new Set(['ServiceAccount/shop/ci']));
      const found = new Set(changed.map(({ check }) => check));
      assert.ok(found.has('cluster-admin-binding') && found.has('admin-equivalent-role'));
    });
  });
}

describe('What distributions bind for their own working', () => {
  const bindings = DISTRIBUTION_BINDINGS.map((each) => bindingFacts(each));
  const isPublic = ({ subjects }: BindingFacts): boolean => subjects.some(isEverybody);
  const isOfOwnRole = (binding: BindingFacts): boolean => shippedRulesOf(roleNameOf(binding)) === undefined;
  // Whatever they put into roles of their own; roles that Kubernetes ships are as they are shipped. Everybody is given nothing.
  const rulesOf = (binding: BindingFacts): readonly PolicyRule[] =>
    shippedRulesOf(roleNameOf(binding))?.map((granted) => granted.rule) ?? (isPublic(binding) ? [] : [READ_SECRETS]);

  it('has no finding', () => {
    for (const binding of bindings)
      assert.deepEqual(findingsOfBinding(binding, rulesOf(binding)), [], binding.ref.name);
    const ofAccounts = bindings.filter(({ subjects }) => subjects.every(({ kind }) => kind === 'ServiceAccount'));
    assert.ok(ofAccounts.length > 30);
    for (const binding of ofAccounts)
      assert.deepEqual(findingsOfAccounts(binding, rulesOf(binding)), [], binding.ref.name);
  });

  it('is of each binding only one row', () => {
    const names = DISTRIBUTION_BINDINGS.map(({ kind, namespace = '', name }) => [kind, namespace, name].join('/'));
    assert.equal(new Set(names).size, names.length);
  });

  it('has one for each subject that was added to a role that reads Secrets', () => {
    for (const binding of bindings.filter(isOfOwnRole)) {
      const changed = findingsOfBinding({ ...binding, subjects: [...binding.subjects, group('team')] }, [READ_SECRETS]);
      assert.deepEqual(
        changed.map(({ check, key }) => [check, key]),
        [...binding.subjects.filter(isEverybody), group('team')].map(({ kind, name }) => [
          'secrets-read',
          `${kind}//${name}`,
        ]),
        binding.ref.name,
      );
    }
  });

  it('has one where a rule was added to a role that everybody is bound to', () => {
    const open = bindings.filter(isPublic).filter(isOfOwnRole);
    assert.ok(open.length > 10);
    for (const binding of open) assert.ok(findingsOfBinding(binding, [READ_SECRETS]).length > 0, binding.ref.name);
  });

  it('has one for every added person, and for the same subject in a binding of another name or to another role', () => {
    for (const binding of bindings) {
      const withAnn = findingsOfBinding({ ...binding, subjects: [...binding.subjects, user('ann')] });
      assert.ok(
        withAnn.some(({ check, key }) => check === 'user-bound-directly' && key === 'User//ann'),
        binding.ref.name,
      );
      if (isPublic(binding)) continue;
      const renamed = { ...binding, ref: { ...binding.ref, name: `${binding.ref.name}-2` } };
      const found = findingsOfBinding(renamed, [READ_SECRETS]).map(({ check }) => check);
      assert.ok(found.includes('secrets-read'), binding.ref.name);
      const promoted: BindingFacts = { ...binding, roleRef: { kind: 'ClusterRole', name: 'cluster-admin' } };
      const isSame = binding.roleRef.name === 'cluster-admin';
      assert.equal(findingsOfBinding(promoted).length === 0, isSame, binding.ref.name);
    }
  });

  it('gives the account default no right of its own by what everybody has', () => {
    const bindingsOfAll = bindings.filter(isPublic);
    const grants = bindingsOfAll.flatMap((binding) =>
      binding.subjects.filter(isEverybody).map((subject) => ({
        binding,
        subject,
        rules: granting(binding, { nonResourceURLs: ['/version'], verbs: ['get'] }).rules,
      })),
    );
    const ref = { apiVersion: 'v1', kind: 'ServiceAccount', namespace: 'shop', name: 'default', uid: 'uid' };
    const serviceAccount = { ref, automountServiceAccountToken: false, cloudIdentities: [] };
    const input = {
      serviceAccount,
      grants,
      workloads: [],
      hasNeighbours: false,
      tokenSecrets: undefined,
      server: SERVER,
      parameters: UNTOLD,
    };
    assert.deepEqual(judge(ALL.of('serviceAccount'), input, rethrow).findings, []);
  });

  it('has no finding on the wildcards of its roles, and one on an added rule', () => {
    for (const role of DISTRIBUTION_WILDCARDS.map((each) => roleFacts(each))) {
      const found = (facts: RoleFacts): readonly string[] =>
        judge(ALL.of('role'), inUse(facts), rethrow).findings.map(({ check }) => check);
      assert.deepEqual(found(role), [], role.ref.name);
      assert.deepEqual(found({ ...role, rules: [...role.rules, ADDED_RULE] }), ['wildcard-in-role'], role.ref.name);
    }
  });
});

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
