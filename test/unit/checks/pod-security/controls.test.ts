import assert from 'node:assert/strict';
import { CONTROLS, NEWEST_MINOR } from '../../../../src/checks/pod-security/controls.ts';
import type { ControlId, Level } from '../../../../src/checks/pod-security/index.ts';

const atLevel = (wanted: Level): readonly ControlId[] =>
  CONTROLS.filter(({ level }) => level === wanted).map(({ id }) => id);

describe('The controls', () => {
  it('are 12 of the baseline and 7 of the restricted level, each once', () => {
    assert.deepEqual([atLevel('baseline').length, atLevel('restricted').length], [12, 7]);
    assert.equal(new Set(CONTROLS.map(({ id }) => id)).size, 19);
  });

  it('list their versions from the oldest to the newest', () => {
    for (const { id, versions } of CONTROLS) {
      const minors = versions.map(({ from }) => from);
      assert.deepEqual(
        minors,
        [...new Set(minors)].toSorted((a, b) => a - b),
        id,
      );
      assert.notEqual(minors.length, 0, id);
    }
  });

  it('change last in the newest version that is known', () => {
    assert.equal(Math.max(...CONTROLS.flatMap(({ versions }) => versions.map(({ from }) => from))), NEWEST_MINOR);
  });

  it('override only from the restricted level down to the baseline', () => {
    for (const { id, level, overrides = [] } of CONTROLS) {
      assert.ok(overrides.length === 0 || level === 'restricted', id);
      assert.ok(
        overrides.every((other) => atLevel('baseline').includes(other)),
        id,
      );
    }
  });
});
