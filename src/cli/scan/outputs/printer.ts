import type { Finding, Severity, Suppression } from '../../../crds/index.ts';
import type { Check } from '../../../checks/check.ts';
import type { MalformedDocument, ScannedReport, ScanTotals } from '../scan-event.ts';

/** Turns a scan into text, piece by piece, so that nothing has to be kept. */
export interface Printer {
  readonly begin: () => string;
  readonly report: (scanned: ScannedReport) => string;
  readonly malformed: (document: MalformedDocument) => string;
  readonly end: (totals: ScanTotals) => string;
}

/** What the printers are told beside the scan itself. */
export interface PrinterOptions {
  readonly version: string;
  /** The checks that run. */
  readonly checks: readonly Check[];
  /** Characters in a line. */
  readonly columns: number;
  /** Whether people are shown what exceptions accept. */
  readonly showsSuppressed: boolean;
  /** Gives text its colours, or not. */
  readonly paint: (severity: Severity | 'heading' | 'faint', text: string) => string;
}

/** `Deployment web` */
export function nameOfSubject({ report: { subject } }: ScannedReport): string {
  return `${subject.kind} ${subject.name}`;
}

/** Whether no exception accepts it. */
export const isOpen = ({ suppressedBy }: Finding): boolean => suppressedBy === undefined;

/** `SecurityException packets: the exporter counts packets` */
export function acceptance({ kind, name, reason }: Suppression): string {
  return `${kind} ${name}: ${reason}`;
}

/**
 * Text of a manifest for a terminal or a log: characters that steer one, or turn the direction of writing, are shown instead of
 * sent.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Counted things in words: `1 finding`, `2 findings`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
