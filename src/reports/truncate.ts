import { REPORT_LIMITS, type SecurityReport } from '../crds/index.ts';

/** The largest report that is written, in bytes of compact JSON; etcd refuses requests over 1.5 MiB. */
export const MAX_REPORT_BYTES = 256 * 1024;
const MAX_FINDINGS = REPORT_LIMITS.maxItems.findings;

const sizeBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

/** Room for the `truncated` field itself and for a summary whose numbers grow. */
const RESERVED_BYTES = 256;

function fitting(findings: SecurityReport['findings'], room: number): number {
  let used = 0;
  for (const [index, finding] of findings.entries()) {
    used += sizeBytes(finding) + 1;
    if (used > room || index === MAX_FINDINGS) return index;
  }
  return findings.length;
}

/**
 * Cuts a report to what may be stored. Its findings are sorted from worst to mildest, so the mildest go; the summary
 * still counts them all, and `truncated` says how many are not shown.
 */
export function truncate(report: SecurityReport, maxBytes = MAX_REPORT_BYTES): SecurityReport {
  const { findings } = report;
  if (findings.length <= MAX_FINDINGS && sizeBytes(report) <= maxBytes) return report;
  const room = maxBytes - sizeBytes({ ...report, findings: [] }) - RESERVED_BYTES;
  const kept = fitting(findings, room);
  return { ...report, findings: findings.slice(0, kept), truncated: { findings: findings.length - kept } };
}

/** A text cut to what the API server takes for this field, in code points. */
export function clip(text: string, field: keyof typeof REPORT_LIMITS.maxLength): string {
  const limit = REPORT_LIMITS.maxLength[field];
  if (text.length <= limit) return text;
  const points = Array.from(text);
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}…`;
}
