import type { Finding, Suppression } from '../../../crds/index.ts';
import type { Check } from '../../../checks/check.ts';
import type { Paint } from '../../paint.ts';
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
  readonly paint: Paint;
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
