import assert from 'node:assert/strict';
import { finding, PASS, podCheck, SKIP, type Outcome } from '../../../src/checks/check.ts';
import { judge } from '../../../src/checks/judge.ts';
import { pod } from './verdicts.ts';

const check = (id: string, evaluate: () => Outcome): ReturnType<typeof podCheck> =>
  podCheck({
    id,
    severity: 'Medium',
    title: id,
    why: id,
    fix: id,
    references: {},
    maySkip: true,
    mayBeUndecided: true,
    evaluate,
  });

describe('judging one input by many checks', () => {
  it('sorts outcomes, and calls passed what stands in no list', () => {
    const judgement = judge(
      [
        check('passes', () => PASS),
        check('skips', () => SKIP),
        check('fails', () => [finding('spec.x', 'x is bad', { key: 'x' })]),
        check('fails-badly', () => [finding('spec.y', 'y is bad', { severity: 'Critical' })]),
        check('cannot-say', () => ({ reason: 'BeyondHorizon', message: 'too old a table' })),
      ],
      pod(),
      assert.fail,
    );
    assert.deepEqual(judgement, {
      findings: [
        { check: 'fails', severity: 'Medium', path: 'spec.x', message: 'x is bad', key: 'x' },
        { check: 'fails-badly', severity: 'Critical', path: 'spec.y', message: 'y is bad' },
      ],
      undecided: [{ check: 'cannot-say', reason: 'BeyondHorizon', message: 'too old a table' }],
      skipped: ['skips'],
    });
  });

  it('takes a check that throws for undecided, tells of it, and goes on', () => {
    const errors: string[] = [];
    const throwing = check('throws', () => {
      throw new TypeError('no such field');
    });
    const judgement = judge([throwing, check('fails', () => [finding('spec', 'bad')])], pod(), (id, error) =>
      errors.push(`${id}: ${String(error)}`),
    );
    assert.deepEqual(
      judgement.undecided.map(({ check: id, reason }) => [id, reason]),
      [['throws', 'Error']],
    );
    assert.equal(judgement.findings.length, 1);
    assert.deepEqual(errors, ['throws: TypeError: no such field']);
  });
});
