import assert from 'node:assert/strict';
import type { SecurityProfileSpec } from '../../../../src/crds/index.ts';
import { createProfile, type Profile } from '../../../../src/controllers/profile/profile.ts';
import { profileStatus } from '../../../../src/controllers/profile/status.ts';
import { raw } from '../../../support/objects.ts';

const GOOD: SecurityProfileSpec = { checks: { disable: ['host-pid'] } };
const BETTER: SecurityProfileSpec = { checks: { disable: ['host-ipc'] } };
const BAD: SecurityProfileSpec = { checks: { disable: ['nothing'] } };

interface Tried extends Profile {
  readonly apply: (spec: object | undefined, status?: object) => void;
  /** For each change, whether something else acts. */
  readonly told: readonly boolean[];
}

function tried(): Tried {
  const told: boolean[] = [];
  const profile = createProfile((hasOtherEffect) => told.push(hasOtherEffect));
  let generation = 0;
  return {
    ...profile,
    told,
    apply(spec, status) {
      generation += 1;
      profile.sink.upsert(raw({ metadata: { name: 'default', uid: 'uid-profile', generation }, spec, status }));
    },
  };
}

describe('the profile of a cluster', () => {
  it('acts when it is valid', () => {
    const { apply, acting, told } = tried();
    assert.deepEqual(acting(), {});
    apply(GOOD);
    assert.deepEqual([acting(), told], [GOOD, [true]]);
  });

  it('leaves the last good one at work when it is not, and says what is wrong', () => {
    const { apply, acting, state, told } = tried();
    apply(GOOD);
    apply(BAD);
    assert.deepEqual([acting(), told], [GOOD, [true, false]]);
    assert.deepEqual(
      state()?.rejected.map(({ path }) => path),
      ['spec.checks.disable[0]'],
    );
    apply(BETTER);
    assert.deepEqual([acting(), told], [BETTER, [true, false, true]]);
  });

  it('remembers the last good one over a restart, by the status', () => {
    const { apply, acting } = tried();
    apply(BAD, { activeSpec: GOOD });
    assert.deepEqual(acting(), GOOD);
  });

  it('does not believe a status that is not valid either', () => {
    const { apply, acting } = tried();
    apply(BAD, { activeSpec: BAD });
    assert.deepEqual(acting(), {});
  });

  it('survives what no schema would let through', () => {
    const { apply, acting, state } = tried();
    apply({ checks: { disable: 5 } });
    assert.deepEqual(acting(), {});
    assert.equal(state()?.rejected[0]?.path, 'spec');
  });

  it('ends with its object, also if nobody saw it go', () => {
    const { apply, acting, told, sink } = tried();
    apply(GOOD);
    sink.startReplace();
    sink.endReplace();
    assert.deepEqual([acting(), told], [{}, [true, true]]);
  });

  it('tells of no other effect where only its status or a label was changed', () => {
    const { apply, told } = tried();
    apply(GOOD);
    apply(GOOD, { observedGeneration: 1 });
    assert.deepEqual(told, [true, false]);
  });
});

describe('the status of the profile', () => {
  const state = { generation: 3, acting: GOOD, rejected: [], isReady: true };
  const now = new Date('2026-05-01T12:00:00Z');
  const later = new Date('2026-05-02T12:00:00Z');

  it('says that all was judged by it, and keeps what acts', () => {
    const { conditions, activeSpec, rejected } = profileStatus(state, undefined, now);
    assert.deepEqual(
      conditions?.map(({ type, status, reason }) => [type, status, reason]),
      [
        ['Accepted', 'True', 'Valid'],
        ['Ready', 'True', 'Judged'],
      ],
    );
    assert.deepEqual([activeSpec, rejected], [GOOD, undefined]);
  });

  it('is the same at a later time, as nothing else has changed', () => {
    const first = profileStatus(state, undefined, now);
    assert.deepEqual(profileStatus(state, first, later), first);
  });

  it('names the first thing that is wrong, and how many more there are', () => {
    const rejected = [
      { path: 'spec.checks.disable[0]', message: 'There is no check that nothing fits.' },
      { path: 'spec.checks.disable[1]', message: 'There is no check that never fits.' },
    ];
    const [accepted] = profileStatus({ ...state, rejected }, undefined, now).conditions ?? [];
    assert.equal(accepted?.status, 'False');
    assert.match(accepted?.message ?? '', /^spec\.checks\.disable\[0\]: .* 1 more/);
  });

  it('is not ready where nothing was ever accepted', () => {
    const { conditions } = profileStatus({ ...state, acting: undefined }, undefined, now);
    assert.equal(conditions?.find(({ type }) => type === 'Ready')?.reason, 'NothingAccepted');
  });
});
