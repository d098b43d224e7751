import type { SecurityReport } from '../../src/crds/index.ts';

/** The report with the most critical findings, among equals the most high ones, and so on; undefined if there is none. */
export function worstReport(reports: readonly SecurityReport[]): SecurityReport | undefined {
  return reports.toSorted(worseFirst)[0];
}

function worseFirst({ summary: a }: SecurityReport, { summary: b }: SecurityReport): number {
  return b.critical - a.critical || b.high - a.high || b.medium - a.medium || b.low - a.low || b.info - a.info;
}
