import assert from 'node:assert/strict';
import { assemble } from '../../../src/reports/assemble.ts';
import { MAX_REPORT_BYTES, truncate } from '../../../src/reports/truncate.ts';
import { assessment } from '../../support/reports.ts';

const context = {
  memory: { hasBaseline: true, knownChecks: new Set<string>(), watchedUntilSeconds: undefined },
  now: new Date('2026-05-01'),
  retained: [],
};

function reportWith(count: number, message: string): ReturnType<typeof assemble> {
  const findings = Array.from({ length: count }, (_, index) => ({
    check: 'host-port',
    severity: index % 2 === 0 ? ('Critical' as const) : ('Low' as const),
    message,
    key: String(index),
  }));
  return assemble(assessment({ findings }), undefined, context);
}

describe('truncating a report', () => {
  it('leaves one alone that fits', () => {
    const report = reportWith(100, 'a port');
    assert.equal(report?.truncated, undefined);
    assert.equal(report?.findings.length, 100);
  });

  it('cuts the mildest, says how many, and lets the counts stay true', () => {
    const report = reportWith(900, 'x'.repeat(900));
    assert.ok(report !== undefined);
    assert.ok(Buffer.byteLength(JSON.stringify(report)) <= MAX_REPORT_BYTES);
    assert.ok(report.findings.every(({ severity }) => severity === 'Critical'));
    assert.equal(report.findings.length + (report.truncated?.findings ?? 0), 900);
    assert.deepEqual([report.summary.critical, report.summary.low], [450, 450]);
  });

  it('never lists more findings than the API server takes', () => {
    const report = reportWith(1500, 'x');
    assert.equal(report?.findings.length, 1000);
    assert.deepEqual(report.truncated, { findings: 500 });
  });

  it('measures bytes, not characters', () => {
    const report = reportWith(50, '€'.repeat(300));
    assert.ok(report !== undefined);
    const cut = truncate(report, 20_000);
    assert.ok(Buffer.byteLength(JSON.stringify(cut)) <= 20_000);
    assert.ok(cut.findings.length > 0);
  });
});
