import type { SecurityReport, Severity } from '../../crds/index.ts';
import type { Position } from './yaml/parse.ts';

/** A document that could not be judged, or only in part of what it should say. */
export interface MalformedDocument extends Position {
  readonly file: string;
  readonly message: string;
}

/** A report, and where its subject stands if it comes from a file. */
export interface ScannedReport {
  readonly report: SecurityReport;
  readonly source: ({ readonly file: string } & Position) | undefined;
}

/** What happens during a scan, in the order in which it is printed. */
export type ScanEvent =
  | { readonly sort: 'step'; readonly done: number; readonly total: number }
  | ({ readonly sort: 'malformed' } & MalformedDocument)
  /** Something to know that makes nothing worse; the whole line. */
  | { readonly sort: 'notice'; readonly message: string }
  | ({ readonly sort: 'report' } & ScannedReport);

/** The scan in numbers. */
export interface ScanTotals {
  readonly files: number;
  /** Objects that were judged. */
  readonly judged: number;
  /** Documents and kinds of object that no check is about. */
  readonly ignored: number;
  readonly malformed: number;
  /** Open findings. */
  readonly findings: Readonly<Record<Severity, number>>;
  /** Findings that exceptions take out of these. */
  readonly suppressed: number;
  readonly unknown: number;
}

/** A scan: its events, and at the end its numbers. */
export type Scan = AsyncGenerator<ScanEvent, Pick<ScanTotals, 'files' | 'judged' | 'ignored'>>;
