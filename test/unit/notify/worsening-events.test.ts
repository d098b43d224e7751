import assert from 'node:assert/strict';
import type { SeenFinding } from '../../../src/checks/union.ts';
import { worseningEvent } from '../../../src/notify/worsening-events.ts';
import { assemble } from '../../../src/reports/assemble.ts';
import { remember } from '../../../src/reports/records.ts';
import type { SecurityReport } from '../../../src/crds/index.ts';
import { assessment, record, WEB } from '../../support/reports.ts';

const found = (check: string, more: Partial<SeenFinding> = {}): SeenFinding => ({
  check,
  severity: 'High',
  message: check,
  ...more,
});

function report(findings: readonly SeenFinding[], hasBaseline = true): SecurityReport {
  const memory = {
    hasBaseline,
    knownChecks: new Set(findings.map(({ check }) => check)),
    watchedUntilSeconds: undefined,
  };
  const made = assemble(assessment({ findings }), undefined, { memory, now: new Date('2026-05-01'), retained: [] });
  assert.ok(made !== undefined);
  return made;
}

const eventOf = (after: SecurityReport, before?: SecurityReport): ReturnType<typeof worseningEvent> =>
  worseningEvent({
    subject: WEB,
    previous: before === undefined ? undefined : record(remember(before)),
    report: after,
  });

describe('the Event for a report that has become worse', () => {
  it('names what is new, on the workload itself, and where to look', () => {
    const event = eventOf(
      report([found('host-network'), found('privileged-container', { severity: 'Critical', container: 'app' })]),
      report([found('host-network')]),
    );
    assert.deepEqual(event, {
      regarding: WEB,
      type: 'Warning',
      reason: 'NewFindings',
      action: 'Judged',
      note: 'New: privileged-container (Critical, container app). See kubectl describe securityreport deployment-web -n shop',
    });
  });

  it('is none for the baseline', () => assert.equal(eventOf(report([found('host-network')], false)), undefined));

  it('is none when a finding goes, or only its message changes', () => {
    const before = report([found('host-network'), found('host-pid')]);
    assert.equal(eventOf(report([found('host-network')]), before), undefined);
    assert.equal(
      eventOf(report([found('host-network', { message: 'in other words' }), found('host-pid')]), before),
      undefined,
    );
  });

  it('is no warning if all that is new is mild', () => {
    assert.equal(eventOf(report([found('image-digest-not-pinned', { severity: 'Low' })]))?.type, 'Normal');
  });

  it('names five, and counts the rest', () => {
    const event = eventOf(report(Array.from({ length: 8 }, (_, index) => found(`check-${index}`))));
    assert.match(event?.note ?? '', /check-4 \(High\) and 3 more\./);
  });
});
