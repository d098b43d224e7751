import type { Check } from '../../../checks/check.ts';
import type { Finding, Severity, Suppression } from '../../../crds/index.ts';
import type { MalformedDocument, ScannedReport } from '../scan-event.ts';
import { nameOfSubject, type Printer, type PrinterOptions } from './printer.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  Critical: 'error',
  High: 'error',
  Medium: 'warning',
  Low: 'note',
  Info: 'note',
};

/** By which GitHub sorts alerts into critical (over 9), high (from 7), medium (from 4) and low. */
const SCORES: Readonly<Record<Severity, string>> = {
  Critical: '9.5',
  High: '8.0',
  Medium: '5.5',
  Low: '2.0',
  Info: '0.1',
};

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

function rule({ id, title, why, fix, severity, references }: Check): object {
  return {
    id,
    name: id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why}\n\n${fix}`, markdown: `${why}\n\n**Fix:** ${fix}` },
    ...(references.urls?.[0] !== undefined && { helpUri: references.urls[0] }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['security', 'kubernetes'], 'security-severity': SCORES[severity] },
  };
}

/** A path as a relative reference, or as a URI if it is absolute. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':');
  if (path.startsWith('/')) return `file://${path}`;
  return file === '-' ? 'stdin' : path.replace(/^(\.\/)+/, '');
}

function physicalLocation({
  file,
  line,
  column,
}: {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}): object {
  return { artifactLocation: { uri: uriOf(file) }, region: { startLine: line, startColumn: column } };
}

/** All results of a run have a list of these, or none has (SARIF 2.1.0, 3.27.23): an empty one says that nothing accepts it. */
function suppressionsOf(suppressedBy: Suppression | undefined): readonly object[] {
  if (suppressedBy === undefined) return [];
  const kind = suppressedBy.kind === 'Annotation' ? 'inSource' : 'external';
  return [
    {
      kind,
      status: 'accepted',
      justification: suppressedBy.reason,
      properties: { by: `${suppressedBy.kind}/${suppressedBy.name}` },
    },
  ];
}

function result(finding: Finding, scanned: ScannedReport, ruleIndex: ReadonlyMap<string, number>): object {
  const { id, check, severity, message, container, path, source, suppressedBy } = finding;
  const subject = nameOfSubject(scanned);
  const { namespace } = scanned.report.metadata;
  const where = container === undefined ? subject : `${subject}, container ${container}`;
  const name = [namespace, subject.replace(' ', '/'), path].filter(Boolean).join('/');
  return {
    ruleId: check,
    ...(ruleIndex.has(check) && { ruleIndex: ruleIndex.get(check) }),
    level: LEVELS[severity],
    message: { text: `${where}: ${message}` },
    locations: [
      {
        ...(source && { physicalLocation: physicalLocation(source) }),
        logicalLocations: [{ fullyQualifiedName: name, kind: 'resource' }],
      },
    ],
    suppressions: suppressionsOf(suppressedBy),
    partialFingerprints: { 'plimsollFindingId/v1': id },
    properties: { severity, 'security-severity': SCORES[severity] },
  };
}

const notification = (document: MalformedDocument): object => ({
  level: 'error',
  message: { text: document.message },
  locations: [{ physicalLocation: physicalLocation(document) }],
});

/** SARIF 2.1.0: the rules first, then the results as they come. */
export function sarifPrinter({ version, checks }: PrinterOptions): Printer {
  const ruleIndex = new Map(checks.map(({ id }, index) => [id, index]));
  const notifications: object[] = [];
  let separator = '\n';
  return {
    begin() {
      const driver = { name: 'Plimsoll', version, semanticVersion: version, rules: checks.map(rule) };
      return `{"$schema":${JSON.stringify(SCHEMA)},"version":"2.1.0","runs":[{"tool":{"driver":${JSON.stringify(driver)}},"columnKind":"utf16CodeUnits","results":[`;
    },
    report(scanned) {
      const results = scanned.report.findings.map((finding) => {
        const text = `${separator}${JSON.stringify(result(finding, scanned, ruleIndex))}`;
        separator = ',\n';
        return text;
      });
      return results.join('');
    },
    malformed(document) {
      notifications.push(notification(document));
      return '';
    },
    end({ malformed }) {
      const invocation = { executionSuccessful: malformed === 0, toolExecutionNotifications: notifications };
      return `\n],"invocations":[${JSON.stringify(invocation)}]}]}\n`;
    },
  };
}
