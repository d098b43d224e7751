import { SEVERITIES, type SecurityReport, type Severity } from '../crds/index.ts';
import type { NotifiedFinding } from './change-set.ts';

/** Prefix of the annotations that say what a target is still to be told of a report. */
export const UNSENT_ANNOTATION = 'notify.plimsoll.dev/';

/** What targets are still to be told, by their names. It stands in the report, so that no crash between the two loses it. */
export type Unsent = ReadonlyMap<string, readonly NotifiedFinding[]>;

const isSeverity = (text: string | undefined): text is Severity => SEVERITIES.some((severity) => severity === text);

/** `0123456789abcdef,host-network,High,2026-05-01T12:00:00Z`: enough to tell of it when the finding itself is gone. */
const written = ({ id, check, severity, since }: NotifiedFinding): string => [id, check, severity, since].join();

function read(text: string): readonly NotifiedFinding[] {
  const [id = '', check = '', severity, since = ''] = text.split(',');
  return isSeverity(severity) && since !== '' ? [{ id, check, severity, since }] : [];
}

/** What a report's annotations say; what somebody else wrote there in another form counts as nothing. */
export function readUnsent(annotations: Readonly<Record<string, string>> | undefined): Unsent | undefined {
  const marks = Object.entries(annotations ?? {}).filter(([name]) => name.startsWith(UNSENT_ANNOTATION));
  if (marks.length === 0) return undefined;
  return new Map(
    marks.map(([name, value]) => [name.slice(UNSENT_ANNOTATION.length), value.split(' ').flatMap(read)] as const),
  );
}

/** The report with what is still to be told of it. */
export function withUnsent(report: SecurityReport, unsent: Unsent): SecurityReport {
  const marks = [...unsent].filter(([, findings]) => findings.length > 0);
  if (marks.length === 0) return report;
  const annotations = Object.fromEntries(
    marks.map(([target, findings]) => [`${UNSENT_ANNOTATION}${target}`, findings.map(written).sort().join(' ')]),
  );
  return {
    ...report,
    metadata: { ...report.metadata, annotations: { ...report.metadata.annotations, ...annotations } },
  };
}
