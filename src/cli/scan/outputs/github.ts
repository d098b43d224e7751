import type { Finding, Severity } from '../../../crds/index.ts';
import { counted, printable } from '../../text.ts';
import { isOpen, nameOfSubject, type Printer } from './printer.ts';

const COMMANDS: Readonly<Record<Severity, string>> = {
  Critical: 'error',
  High: 'error',
  Medium: 'warning',
  Low: 'notice',
  Info: 'notice',
};

/** As https://github.com/actions/toolkit escapes what stands after the two colons. */
const data = (text: string): string => printable(text).replaceAll('%', '%25');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

function command(
  name: string,
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const given = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : `${key}=${property(String(value))}`,
  );
  return `::${name} ${given.join(',')}::${data(message)}\n`;
}

function annotation({ check, severity, container, message, source }: Finding, subject: string): string {
  const where = container === undefined ? subject : `${subject}, container ${container}`;
  return command(
    COMMANDS[severity],
    { file: source?.file, line: source?.line, col: source?.column, title: `${check} (${severity})` },
    `${where}: ${message}`,
  );
}

/** Workflow commands, which GitHub shows beside the lines that they are about. */
export function githubPrinter(): Printer {
  return {
    begin: () => '',
    report: (scanned) =>
      scanned.report.findings
        .filter(isOpen)
        .map((finding) => annotation(finding, nameOfSubject(scanned)))
        .join(''),
    malformed: ({ file, line, column, message }) =>
      command('error', { file, line, col: column, title: 'malformed document' }, message),
    end: ({ judged, findings, suppressed }) => {
      const sum = Object.values(findings).reduce((total, each) => total + each, 0);
      const accepted = suppressed > 0 ? `; exceptions accept ${suppressed} more` : '';
      return `${counted(sum, 'finding')} in ${counted(judged, 'object')}${accepted}\n`;
    },
  };
}
