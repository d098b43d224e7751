import assert from 'node:assert/strict';
import type { Judged, Judgement } from '../../../src/checks/judge.ts';
import { unite } from '../../../src/checks/union.ts';

const judgement = (more: Partial<Judgement> = {}): Judgement => ({ findings: [], undecided: [], skipped: [], ...more });
const found = (check: string, more: Partial<Judged> = {}): Judged => ({
  check,
  severity: 'Medium',
  message: check,
  ...more,
});

describe('the union of a template and its live pods', () => {
  it('counts a violation once, and says it is of the template if it stands there', () => {
    const { findings } = unite(judgement({ findings: [found('a')] }), [
      judgement({ findings: [found('a'), found('b')] }),
    ]);
    assert.deepEqual(
      findings.map(({ check, seenIn }) => [check, seenIn]),
      [
        ['a', 'Template'],
        ['b', 'Pod'],
      ],
    );
  });

  it('tells violations apart by container and key', () => {
    const findings = [found('a', { container: 'x' }), found('a', { container: 'y' }), found('a', { key: 'k' })];
    assert.equal(unite(undefined, [judgement({ findings }), judgement({ findings })]).findings.length, 3);
  });

  it('keeps the worse of two severities', () => {
    const united = unite(judgement({ findings: [found('a')] }), [
      judgement({ findings: [found('a', { severity: 'High' })] }),
    ]);
    assert.deepEqual(
      united.findings.map(({ severity, seenIn }) => [severity, seenIn]),
      [['High', 'Template']],
    );
  });

  it('calls a check skipped only if every spec skips it', () => {
    const some = unite(judgement({ skipped: ['a', 'b'] }), [judgement({ skipped: ['b'] })]);
    assert.deepEqual(some.skipped, ['b']);
  });

  it('leaves a check undecided that one spec leaves so, once', () => {
    const undecided = [{ check: 'a', reason: 'Error', message: 'why' } as const];
    assert.deepEqual(unite(judgement({ undecided }), [judgement({ undecided })]).undecided, undecided);
  });

  it('of nothing is nothing', () => assert.deepEqual(unite(undefined, []), judgement()));
});
