import { DEFAULT_PARAMETERS } from '../../src/checks/parameters.ts';
import { NEWEST_MINOR } from '../../src/checks/pod-security/controls.ts';
import { createScope } from '../../src/controllers/scope.ts';
import type { SecurityReport } from '../../src/crds/index.ts';
import type { MalformedDocument } from '../../src/cli/scan/scan-event.ts';
import { scanFiles, type ScanFilesOptions } from '../../src/cli/scan/scan-files.ts';
import { ALL } from './all-checks.ts';

/** What a scan has said. */
export interface Scanned {
  readonly reports: readonly SecurityReport[];
  readonly malformed: readonly MalformedDocument[];
  readonly judged: number;
  readonly ignored: number;
}

function readable(text: string | Error): string {
  if (text instanceof Error) throw text;
  return text;
}

/** Scans texts as if they were files; a text alone is the file `a.yaml`, an error a file that cannot be read. Every check runs unless `options` say otherwise. */
export function scanTexts(
  texts: string | Readonly<Record<string, string | Error>>,
  options: Partial<ScanFilesOptions> = {},
): Scanned {
  const files = typeof texts === 'string' ? { 'a.yaml': texts } : texts;
  const events = scanFiles(
    Object.entries(files).map(([name, text]) => ({ name, read: () => readable(text) })),
    {
      selection: ALL,
      podSecurityMinor: NEWEST_MINOR,
      parameters: { ...DEFAULT_PARAMETERS, allowedRegistries: ['registry.example'] },
      scope: createScope({ include: [], exclude: [] }),
      namespace: undefined,
      isComplete: false,
      now: new Date('2026-11-24T12:00:00Z'),
      onCheckError: (check, error) => {
        throw new Error(`${check} threw`, { cause: error });
      },
      ...options,
    },
  );
  const reports: SecurityReport[] = [];
  const malformed: MalformedDocument[] = [];
  for (;;) {
    const { done, value } = events.next();
    if (done === true) return { reports, malformed, judged: value.judged, ignored: value.ignored };
    if (value.sort === 'report') reports.push(value.report);
    if (value.sort === 'malformed') malformed.push(value);
  }
}
