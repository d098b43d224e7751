import {
  SEVERITIES,
  type Finding,
  type SecurityReport,
  type Severity,
  type UnknownEntry,
} from '../../../crds/index.ts';
import { IGNORE_ANNOTATION } from '../../../inventory/facts/marks.ts';
import type { Paint } from '../../paint.ts';
import { counted, printable } from '../../text.ts';
import type { ScannedReport, ScanTotals } from '../scan-event.ts';
import { acceptance, isOpen, nameOfSubject, type Printer, type PrinterOptions } from './printer.ts';

const INDENT = 2;
const SEVERITY_WIDTH = 10;
const PLACE_WIDTH = 9;
const CHECK_WIDTH = 37;
const MIN_MESSAGE_WIDTH = 24;

interface Row {
  readonly rank: Severity | 'Unknown' | 'Note';
  /** Counts for nothing. */
  readonly isFaint: boolean;
  readonly place: string;
  readonly check: string;
  readonly message: string;
}

/** @param file the file under whose name the finding is listed; a place in another one is told in full */
function findingRow(finding: Finding, file: string | undefined): Row {
  const { severity, check, container, message, source, suppressedBy } = finding;
  const place = source === undefined ? '' : `${source.line}:${source.column}`;
  const where = container === undefined ? '' : `${container}: `;
  const isElsewhere = source !== undefined && source.file !== file;
  const accepted = suppressedBy === undefined ? '' : `; accepted by ${acceptance(suppressedBy)}`;
  const text = `${where}${message}${isElsewhere ? ` (${source.file}:${place})` : ''}${accepted}`;
  const isFaint = !isOpen(finding);
  return { rank: severity, isFaint, place: isElsewhere ? '' : place, check, message: printable(text) };
}

/** What could not be read is for the author to mend; what is merely not among the files is counted at the end. */
function unknownRows(unknown: readonly UnknownEntry[]): readonly Row[] {
  return unknown
    .filter(({ reason }) => reason !== 'NotProvided')
    .map(({ check, reason, message }) => ({
      rank: 'Unknown',
      isFaint: true,
      place: '',
      check,
      message: printable(`${reason}: ${message}`),
    }));
}

/** Annotations that do not do what whoever wrote them may believe. */
function annotationRows({ ineffectiveAnnotations = [] }: SecurityReport): readonly Row[] {
  return ineffectiveAnnotations.map(({ name, message }) => ({
    rank: 'Note',
    isFaint: true,
    place: '',
    check: printable(name.slice(IGNORE_ANNOTATION.length)),
    message: printable(`the annotation ${name} has no effect: ${message}`),
  }));
}

/** Columns, of which the last takes as many lines as it needs. Laid out by hand: a library for tables took four times the scan. */
function linesOf({ rank, isFaint, place, check, message }: Row, columns: number, paint: Paint): string {
  const indent = ' '.repeat(INDENT + SEVERITY_WIDTH + PLACE_WIDTH + CHECK_WIDTH);
  const [first = '', ...rest] = wrapped(message, Math.max(MIN_MESSAGE_WIDTH, columns - indent.length));
  const severity = paint(
    isFaint || rank === 'Unknown' || rank === 'Note' ? 'faint' : rank,
    rank.padEnd(SEVERITY_WIDTH),
  );
  const head = `${' '.repeat(INDENT)}${severity}${paint('faint', place.padEnd(PLACE_WIDTH))}${check.padEnd(CHECK_WIDTH)}`;
  return [`${head}${first}`, ...rest.map((line) => `${indent}${line}`)].join('\n');
}

/** A text in lines that are not longer than this, broken between words where that is possible. */
function wrapped(text: string, width: number): readonly string[] {
  if (text.length <= width) return [text];
  const space = text.lastIndexOf(' ', width);
  const end = space <= 0 ? width : space;
  return [text.slice(0, end), ...wrapped(text.slice(end).trimStart(), width)];
}

function numbersOf({ report: { summary } }: ScannedReport): string {
  const found = SEVERITIES.map(
    (severity) => [summary[severity.toLowerCase() as Lowercase<typeof severity>], severity.toLowerCase()] as const,
  );
  const parts = found.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  const others = [
    [summary.suppressed, 'accepted'],
    [summary.unknown, 'unknown'],
  ] as const;
  return [...parts, ...others.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)].join(', ');
}

function summaryOf(totals: ScanTotals, { paint, showsSuppressed }: PrinterOptions): string {
  const { files, judged, ignored, malformed, findings, suppressed, unknown } = totals;
  const sum = SEVERITIES.reduce((total, severity) => total + findings[severity], 0);
  const parts = SEVERITIES.filter((severity) => findings[severity] > 0).map((severity) =>
    paint(severity, `${findings[severity]} ${severity.toLowerCase()}`),
  );
  const from = files === 0 ? '' : ` of ${counted(files, 'file')}`;
  const lines = [
    `${paint('heading', counted(sum, 'finding'))}${parts.length === 0 ? '' : ` (${parts.join(', ')})`} in ${counted(judged, 'object')}${from}`,
    ...(suppressed > 0
      ? [
          `${counted(suppressed, 'finding')} accepted by exceptions${showsSuppressed ? '' : ' (--show-suppressed lists them)'}`,
        ]
      : []),
    ...(unknown > 0 ? [`${counted(unknown, 'verdict')} unknown (-o yaml says why)`] : []),
    ...(ignored > 0 ? [`${counted(ignored, 'document')} that no check is about`] : []),
    ...(malformed > 0 ? [paint('High', `${counted(malformed, 'malformed document')}, not judged`)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** For people: what is wrong with each subject, file by file, and the sum of it. */
export function tablePrinter(options: PrinterOptions): Printer {
  const { columns, paint, showsSuppressed } = options;
  let lastFile: string | undefined;
  return {
    begin: () => '',
    report(scanned) {
      const { report, source } = scanned;
      const rows = [
        ...report.findings
          .filter((finding) => showsSuppressed || isOpen(finding))
          .map((finding) => findingRow(finding, source?.file)),
        ...unknownRows(report.unknown),
        ...annotationRows(report),
      ];
      if (rows.length === 0) return '';
      const file =
        source !== undefined && source.file !== lastFile ? `${paint('heading', printable(source.file))}\n` : '';
      lastFile = source?.file ?? lastFile;
      const namespace = report.metadata.namespace === undefined ? '' : ` in ${report.metadata.namespace}`;
      const heading = `${printable(nameOfSubject(scanned) + namespace)}  ${paint('faint', numbersOf(scanned))}`;
      return `${file}${heading}\n${rows.map((row) => linesOf(row, columns, paint)).join('\n')}\n\n`;
    },
    malformed: () => '',
    end: (totals) => summaryOf(totals, options),
  };
}
