import assert from 'node:assert/strict';
import { CATALOGUE } from '../../../../src/checks/catalogue.ts';
import { createAvailability, type Unreadable } from '../../../../src/controllers/assess/availability.ts';
import type { Kind } from '../../../../src/inventory/watched.ts';
import { ALL } from '../../../support/all-checks.ts';

const denied: Unreadable = { reason: 'PermissionDenied', message: 'may not be read' };

function without(...kinds: readonly Kind[]): ReturnType<typeof createAvailability> {
  return createAvailability(
    (kind) => (kinds.includes(kind) ? denied : undefined),
    (kind) => !kinds.includes(kind),
  );
}

/** Checks of objects of a kind, and checks that join it. */
const concernedBy = (kind: 'NetworkPolicy'): readonly string[] =>
  CATALOGUE.filter(({ target, reads }) => target === 'networkPolicy' || reads?.includes(kind) === true).map(
    ({ id }) => id,
  );

const idsOf = (target: Parameters<typeof ALL.of>[0]): readonly string[] => ALL.of(target).map(({ id }) => id);

describe('the availability of what checks read', () => {
  it('leaves nothing undecided where all can be read', () => {
    assert.deepEqual(without().undecided(CATALOGUE), []);
    assert.ok(CATALOGUE.every((check) => !without().isBlocked(check)));
  });

  const joined = new Set(CATALOGUE.flatMap(({ reads = [] }) => reads));
  for (const kind of joined) {
    it(`blocks the checks that join ${kind} where that cannot be read, and no others, and lists them`, () => {
      const availability = without(kind);
      const joining = CATALOGUE.filter(({ reads = [] }) => reads.includes(kind));
      assert.deepEqual(
        CATALOGUE.filter((check) => availability.isBlocked(check)),
        joining,
      );
      assert.deepEqual(
        availability.undecided(joining).map(({ check, reason }) => [check, reason]),
        joining.map(({ id }) => [id, 'PermissionDenied']),
      );
    });
  }

  it('blocks in this way checks of most sorts', () => {
    assert.ok(joined.size > 15);
    const blocked = new Set(CATALOGUE.filter((check) => without('NetworkPolicy').isBlocked(check)).map(({ id }) => id));
    assert.ok(blocked.has('namespace-without-network-policy') && blocked.has('pod-not-isolated'));
  });

  it('lists a check whose own subjects cannot all be seen, without blocking it for those that can', () => {
    const availability = without('CronJob');
    const undecided = new Set(availability.undecided(CATALOGUE).map(({ check }) => check));
    for (const id of [...idsOf('pod'), ...idsOf('workload')]) assert.ok(undecided.has(id), id);
    for (const id of idsOf('role')) assert.ok(!undecided.has(id), id);
    assert.ok(ALL.of('pod').every((check) => !availability.isBlocked(check)));
  });

  it('lists a check once, with every cause', () => {
    const entries = without('Pod', 'CronJob')
      .undecided(CATALOGUE)
      .filter(({ check }) => check === 'host-network');
    assert.deepEqual(entries, [
      { check: 'host-network', reason: 'PermissionDenied', message: 'may not be read; may not be read' },
    ]);
  });

  it('goes on with what was read before the permission was taken away, and still says so', () => {
    const stale = createAvailability(
      (kind) => (kind === 'NetworkPolicy' ? denied : undefined),
      () => true,
    );
    assert.ok(CATALOGUE.every((check) => !stale.isBlocked(check)));
    const undecided = stale.undecided(CATALOGUE).map(({ check }) => check);
    assert.deepEqual(undecided, concernedBy('NetworkPolicy'));
    assert.ok(undecided.includes('namespace-without-network-policy'));
  });

  it('takes what stands in for a kind for that kind', () => {
    const availability = without('CiliumNetworkPolicy');
    const isolated = CATALOGUE.find(({ id }) => id === 'pod-not-isolated');
    assert.ok(isolated !== undefined && availability.isBlocked(isolated));
    assert.deepEqual(
      availability.undecided([isolated]).map(({ reason }) => reason),
      ['PermissionDenied'],
    );
  });

  it('goes on without a kind that only adds to what a check finds, and says that it cannot know all', () => {
    const token = CATALOGUE.find(({ id }) => id === 'sa-long-lived-token');
    assert.ok(token !== undefined && !without('Secret').isBlocked(token));
    for (const kind of new Set(CATALOGUE.flatMap(({ alsoReads = [] }) => alsoReads))) {
      const adding = CATALOGUE.filter(({ alsoReads = [] }) => alsoReads.includes(kind));
      assert.ok(!adding.some((check) => without(kind).isBlocked(check)));
      assert.deepEqual(
        without(kind)
          .undecided(adding)
          .map(({ check }) => check),
        adding.map(({ id }) => id),
      );
    }
  });

  it('tells what is gone from what is out of sight', () => {
    const role = { group: 'rbac.authorization.k8s.io', kind: 'Role', namespace: 'shop', name: 'x' };
    const rollout = { group: 'argoproj.io', kind: 'Rollout', namespace: 'shop', name: 'x' };
    assert.deepEqual([without().isInSight(role), without('Role').isInSight(role)], [true, false]);
    assert.deepEqual([without('Role').isInSight(rollout), without('Pod').isInSight(rollout)], [true, false]);
  });
});
