import assert from 'node:assert/strict';
import { CATALOGUE } from '../../../src/checks/catalogue.ts';
import { createAvailability, type Unreadable } from '../../../src/controllers/availability.ts';
import type { Kind } from '../../../src/inventory/watched.ts';
import { ALL } from '../../support/all-checks.ts';

const denied: Unreadable = { reason: 'PermissionDenied', message: 'may not be read' };

function without(...kinds: readonly Kind[]): ReturnType<typeof createAvailability> {
  return createAvailability(
    (kind) => (kinds.includes(kind) ? denied : undefined),
    (kind) => !kinds.includes(kind),
  );
}

const idsOf = (target: Parameters<typeof ALL.of>[0]): readonly string[] => ALL.of(target).map(({ id }) => id);

describe('the availability of what checks read', () => {
  it('leaves nothing undecided where all can be read', () => {
    assert.deepEqual(without().undecided(CATALOGUE), []);
    assert.ok(CATALOGUE.every((check) => !without().isBlocked(check)));
  });

  it('blocks the checks that join a kind that cannot be read, and no others', () => {
    const blocked = CATALOGUE.filter((check) => without('NetworkPolicy').isBlocked(check)).map(({ id }) => id);
    assert.deepEqual(blocked, ['namespace-without-network-policy']);
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
    assert.deepEqual(
      stale.undecided(CATALOGUE).map(({ check }) => check),
      ['namespace-without-network-policy'],
    );
  });

  it('tells what is gone from what is out of sight', () => {
    const role = { group: 'rbac.authorization.k8s.io', kind: 'Role', namespace: 'shop', name: 'x' };
    const rollout = { group: 'argoproj.io', kind: 'Rollout', namespace: 'shop', name: 'x' };
    assert.deepEqual([without().isInSight(role), without('Role').isInSight(role)], [true, false]);
    assert.deepEqual([without('Role').isInSight(rollout), without('Pod').isInSight(rollout)], [true, false]);
  });
});
