import assert from 'node:assert/strict';
import {
  bindingCheck,
  finding,
  serviceAccountCheck,
  verdict,
  workloadCheck,
  type Decision,
} from '../../../src/checks/check.ts';
import { selectionOf } from '../../../src/checks/selection.ts';
import type { GrantedRule } from '../../../src/inventory/facts/rbac.ts';
import type { Kind } from '../../../src/inventory/watched.ts';
import { controllerObject, meta, raw, type Json } from '../../support/objects.ts';
import { world } from '../../support/world.ts';

const row = { severity: 'High', title: '', why: '', fix: '', references: {} } as const;

function readers(rules: readonly GrantedRule[]): Decision {
  const found = rules.filter(({ rule }) => rule.resources.includes('secrets'));
  return verdict(found.map(({ role }) => finding('', `${role.name} allows it`, { key: role.name })));
}

/** Checks of who may do something to secrets. */
const CHECKS = [
  bindingCheck({ ...row, id: 'binding-secrets', evaluate: ({ rules = [] }) => readers(rules) }),
  serviceAccountCheck({
    ...row,
    id: 'account-secrets',
    evaluate: ({ grants }) => readers(grants.flatMap(({ rules = [] }) => rules)),
  }),
  workloadCheck({
    ...row,
    id: 'workload-secrets',
    evaluate: ({ specs, grantsOf }) =>
      readers(specs.flatMap((spec) => grantsOf(spec.serviceAccountName)).flatMap(({ rules = [] }) => rules)),
  }),
];

interface Cluster {
  readonly put: (kind: Kind, metadata: Parameters<typeof meta>[0], content?: Json) => void;
  readonly deploy: (name: string, serviceAccountName: string) => void;
  /** Works on everything that is dirty, and answers which reports were written or removed. */
  readonly settle: () => Promise<readonly string[]>;
  /** The findings of each report, as `name: message`, sorted. */
  readonly findings: () => readonly string[];
}

function cluster(): Cluster {
  const { inventory, stored, dirty, reconcile } = world({ selection: selectionOf(CHECKS) });
  return {
    put: (kind, metadata, content = {}) => inventory.sink(kind).upsert(raw({ metadata: meta(metadata), ...content })),
    deploy: (name, serviceAccountName) =>
      inventory.sink('Deployment').upsert(controllerObject({ name }, { serviceAccountName, containers: [] })),
    async settle() {
      const changed: string[] = [];
      for (const key of dirty) if ((await reconcile(key)) !== 'unchanged') changed.push(key.split('|').at(-1) ?? '');
      dirty.clear();
      return changed.sort();
    },
    findings: () =>
      [...stored.values()]
        .flatMap(({ metadata: { name }, findings }) => findings.map(({ message }) => `${name}: ${message}`))
        .sort(),
  };
}

const READ_SECRETS = { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] };
const READ_PODS = { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };
const PART = { name: 'part', namespace: '', labels: { to: 'all' } };

describe('reports on what roles allow', () => {
  /** A Deployment whose ServiceAccount has a role that is made of parts. */
  async function bound(): Promise<Cluster> {
    const it = cluster();
    it.put('ClusterRole', PART, READ_PODS);
    it.put(
      'ClusterRole',
      { name: 'all', namespace: '' },
      {
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: 'all' } }] },
      },
    );
    it.put('ServiceAccount', { name: 'web' });
    it.put('ServiceAccount', { name: 'other' });
    it.deploy('web', 'web');
    it.deploy('other', 'other');
    it.put(
      'RoleBinding',
      { name: 'web-all' },
      {
        roleRef: { kind: 'ClusterRole', name: 'all' },
        subjects: [{ kind: 'ServiceAccount', name: 'web' }],
      },
    );
    await it.settle();
    assert.deepEqual(it.findings(), []);
    return it;
  }

  it('follow a rule that a part of the role gains, and one that it loses', async () => {
    const it = await bound();
    it.put('ClusterRole', PART, READ_SECRETS);
    await it.settle();
    assert.deepEqual(it.findings(), [
      'deployment-web: part allows it',
      'rolebinding-web-all: part allows it',
      'serviceaccount-web: part allows it',
    ]);
    it.put('ClusterRole', PART, READ_PODS);
    await it.settle();
    assert.deepEqual(it.findings(), []);
  });

  it('follow a role that is there at last, and one whose labels change', async () => {
    const it = await bound();
    it.put('ClusterRole', { ...PART, name: 'late' }, READ_SECRETS);
    await it.settle();
    assert.equal(it.findings().length, 3);
    it.put('ClusterRole', { ...PART, name: 'late', labels: {} }, READ_SECRETS);
    await it.settle();
    assert.deepEqual(it.findings(), []);
  });

  it('are not written when the controller copies into a role what is known already', async () => {
    const it = await bound();
    it.put('ClusterRole', PART, READ_SECRETS);
    await it.settle();
    it.put(
      'ClusterRole',
      { name: 'all', namespace: '' },
      {
        aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: 'all' } }] },
        ...READ_SECRETS,
      },
    );
    assert.deepEqual(await it.settle(), []);
  });
});
