import assert from 'node:assert/strict';
import { byHand, hidden } from '../../../../src/checks/frameworks/framework.ts';
import type { ComplianceControl } from '../../../../src/crds/index.ts';
import { complianceControl, type ComplianceEvidence } from '../../../../src/reports/compliance/state.ts';
import type { ReportedControl } from '../../../../src/reports/compliance/scope.ts';
import { evidence, reported } from '../../../support/compliance.ts';

const only =
  (id: string) =>
  (check: string): boolean =>
    check === id;
const counts = (open: number, suppressed = 0): Pick<ComplianceEvidence, 'countsOf'> => ({
  countsOf: () => ({ open, suppressed }),
});
const UNDECIDED = 'could not be decided everywhere: b; the security reports say why';

type Told = Pick<ComplianceControl, 'state' | 'failing' | 'message'>;

const CASES: readonly (readonly [string, ReportedControl, Partial<ComplianceEvidence>, Told])[] = [
  ['passes what was judged without a finding', reported(['a', 'b']), {}, { state: 'Pass' }],
  [
    'fails by the number of subjects with an open finding',
    reported(['a']),
    counts(2, 1),
    { state: 'Fail', failing: 2 },
  ],
  ['exempts what has only findings under exceptions', reported(['a']), counts(0, 3), { state: 'Exempt' }],
  [
    'does not evaluate what is unknown of one of its checks, though the other found nothing',
    reported(['a', 'b']),
    { isUndecided: only('b') },
    { state: 'NotEvaluated', message: UNDECIDED },
  ],
  [
    'does not exempt either what is unknown in part',
    reported(['a', 'b']),
    { ...counts(0, 1), isUndecided: only('b') },
    { state: 'NotEvaluated', message: UNDECIDED },
  ],
  [
    'fails what has a finding, whatever else is unknown',
    reported(['a', 'b'], { switchedOff: ['c'] }),
    { ...counts(1), isUndecided: () => true, reservation: 'something is wrong' },
    { state: 'Fail', failing: 1 },
  ],
  [
    'does not evaluate what no check has judged, as there is nothing to judge',
    reported(['a']),
    { hasJudged: () => false },
    { state: 'NotEvaluated', message: 'there is nothing in this cluster that it applies to' },
  ],
  [
    'passes what one check has judged, where there is nothing that the other applies to',
    reported(['a', 'b']),
    { hasJudged: only('a') },
    { state: 'Pass' },
  ],
  [
    'does not evaluate what is switched off, wholly',
    reported([], { switchedOff: ['a'] }),
    {},
    { state: 'NotEvaluated', message: 'switched off: a' },
  ],
  [
    'does not evaluate what is switched off in part',
    reported(['a'], { switchedOff: ['b'] }),
    {},
    { state: 'NotEvaluated', message: 'only in part, as there is switched off: b' },
  ],
  ['passes without the checks that are a matter of taste', reported(['a'], { optional: ['b'] }), {}, { state: 'Pass' }],
  [
    'does not evaluate what only such checks decide, while nobody asked for them',
    reported([], { optional: ['b'] }),
    {},
    { state: 'NotEvaluated', message: 'off unless asked for: b; --checks switches them on' },
  ],
  [
    'does not evaluate what no check decides',
    reported([]),
    {},
    { state: 'NotEvaluated', message: 'no check decides it yet' },
  ],
  [
    'does not pass anything under a reservation',
    reported(['a']),
    { reservation: 'some reports are old' },
    { state: 'NotEvaluated', message: 'some reports are old' },
  ],
  [
    'leaves to people what only they can decide',
    reported([], { control: byHand('1', 'People agree', 'nobody asked them') }),
    counts(1),
    { state: 'Manual', message: 'decided by hand, since nobody asked them' },
  ],
  [
    'does not evaluate what the API does not show',
    reported([], { control: hidden('1', 'Files are safe', 'files are not in the API') }),
    {},
    { state: 'NotEvaluated', message: 'not decided here, since files are not in the API' },
  ],
  [
    'names no more checks than there is room for',
    reported(Array.from({ length: 20 }, (_, index) => `check-${index}`)),
    { isUndecided: () => true },
    {
      state: 'NotEvaluated',
      message:
        'could not be decided everywhere: check-0, check-1, check-2, check-3, check-4, check-5, check-6, check-7 and 12 more; the security reports say why',
    },
  ],
];

describe('The state of a control', () => {
  for (const [name, control, known, expected] of CASES) {
    it(name, () => {
      const { id, title, checks, ...told } = complianceControl(control, evidence(known));
      assert.deepEqual(told, expected);
      assert.deepEqual({ id, title }, { id: control.control.id, title: control.control.title });
      assert.deepEqual(checks, control.running.length === 0 ? undefined : control.running);
    });
  }
});
