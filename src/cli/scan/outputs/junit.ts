import XMLBuilder from 'fast-xml-builder';
import type { Finding, UnknownEntry } from '../../../crds/index.ts';
import { printable } from '../../text.ts';
import type { ScannedReport } from '../scan-event.ts';
import { acceptance, isOpen, nameOfSubject, type Printer } from './printer.ts';

const builder = new XMLBuilder({ ignoreAttributes: false, format: true, suppressEmptyNode: true });

type Attributes = Readonly<Record<`@_${string}`, string | number>>;

/** What XML cannot hold at all is shown, not sent. */
const attribute = (text: string): string => printable(text).replaceAll(/[\uFFFE\uFFFF]|\p{Cs}/gu, '\uFFFD');

/** A test that failed, or that an exception takes out of the count. */
function found(finding: Finding, classname: string): object {
  const { check, severity, container, message, path, source, suppressedBy } = finding;
  const where = source === undefined ? '' : `${source.file}:${source.line}:${source.column}`;
  const details = [where, path, container === undefined ? undefined : `container ${container}`].filter(Boolean);
  return {
    '@_classname': classname,
    '@_name': check,
    ...(source && { '@_file': attribute(source.file), '@_line': source.line }),
    ...(suppressedBy === undefined
      ? { failure: { '@_type': severity, '@_message': attribute(message), '#text': attribute(details.join(' ')) } }
      : { skipped: { '@_message': attribute(`${acceptance(suppressedBy)} (${message})`) } }),
  };
}

const skipped = ({ check, reason, message }: UnknownEntry, classname: string): object => ({
  '@_classname': classname,
  '@_name': check,
  skipped: { '@_message': attribute(`${reason}: ${message}`) },
});

function suite(scanned: ScannedReport): string {
  const { report } = scanned;
  const name = attribute([report.metadata.namespace, nameOfSubject(scanned)].filter(Boolean).join('/'));
  const { findings, unknown, summary } = report;
  const cases: readonly object[] = [
    ...findings.map((finding) => found(finding, name)),
    ...unknown.map((entry) => skipped(entry, name)),
    // Which ones passed is not kept, only how many.
    ...(summary.passed > 0 ? [{ '@_classname': name, '@_name': `${summary.passed} checks that passed` }] : []),
  ];
  const attributes: Attributes = {
    '@_name': name,
    '@_tests': cases.length,
    '@_failures': findings.filter(isOpen).length,
    '@_skipped': unknown.length + summary.suppressed,
  };
  return builder.build({ testsuite: { ...attributes, testcase: cases } });
}

/** A test suite for each subject, in which what is unknown or accepted is skipped. */
export function junitPrinter(): Printer {
  return {
    begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="plimsoll">\n',
    report: suite,
    malformed({ file, line, column, message }) {
      const testcase = {
        '@_classname': attribute(file),
        '@_name': `line ${line}`,
        error: { '@_type': 'Malformed', '@_message': attribute(`${file}:${line}:${column}: ${message}`) },
      };
      return builder.build({ testsuite: { '@_name': attribute(file), '@_tests': 1, '@_errors': 1, testcase } });
    },
    end: () => '</testsuites>\n',
  };
}
