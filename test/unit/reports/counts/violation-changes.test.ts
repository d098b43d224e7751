import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { violationChanges } from '../../../../src/reports/counts/violation-changes.ts';
import type { KnownFinding } from '../../../../src/reports/records.ts';
import { known, recordWith } from '../../../support/findings.ts';

const LATER = '2026-05-02T00:00:00Z';
const part = known('privilege-escalation-allowed', { severity: 'Medium' });
const cause = known('privileged-container', { severity: 'Critical', implies: [part.check] });
const baseline = known('host-pid', { origin: 'Baseline' });
const suppressed = { ...baseline, isSuppressed: true as const };

type Findings = readonly KnownFinding[] | undefined;

describe('What a write changes', () => {
  const cases: readonly (readonly [string, Findings, Findings, string])[] = [
    ['a finding that appears is opened', [], [part], 'opened Medium'],
    [
      'a first report opens all that is news in it, and nothing of the baseline',
      undefined,
      [part, cause, baseline],
      'opened Medium Critical',
    ],
    ['a finding that a new check brings is not opened', [], [known('x', { origin: 'Catalogue' })], ''],
    ['a finding that is fixed is closed, of the baseline too', [part, baseline], [], 'closed Medium High'],
    ['a report that goes closes all that is open', [part, suppressed], undefined, 'closed Medium'],
    ['what stays is neither', [part, baseline], [part, baseline], ''],
    ['one for another is both', [part], [known('x')], 'opened High closed Medium'],
    [
      'a subject made anew closes what the one before had',
      [part],
      [{ ...part, firstSeenTime: LATER }],
      'opened Medium closed Medium',
    ],
    ['what comes under an exception is not closed', [baseline], [suppressed], ''],
    ['what is found under an exception is not opened', [], [suppressed], ''],
    ['what an exception leaves is opened', [suppressed], [{ ...baseline, reopenedTime: LATER }], 'opened High'],
    [
      'what an exception has left stays opened once',
      [{ ...baseline, reopenedTime: LATER }],
      [{ ...baseline, reopenedTime: LATER }],
      '',
    ],
    ['what goes under an exception is not closed', [suppressed], [], ''],
    ['a finding that a new cause hides is not closed', [part], [{ ...cause, firstSeenTime: LATER }], 'opened Critical'],
    ['a finding that comes to light under its cause is not opened', [cause], [part], 'closed Critical'],
    ['a cause that only sums up what was there is not opened', [part], [cause], ''],
    ['one that is fixed is closed, though a cause hides another like it', [cause, part], [cause], 'closed Medium'],
  ];
  for (const [name, before, after, expected] of cases) {
    it(`is that ${name}`, () => {
      const { opened, closed } = violationChanges(before && recordWith(before), after && recordWith(after));
      const texts = [opened.length > 0 ? ['opened', ...opened] : [], closed.length > 0 ? ['closed', ...closed] : []];
      assert.equal(texts.flat().join(' '), expected);
    });
  }

  it('is not that what is cut from a report is closed', () => {
    assert.deepEqual(violationChanges(recordWith([part, cause]), recordWith([cause], { isCut: true })).closed, []);
  });

  const findings = fc.uniqueArray(
    fc
      .record({
        id: fc.constantFrom('1', '2', '3', '4'),
        origin: fc.constantFrom('Observed' as const, 'Baseline' as const),
        isSuppressed: fc.boolean(),
      })
      .map(({ id, origin, isSuppressed }) =>
        known(`check-${id}`, { id, origin, ...(isSuppressed && { isSuppressed }) }),
      ),
    { selector: ({ id }) => id },
  );
  it('is nothing for the same content, whatever it is, and adds up with what is open over any way to go', () => {
    fc.assert(
      fc.property(findings, findings, (before, after) => {
        const same = violationChanges(recordWith(before), recordWith(before));
        assert.deepEqual(same, { opened: [], closed: [] });
        const ids = (all: readonly KnownFinding[]): ReadonlySet<string> => new Set(all.map(({ id }) => id));
        const { closed } = violationChanges(recordWith(before), recordWith(after));
        const gone = before.filter(({ id, isSuppressed }) => isSuppressed !== true && !ids(after).has(id));
        assert.equal(closed.length, gone.length);
      }),
    );
  });
});
