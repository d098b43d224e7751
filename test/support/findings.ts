import type { KnownFinding, ReportRecord } from '../../src/reports/records.ts';
import { record } from './reports.ts';

/** A finding as it is remembered: open, and news since noon, unless said otherwise. */
export function known(check: string, more: Partial<KnownFinding> = {}): KnownFinding {
  return { id: check, check, severity: 'High', origin: 'Observed', firstSeenTime: '2026-05-01T12:00:00Z', ...more };
}

/** The record of a report with these findings, counted as its summary would count them. */
export function recordWith(findings: readonly KnownFinding[], more: Partial<ReportRecord> = {}): ReportRecord {
  const counts = { Critical: 0, High: 0, Medium: 0, Low: 0, Info: 0 };
  for (const { severity, isSuppressed } of findings) if (isSuppressed !== true) counts[severity] += 1;
  return record({ findings, counts, ...more });
}
