import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { RoleFacts, RoleName } from '../../../../src/inventory/facts/rbac.ts';
import { createRoleIndex, type RoleIndex } from '../../../../src/inventory/rbac/roles.ts';
import { aggregate, clusterRole, havingLabels, role, rule } from './facts.ts';

const READ = rule(['get'], ['pods']);
const WRITE = rule(['update'], ['pods']);
const EXEC = rule(['create'], ['pods/exec']);
const TO_VIEW = { 'to-view': 'true' };
const TO_EDIT = { 'to-edit': 'true' };

function indexOf(...roles: readonly RoleFacts[]): RoleIndex {
  const index = createRoleIndex();
  for (const each of roles) index.change(undefined, each);
  return index;
}

/** Of each rule of a ClusterRole the verbs and the role that it counts as. */
const rulesOf = (index: RoleIndex, name: string): readonly string[] | undefined =>
  index
    .rulesOf({ kind: 'ClusterRole', name })
    ?.map(({ rule: { verbs }, role: from }) => `${verbs.join()} of ${from.name}`);

const affected = (index: RoleIndex, ...change: Parameters<RoleIndex['affectedBy']>): readonly string[] =>
  [...new Set(index.affectedBy(...change))].sort();

describe('what a role allows', () => {
  it('is what stands in it', () => {
    const index = indexOf(role('shop', 'r', READ), clusterRole('r', [WRITE]));
    assert.deepEqual(index.rulesOf({ kind: 'Role', namespace: 'shop', name: 'r' }), [
      { rule: READ, role: { kind: 'Role', namespace: 'shop', name: 'r' } },
    ]);
    assert.deepEqual(rulesOf(index, 'r'), ['update of r']);
  });

  it('is not known of a role that is not there, also in another namespace', () => {
    const index = indexOf(role('shop', 'r', READ));
    assert.equal(index.rulesOf({ kind: 'Role', namespace: 'ci', name: 'r' }), undefined);
    assert.equal(index.rulesOf({ kind: 'Role', name: 'r' }), undefined);
    assert.equal(rulesOf(index, 'r'), undefined);
  });

  it('is the same list until it changes, so that it can be shared', () => {
    const index = indexOf(clusterRole('part', [READ], { labels: TO_VIEW }), aggregate('view', TO_VIEW));
    const view: RoleName = { kind: 'ClusterRole', name: 'view' };
    const before = index.rulesOf(view);
    index.change(undefined, clusterRole('other', [WRITE]));
    assert.equal(index.rulesOf(view), before);
    index.change(undefined, clusterRole('more', [WRITE], { labels: TO_VIEW }));
    assert.notEqual(index.rulesOf(view), before);
  });
});

describe('what an aggregated ClusterRole allows', () => {
  it('is what the roles allow that it selects, without copies as in files', () => {
    const parts = [clusterRole('b', [WRITE], { labels: TO_VIEW }), clusterRole('a', [READ], { labels: TO_VIEW })];
    assert.deepEqual(rulesOf(indexOf(...parts, aggregate('view', TO_VIEW)), 'view'), ['get of a', 'update of b']);
  });

  it('is the same with the copies of the controller, and counts as the rules of those who contribute', () => {
    const parts = [clusterRole('b', [WRITE], { labels: TO_VIEW }), clusterRole('a', [READ], { labels: TO_VIEW })];
    const filled = { ...aggregate('view', TO_VIEW), rules: [{ ...READ }, { ...WRITE }] };
    assert.deepEqual(rulesOf(indexOf(...parts, filled), 'view'), ['get of a', 'update of b']);
  });

  it('includes what other aggregated roles allow, which counts as a rule of the innermost', () => {
    const part = clusterRole('part', [READ], { labels: TO_VIEW });
    const view = { ...aggregate('view', TO_VIEW), labels: TO_EDIT, rules: [{ ...READ }] };
    const edit = { ...aggregate('edit', TO_EDIT), rules: [{ ...READ }] };
    assert.deepEqual(rulesOf(indexOf(edit, view, part), 'edit'), ['get of part']);
  });

  it('includes what stands in it alone', () => {
    const view = { ...aggregate('view', TO_VIEW), rules: [EXEC] };
    const index = indexOf(clusterRole('part', [READ], { labels: TO_VIEW }), view);
    assert.deepEqual(rulesOf(index, 'view'), ['get of part', 'create of view']);
  });

  it('ends where roles aggregate each other, and themselves', () => {
    const both = { ...TO_VIEW, ...TO_EDIT };
    const view = { ...aggregate('view', TO_VIEW), labels: both, rules: [READ] };
    const edit = { ...aggregate('edit', TO_EDIT), labels: both, rules: [WRITE] };
    const index = indexOf(view, edit);
    assert.deepEqual(rulesOf(index, 'view'), ['update of edit', 'get of view']);
    assert.deepEqual(rulesOf(index, 'edit'), ['get of view', 'update of edit']);
  });

  it('is everything that any ClusterRole allows, if a selector is empty', () => {
    const all = clusterRole('all', [], { aggregation: [[]] });
    assert.deepEqual(rulesOf(indexOf(all, clusterRole('a', [READ]), role('shop', 'b', WRITE)), 'all'), ['get of a']);
  });

  it('is nothing if it has no selector', () => {
    assert.deepEqual(
      rulesOf(indexOf(clusterRole('none', [], { aggregation: [] }), clusterRole('a', [READ])), 'none'),
      [],
    );
  });
});

describe('a change of a role', () => {
  const part = clusterRole('part', [READ], { labels: TO_VIEW });
  const view = { ...aggregate('view', TO_VIEW), labels: TO_EDIT };
  const edit = aggregate('edit', TO_EDIT);

  it('affects those that aggregate it, over however many others', () => {
    const index = indexOf(part, view, edit, clusterRole('other', [READ]));
    const after = { ...part, rules: [WRITE] };
    index.change(part, after);
    assert.deepEqual(affected(index, part, after), ['ClusterRole//edit', 'ClusterRole//part', 'ClusterRole//view']);
    assert.deepEqual(rulesOf(index, 'edit'), ['update of part']);
  });

  it('affects also those that aggregated it before its labels changed', () => {
    const index = indexOf(part, view, edit);
    const after = { ...part, labels: {} };
    assert.deepEqual(rulesOf(index, 'edit'), ['get of part']);
    index.change(part, after);
    assert.deepEqual(affected(index, part, after), ['ClusterRole//edit', 'ClusterRole//part', 'ClusterRole//view']);
    assert.deepEqual(rulesOf(index, 'edit'), []);
  });

  it('affects nobody else if it is in a namespace, whatever it is called', () => {
    const index = indexOf(part, view, edit);
    const other = role('shop', 'part', WRITE);
    index.change(undefined, other);
    assert.deepEqual(affected(index, undefined, other), ['Role/shop/part']);
  });
});

describe('the index of roles', () => {
  const NAMES = ['a', 'b', 'c', 'd'];
  const label = fc.constantFrom('x', 'y', 'z');
  const labels = fc.dictionary(label, fc.constantFrom('1', '2'), { maxKeys: 2 });
  const facts = fc.record({
    rules: fc.subarray([READ, WRITE, EXEC]),
    labels,
    aggregation: fc.option(fc.array(labels, { maxLength: 2 }), { nil: undefined }),
  });
  const steps = fc.array(fc.tuple(fc.constantFrom(...NAMES), fc.option(facts, { nil: undefined })), { maxLength: 20 });

  it('knows after any changes what one knows that saw only the end, and says of every change whom it affects', () => {
    fc.assert(
      fc.property(steps, fc.infiniteStream(fc.nat()), (changes, order) => {
        const index = createRoleIndex();
        const current = new Map<string, RoleFacts>();
        const snapshot = (): Map<string, string> =>
          new Map(
            NAMES.map((name) => [`ClusterRole//${name}`, JSON.stringify(index.rulesOf({ kind: 'ClusterRole', name }))]),
          );
        for (const [name, drawn] of changes) {
          const before = current.get(name);
          const after =
            drawn &&
            clusterRole(name, drawn.rules, {
              labels: drawn.labels,
              ...(drawn.aggregation && {
                aggregation: drawn.aggregation.map(havingLabels),
              }),
            });
          const known = snapshot();
          index.change(before, after);
          if (after === undefined) current.delete(name);
          else current.set(name, after);
          const told = new Set<string>(index.affectedBy(before, after));
          for (const [key, rules] of snapshot()) assert.ok(told.has(key) || rules === known.get(key), key);
        }
        const shuffled = [...current.values()].map((each) => [order.next().value, each] as const);
        const atOnce = indexOf(...shuffled.sort(([a], [b]) => a - b).map(([, each]) => each));
        for (const name of NAMES) {
          const key: RoleName = { kind: 'ClusterRole', name };
          assert.deepEqual(index.rulesOf(key), atOnce.rulesOf(key));
        }
      }),
    );
  });
});
