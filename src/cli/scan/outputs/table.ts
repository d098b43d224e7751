import Table from 'cli-table3';
import { SEVERITIES, type Finding, type UnknownEntry } from '../../../crds/index.ts';
import type { ScannedReport, ScanTotals } from '../scan-event.ts';
import { counted, nameOfSubject, printable, type Printer, type PrinterOptions } from './printer.ts';

const NO_BORDERS = Object.fromEntries(
  [
    'top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left', 'bottom-right',
    'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid',
  ].map((part) => [part, '']),
); // prettier-ignore

const SEVERITY_WIDTH = 10;
const PLACE_WIDTH = 9;
const CHECK_WIDTH = 37;
const MIN_MESSAGE_WIDTH = 24;

type Paint = PrinterOptions['paint'];

function findingRow({ severity, check, container, message, source }: Finding, paint: Paint): readonly string[] {
  const place = source === undefined ? '' : `${source.line}:${source.column}`;
  const where = container === undefined ? '' : `${container}: `;
  return [paint(severity, severity), paint('faint', place), check, printable(`${where}${message}`)];
}

/** What could not be read is for the author to mend; what is merely not among the files is counted at the end. */
function unknownRows(unknown: readonly UnknownEntry[], paint: Paint): readonly (readonly string[])[] {
  return unknown
    .filter(({ reason }) => reason !== 'NotProvided')
    .map(({ check, reason, message }) => [paint('faint', 'Unknown'), '', check, printable(`${reason}: ${message}`)]);
}

function tableOf(rows: readonly (readonly string[])[], columns: number): string {
  const fixed = SEVERITY_WIDTH + PLACE_WIDTH + CHECK_WIDTH;
  const table = new Table({
    chars: { ...NO_BORDERS, middle: '' },
    style: { 'padding-left': 2, 'padding-right': 0, head: [], border: [], compact: true },
    colWidths: [SEVERITY_WIDTH, PLACE_WIDTH, CHECK_WIDTH, Math.max(MIN_MESSAGE_WIDTH, columns - fixed)],
    wordWrap: true,
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

function numbersOf({ report: { summary } }: ScannedReport): string {
  const found = SEVERITIES.map(
    (severity) => [summary[severity.toLowerCase() as Lowercase<typeof severity>], severity.toLowerCase()] as const,
  );
  const parts = found.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return [...parts, ...(summary.unknown > 0 ? [`${summary.unknown} unknown`] : [])].join(', ');
}

function summaryOf({ files, judged, ignored, malformed, findings, unknown }: ScanTotals, paint: Paint): string {
  const sum = SEVERITIES.reduce((total, severity) => total + findings[severity], 0);
  const parts = SEVERITIES.filter((severity) => findings[severity] > 0).map((severity) =>
    paint(severity, `${findings[severity]} ${severity.toLowerCase()}`),
  );
  const from = files === 0 ? '' : ` of ${counted(files, 'file')}`;
  const lines = [
    `${paint('heading', counted(sum, 'finding'))}${parts.length === 0 ? '' : ` (${parts.join(', ')})`} in ${counted(judged, 'object')}${from}`,
    ...(unknown > 0 ? [`${counted(unknown, 'verdict')} unknown (-o yaml says why)`] : []),
    ...(ignored > 0 ? [`${counted(ignored, 'document')} that no check is about`] : []),
    ...(malformed > 0 ? [paint('High', `${counted(malformed, 'malformed document')}, not judged`)] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** For people: what is wrong with each subject, file by file, and the sum of it. */
export function tablePrinter({ columns, paint }: PrinterOptions): Printer {
  let lastFile: string | undefined;
  return {
    begin: () => '',
    report(scanned) {
      const { report, source } = scanned;
      const rows = [
        ...report.findings.map((finding) => findingRow(finding, paint)),
        ...unknownRows(report.unknown, paint),
      ];
      if (rows.length === 0) return '';
      const file =
        source !== undefined && source.file !== lastFile ? `${paint('heading', printable(source.file))}\n` : '';
      lastFile = source?.file ?? lastFile;
      const namespace = report.metadata.namespace === undefined ? '' : ` in ${report.metadata.namespace}`;
      const heading = `${printable(nameOfSubject(scanned) + namespace)}  ${paint('faint', numbersOf(scanned))}`;
      return `${file}${heading}\n${tableOf(rows, columns)}\n\n`;
    },
    malformed: () => '',
    end: (totals) => summaryOf(totals, paint),
  };
}
