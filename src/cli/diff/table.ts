import { SEVERITIES, type Severity } from '../../crds/index.ts';
import type { Paint } from '../paint.ts';
import { counted, printable } from '../text.ts';
import type { NewFinding } from './news.ts';
import type { News } from './read-news.ts';

const HEADINGS = ['SINCE', 'SEVERITY', 'NAMESPACE', 'SUBJECT', 'CHECK', 'CONTAINER', 'MESSAGE'] as const;
const SEVERITY_COLUMN = 1;
const GAP = 3;
/** What stands where there is nothing to say. */
const NONE = '-';

function cellsOf(finding: NewFinding): readonly string[] {
  const { newSince, severity, namespace = NONE, subject, check, container = NONE, message } = finding;
  const { reopenedTime, firstSeenTime } = finding;
  const again = reopenedTime === undefined ? '' : ` (open again; first seen ${firstSeenTime})`;
  const { kind, name } = subject;
  return [newSince, severity, namespace, `${kind}/${name}`, check, container, `${message}${again}`].map(printable);
}

/** Lines of columns; the last of these is as long as it is. */
function linesOf(findings: readonly NewFinding[], paint: Paint): readonly string[] {
  const rows = findings.map(cellsOf);
  const widths = HEADINGS.map((heading, column) =>
    rows.reduce((widest, row) => Math.max(widest, row[column]?.length ?? 0), heading.length),
  );
  const line = (cells: readonly string[], how: Paint): string =>
    cells
      .map((cell, column) => {
        const padded = column === cells.length - 1 ? cell : cell.padEnd((widths[column] ?? 0) + GAP);
        return column === SEVERITY_COLUMN ? how(cell as Severity, padded) : padded;
      })
      .join('');
  return [
    paint(
      'heading',
      line(HEADINGS, (_, text) => text),
    ),
    ...rows.map((row) => line(row, paint)),
  ];
}

function summaryOf({ findings, reports, withNews, cut }: News, from: string): readonly string[] {
  if (reports === 0) return ['There are no reports: does the operator run, and watch these namespaces?'];
  const parts = SEVERITIES.map(
    (severity) => [findings.filter((each) => each.severity === severity).length, severity] as const,
  )
    .filter(([count]) => count > 0)
    .map(([count, severity]) => `${count} ${severity.toLowerCase()}`);
  const what =
    findings.length === 0
      ? `Nothing is new in ${counted(reports, 'report')}`
      : `${counted(findings.length, 'new finding')} (${parts.join(', ')}) in ${withNews} of ${counted(reports, 'report')}`;
  return [
    `${what} since ${from}. What was closed meanwhile is in no report.`,
    ...(cut === 0 ? [] : [`${counted(cut, 'report')} with news had to be cut: milder findings may be missing.`]),
  ];
}

/** For people: a line for each new finding, and the sum of it. */
export function newsTable(news: News, from: string, paint: Paint): string {
  const lines = news.findings.length === 0 ? [] : [...linesOf(news.findings, paint), ''];
  return `${[...lines, ...summaryOf(news, from)].join('\n')}\n`;
}
