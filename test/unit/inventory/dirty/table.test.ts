import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createInventory, type Inventory } from '../../../../src/inventory/inventory.ts';
import { nameOfRole, roleNameOf } from '../../../../src/inventory/facts/rbac.ts';
import { parseSubjectKey, type Subject, type SubjectKey } from '../../../../src/inventory/subject-key.ts';
import type { Kind } from '../../../../src/inventory/watched.ts';
import { controlledBy, controllerObject, meta, podObject, raw, type Json } from '../../../support/objects.ts';
import type { RawObject } from '../../../../src/kube/raw-object.ts';

/** An object that is put, or taken away. */
interface Step {
  readonly kind: Kind;
  readonly object: RawObject;
  readonly isRemoval: boolean;
}

const ACCOUNTS = ['default', 'runner'];
const NAMES = ['a', 'b'];

const name = fc.constantFrom(...NAMES);
const spec = fc.constantFrom(...ACCOUNTS).map((serviceAccountName): Json => ({ serviceAccountName, containers: [] }));
const subjects = fc.subarray<Json>([
  { kind: 'ServiceAccount', namespace: 'shop', name: 'runner' },
  { kind: 'Group', name: 'system:serviceaccounts' },
  { kind: 'User', name: 'system:serviceaccount:shop:default' },
]);
const rules = fc.subarray<Json>([{ verbs: ['get'] }, { verbs: ['list'] }]);
const labels = fc.subarray(['x', 'y']).map((keys) => Object.fromEntries(keys.map((key) => [key, 'true'])));
const selectors = fc.array(labels, { maxLength: 1 }).map((all) => all.map((matchLabels) => ({ matchLabels })));

const cluster = (more: { readonly name: string; readonly [key: string]: unknown }): Json =>
  meta({ namespace: '', ...more });

const OBJECTS: { readonly [K in Kind]?: fc.Arbitrary<RawObject> } = {
  ServiceAccount: fc.constantFrom(...ACCOUNTS).map((account) => raw({ metadata: meta({ name: account }) })),
  Deployment: fc.tuple(name, spec).map(([id, podSpec]) => controllerObject({ name: id }, podSpec)),
  Job: fc
    .tuple(name, fc.option(name), spec)
    .map(([id, owner, podSpec]) =>
      controllerObject({ name: id, ...(owner === null ? {} : controlledBy('CronJob', owner, 'batch/v1')) }, podSpec),
    ),
  ReplicaSet: fc.tuple(name, fc.option(name)).map(([id, owner]) =>
    raw({
      metadata: meta({ name: id, generation: 1, ...(owner === null ? {} : controlledBy('Deployment', owner)) }),
    }),
  ),
  Pod: fc
    .tuple(
      fc.constantFrom('p', 'q', 'r'),
      fc.option(fc.tuple(fc.constantFrom('ReplicaSet', 'StatefulSet'), name)),
      spec,
    )
    .map(([id, owner, podSpec]) => podObject({ name: id, ...(owner === null ? {} : controlledBy(...owner)) }, podSpec)),
  ClusterRole: fc.record({ name, rules, labels, selectors }).map((drawn) =>
    raw({
      metadata: cluster({ name: drawn.name, labels: drawn.labels }),
      rules: drawn.rules,
      ...(drawn.selectors.length === 0 ? {} : { aggregationRule: { clusterRoleSelectors: drawn.selectors } }),
    }),
  ),
  Role: fc.tuple(name, rules).map(([id, given]) => raw({ metadata: meta({ name: id }), rules: given })),
  ClusterRoleBinding: fc
    .tuple(name, name, subjects)
    .map(([id, role, whom]) =>
      raw({ metadata: cluster({ name: id }), roleRef: { kind: 'ClusterRole', name: role }, subjects: whom }),
    ),
  RoleBinding: fc
    .tuple(name, fc.constantFrom('Role', 'ClusterRole'), name, subjects)
    .map(([id, kind, role, whom]) =>
      raw({ metadata: meta({ name: id }), roleRef: { kind, name: role }, subjects: whom }),
    ),
};

const step: fc.Arbitrary<Step> = fc.oneof(
  ...Object.entries(OBJECTS).map(([kind, object]) =>
    fc.record({ kind: fc.constant(kind as Kind), object, isRemoval: fc.boolean() }).map((drawn) => ({
      ...drawn,
      [fc.toStringMethod]: () => `${drawn.isRemoval ? '-' : '+'}${kind} ${drawn.object.bytes.toString()}`,
    })),
  ),
);

type Told = (inventory: Inventory<undefined>, subject: Subject) => unknown;

const grantsOf = (inventory: Inventory<undefined>, account: string): unknown =>
  inventory.grantsOf('shop', account).map(({ binding, subject, rules: given }) => [binding.ref.name, subject, given]);

const toldOfBinding: Told = (inventory, { kind, namespace, name: id }) => {
  const binding = inventory.get(kind === 'RoleBinding' ? kind : 'ClusterRoleBinding', namespace, id);
  const isThere = (account: string): boolean => inventory.get('ServiceAccount', 'shop', account) !== undefined;
  return (
    binding && [binding, inventory.rulesOf(roleNameOf(binding)), binding.subjects.map((each) => isThere(each.name))]
  );
};

const toldOfRole: Told = (inventory, { kind, namespace, name: id }) => {
  const role = inventory.get(kind === 'Role' ? kind : 'ClusterRole', namespace, id);
  return role && [role, inventory.rulesOf(nameOfRole(role)), inventory.isBound(nameOfRole(role))];
};

/** What the checks of a subject are told beside the object itself; all other subjects are workloads. */
const TOLD: Readonly<Record<string, Told>> = {
  ServiceAccount: (inventory, { name: account }) => [
    grantsOf(inventory, account),
    inventory.workloadsOf('shop', account),
    inventory.hasNeighbours('shop', account),
  ],
  Role: toldOfRole,
  ClusterRole: toldOfRole,
  RoleBinding: toldOfBinding,
  ClusterRoleBinding: toldOfBinding,
};

const toldOfWorkload: Told = (inventory, subject) => {
  const workload = inventory.workload(subject);
  if (workload === undefined) return undefined;
  const accounts = [workload.template, ...workload.pods].flatMap((each) => each?.serviceAccountName ?? []);
  return accounts.map((account) => [account, grantsOf(inventory, account), inventory.usersOf('shop', account)]);
};

function toldToAll(inventory: Inventory<undefined>): ReadonlyMap<SubjectKey, string> {
  const all = [...inventory.subjects()].map((key): readonly [SubjectKey, string | undefined] => {
    const subject = parseSubjectKey(key);
    return [key, JSON.stringify((TOLD[subject.kind] ?? toldOfWorkload)(inventory, subject))];
  });
  return new Map(all.flatMap(([key, told]) => (told === undefined ? [] : [[key, told]])));
}

describe('every change', () => {
  it('marks whoever sees other rights, or others that share them, than before', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const marked = new Set<SubjectKey>();
        const inventory = createInventory<undefined>({
          judgePod: () => undefined,
          judgeConfigValue: () => undefined,
          onDirty: (key) => marked.add(key),
          isReadable: () => true,
        });
        let before = toldToAll(inventory);
        for (const { kind, object, isRemoval } of steps) {
          marked.clear();
          inventory.sink(kind)[isRemoval ? 'remove' : 'upsert'](object);
          const after = toldToAll(inventory);
          for (const [key, told] of after)
            assert.ok(told === before.get(key) || marked.has(key), `${kind} does not mark ${key}`);
          before = after;
        }
      }),
      { numRuns: 1000 },
    );
  });
});
