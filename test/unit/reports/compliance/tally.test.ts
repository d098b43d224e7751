import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { createComplianceTally, type ComplianceTally } from '../../../../src/reports/compliance/tally.ts';
import { reportKey, type ReportKey } from '../../../../src/reports/naming.ts';
import type { KnownFinding, ReportRecord } from '../../../../src/reports/records.ts';
import { reported } from '../../../support/compliance.ts';
import { record } from '../../../support/reports.ts';

const WEB = reportKey('shop', 'deployment-web');
const API = reportKey('shop', 'deployment-api');

function finding(check: string, more: Partial<KnownFinding> = {}): KnownFinding {
  return { id: check, check, severity: 'High', origin: 'Observed', firstSeenTime: '2026-05-01T00:00:00Z', ...more };
}

const AB = reported(['a', 'b']);
const B = reported(['b']);

function tallied(...records: readonly (readonly [ReportKey, ReportRecord])[]): ComplianceTally {
  const tally = createComplianceTally([AB, B]);
  for (const [key, each] of records) tally.change(key, undefined, each);
  return tally;
}

describe('The tally of controls', () => {
  it('counts a subject once, however many findings it has', () => {
    const tally = tallied(
      [WEB, record({ findings: [finding('a'), finding('a', { id: 'a2' }), finding('b')] })],
      [API, record({ findings: [finding('a')] })],
    );
    assert.deepEqual(tally.countsOf(AB), { open: 2, suppressed: 0 });
    assert.deepEqual(tally.countsOf(B), { open: 1, suppressed: 0 });
  });

  it('takes what follows from a finding for a violation as well', () => {
    const tally = tallied([WEB, record({ findings: [finding('cause', { implies: ['a', 'b'] })] })]);
    assert.deepEqual(tally.countsOf(B), { open: 1, suppressed: 0 });
  });

  it('tells findings under exceptions, with what follows from them, from open ones', () => {
    const tally = tallied([
      WEB,
      record({ findings: [finding('cause', { implies: ['b'], isSuppressed: true }), finding('a')] }),
    ]);
    assert.deepEqual(tally.countsOf(AB), { open: 1, suppressed: 1 });
    assert.deepEqual(tally.countsOf(B), { open: 0, suppressed: 1 });
  });

  it('knows what is undecided somewhere, and that a report was cut', () => {
    const before = record({ unknown: ['b'], isCut: true });
    const tally = tallied([WEB, before]);
    assert.equal(tally.isUndecided('b'), true);
    assert.equal(tally.isUndecided('a'), false);
    assert.equal(tally.isCut(), true);
    tally.change(WEB, before, record());
    assert.equal(tally.isUndecided('b'), false);
    assert.equal(tally.isCut(), false);
  });

  it('does not count a report that is not stored any more', () => {
    const before = record({ findings: [finding('a')] });
    const tally = tallied([WEB, before]);
    tally.change(WEB, before, undefined);
    tally.change(WEB, { ...before, isStored: false }, undefined);
    assert.deepEqual(tally.countsOf(AB), { open: 0, suppressed: 0 });
  });

  const arbitraryRecord = fc
    .record({
      findings: fc.array(
        fc.record({
          check: fc.constantFrom('a', 'b', 'c'),
          implies: fc.subarray(['a', 'b']),
          isSuppressed: fc.boolean(),
        }),
        { maxLength: 4 },
      ),
      unknown: fc.subarray(['a', 'b', 'c']),
      isCut: fc.boolean(),
      isStored: fc.boolean(),
    })
    .map(({ findings, ...more }) =>
      record({
        ...more,
        findings: findings.map(({ check, implies, isSuppressed }, index) =>
          finding(check, { id: String(index), implies, ...(isSuppressed ? { isSuppressed } : {}) }),
        ),
      }),
    );
  const changes = fc.array(
    fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.option(arbitraryRecord, { nil: undefined })),
    { maxLength: 30 },
  );
  const outcome = (tally: ComplianceTally): unknown => ({
    counts: [AB, B].map((control) => tally.countsOf(control)),
    undecided: ['a', 'b', 'c'].map((check) => tally.isUndecided(check)),
    isCut: tally.isCut(),
  });

  it('depends on what the reports say in the end, not on how they came there, nor on their order', () => {
    fc.assert(
      fc.property(changes, fc.boolean(), (sequence, isReversed) => {
        const now = new Map<string, ReportRecord>();
        const stepwise = tallied();
        for (const [name, after] of sequence) {
          stepwise.change(reportKey('shop', name), now.get(name), after);
          if (after === undefined) now.delete(name);
          else now.set(name, after);
        }
        const last = [...now].map(([name, each]) => [reportKey('shop', name), each] as const);
        const atOnce = tallied(...(isReversed ? last.toReversed() : last));
        assert.deepEqual(outcome(stepwise), outcome(atOnce));
      }),
    );
  });
});
