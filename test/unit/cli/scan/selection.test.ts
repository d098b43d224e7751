import assert from 'node:assert/strict';
import { selectChecks } from '../../../../src/checks/selection.ts';
import type { Frameworks } from '../../../../src/cli/scan/frameworks.ts';
import { selectionFor } from '../../../../src/cli/scan/selection.ts';

const FRAMEWORKS: Frameworks = {
  names: ['hosts'],
  selection: (name, minor) =>
    name === 'hosts' ? selectChecks({ include: minor > 20 ? ['host-pid', 'host-ipc'] : ['host-pid'] }) : undefined,
};

describe('the checks of a scan', () => {
  const idsOf = (framework: string | undefined, skip: readonly string[] = [], minor = 37): readonly string[] =>
    selectionFor({ framework, checks: ['host-network'], skip }, minor, FRAMEWORKS).checks.map(({ id }) => id);

  it('are those that were chosen', () => {
    assert.deepEqual(idsOf(undefined), ['host-network']);
  });

  it('are those of a framework, at the version that judges', () => {
    assert.deepEqual(idsOf('hosts'), ['host-pid', 'host-ipc']);
    assert.deepEqual(idsOf('hosts', [], 20), ['host-pid']);
  });

  it('are those of a framework without those that are skipped', () => {
    assert.deepEqual(idsOf('hosts', ['host-pid']), ['host-ipc']);
  });

  it('are refused where there are none, and for a framework that does not exist', () => {
    assert.throws(() => idsOf('hosts', ['host-*']), { message: '--skip leaves no check to run; name fewer' });
    assert.throws(() => idsOf('host'), { message: '--framework: "host" is not known; did you mean hosts?' });
    assert.throws(() => idsOf('xyz'), { message: '--framework: "xyz" is not known; there are: hosts' });
  });
});
