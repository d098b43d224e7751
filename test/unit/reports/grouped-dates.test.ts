import assert from 'node:assert/strict';
import type { SeenFinding } from '../../../src/checks/union.ts';
import { CATALOGUE } from '../../../src/checks/catalogue.ts';
import type { Finding } from '../../../src/crds/index.ts';
import { assemble } from '../../../src/reports/assemble.ts';
import { remember } from '../../../src/reports/records.ts';
import { assessment, record } from '../../support/reports.ts';

const BEFORE = '2026-01-01T00:00:00Z';
const NOW = '2026-05-01T12:00:00Z';

const found = (check: string, more: Partial<SeenFinding> = {}): SeenFinding => ({
  check,
  severity: 'Medium',
  message: 'wrong',
  container: 'app',
  seenIn: 'Template',
  ...more,
});

/** The findings of a report at one time, and then at a later one. */
function then(first: readonly SeenFinding[], second: readonly SeenFinding[]): readonly Finding[] {
  const memory = {
    hasBaseline: true,
    knownChecks: new Set([...CATALOGUE.map(({ id }) => id), ...[...first, ...second].map(({ check }) => check)]),
    watchedUntilSeconds: undefined,
  };
  const earlier = assemble(assessment({ findings: first }), undefined, { memory, now: new Date(BEFORE), retained: [] });
  assert.ok(earlier !== undefined);
  const previous = record(remember(earlier));
  return (
    assemble(assessment({ findings: second }), previous, { memory, now: new Date(NOW), retained: [] })?.findings ?? []
  );
}

const datesOf = (findings: readonly Finding[]): Readonly<Record<string, string>> =>
  Object.fromEntries(findings.map(({ check, firstSeenTime }) => [check, firstSeenTime]));

const bare = [
  found('security-context-missing', { severity: 'Low' }),
  found('privilege-escalation-allowed'),
  found('capabilities-not-dropped'),
];

describe('The date of a finding that a cause has hidden', () => {
  it('is that of the cause, when the cause is mended and it is not', () => {
    const findings = then(bare, [found('privilege-escalation-allowed')]);
    assert.deepEqual(datesOf(findings), { 'privilege-escalation-allowed': BEFORE });
  });

  it('is today for what the cause had not hidden', () => {
    const findings = then(bare, [found('run-as-user-zero')]);
    assert.deepEqual(datesOf(findings), { 'run-as-user-zero': NOW });
  });

  it('survives two causes on top of each other', () => {
    const onVolume = (check: string): SeenFinding => ({
      check,
      severity: 'High',
      message: 'wrong',
      key: 'run',
      seenIn: 'Template',
    });
    const findings = then(
      [onVolume('container-runtime-socket'), onVolume('host-path-sensitive'), onVolume('host-path-volume')],
      [onVolume('host-path-volume')],
    );
    assert.deepEqual(datesOf(findings), { 'host-path-volume': BEFORE });
  });
});

describe('The date of a cause', () => {
  it('is that of the newest finding that it sums up, if all of these were known', () => {
    const findings = then(bare.slice(1), bare);
    assert.deepEqual(datesOf(findings), { 'security-context-missing': BEFORE });
  });

  it('is today if it sums up something new', () => {
    assert.deepEqual(datesOf(then(bare.slice(2), bare)), { 'security-context-missing': NOW });
  });

  it('is today if it is worse than what it hides', () => {
    const findings = then(bare.slice(1), [found('privileged-container', { severity: 'Critical' }), ...bare.slice(1)]);
    assert.deepEqual(datesOf(findings), { 'privileged-container': NOW });
  });

  it('stays as it was while what it hides comes and goes', () => {
    const cause = found('privileged-container', { severity: 'Critical' });
    assert.deepEqual(datesOf(then([cause], [cause, ...bare.slice(1)])), { 'privileged-container': BEFORE });
  });
});
