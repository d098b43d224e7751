import assert from 'node:assert/strict';
import type { Engine } from '../../../../src/controllers/engine.ts';
import { watchHealth } from '../../../../src/controllers/watching/watch-health.ts';
import type { Reflector, ReflectorState } from '../../../../src/kube/reflector-api.ts';

const NOW = 10_000_000;
const MINUTE = 60_000;

interface Watch {
  readonly state: ReflectorState;
  readonly hasSynced: boolean;
  readonly silentMs: number;
}

const reflector = ({ state, hasSynced, silentMs }: Watch): Reflector => ({
  resource: { group: '', version: 'v1', resource: 'pods', kind: 'Pod', namespaced: true },
  state: () => ({ state }),
  hasSynced: () => hasSynced,
  relist: () => undefined,
  lastEventTime: () => NOW - silentMs,
  done: Promise.resolve(),
});

function probes(
  watch: Watch,
  { isSettled = true, isFirstPassDone = true, isLeading = true } = {},
): ReturnType<typeof watchHealth> {
  const watching = { reflectors: [reflector(watch)], isSettled: () => isSettled };
  const engine = { watching, isFirstPassDone: () => isFirstPassDone } as unknown as Engine;
  return watchHealth(
    () => engine,
    () => isLeading,
    { wallMs: () => NOW },
  );
}

const HEALTHY: Watch = { state: 'Synced', hasSynced: true, silentMs: MINUTE };

describe('liveness', () => {
  it('has no problem with watches that move', () => assert.equal(probes(HEALTHY).moving.problem(), undefined));

  it('has one with a watch that has been silent for longer than any bookmark takes', () => {
    assert.match(probes({ ...HEALTHY, silentMs: 11 * MINUTE }).moving.problem() ?? '', /pods/);
  });

  it('has none with a watch that fails: a restart would not help', () => {
    assert.equal(probes({ ...HEALTHY, state: 'Failing', silentMs: 60 * MINUTE }).moving.problem(), undefined);
  });
});

describe('readiness', () => {
  it('is given once all is synced and the first pass done', () => {
    const { synced, firstPass } = probes(HEALTHY);
    assert.deepEqual([synced.problem(), firstPass.problem()], [undefined, undefined]);
  });

  it('is not given while a kind has not been read', () => {
    const { synced } = probes({ state: 'Syncing', hasSynced: false, silentMs: 0 }, { isSettled: false });
    assert.equal(synced.problem(), 'not read yet: pods');
  });

  it('names the CustomResourceDefinitions if only our own kinds are missing', () => {
    assert.match(
      probes({ ...HEALTHY, state: 'Absent', hasSynced: false }, { isSettled: false }).synced.problem() ?? '',
      /installed/,
    );
  });

  it('is not given to a leader before its first pass is done, but to a standby', () => {
    assert.notEqual(probes(HEALTHY, { isFirstPassDone: false }).firstPass.problem(), undefined);
    assert.equal(probes(HEALTHY, { isFirstPassDone: false, isLeading: false }).firstPass.problem(), undefined);
  });

  it('is not given before the API server has answered', () => {
    const { synced, moving } = watchHealth(
      () => undefined,
      () => false,
      { wallMs: () => NOW },
    );
    assert.notEqual(synced.problem(), undefined);
    assert.equal(moving.problem(), undefined);
  });
});
