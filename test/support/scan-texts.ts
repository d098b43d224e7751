import { DEFAULT_PARAMETERS } from '../../src/checks/parameters.ts';
import { NEWEST_MINOR } from '../../src/checks/pod-security/controls.ts';
import { createScope } from '../../src/controllers/scope.ts';
import type { SecurityReport } from '../../src/crds/index.ts';
import type { MalformedDocument } from '../../src/cli/scan/scan-event.ts';
import { scanFiles, type ScanFilesOptions } from '../../src/cli/scan/scan-files.ts';
import { createExceptionBook, type BookOptions } from '../../src/cli/scan/exceptions/book.ts';
import { DEFAULT_POLICY } from '../../src/reports/exceptions/policy.ts';
import { ALL } from './all-checks.ts';

/** What a scan has said. */
export interface Scanned {
  readonly reports: readonly SecurityReport[];
  readonly malformed: readonly MalformedDocument[];
  readonly notices: readonly string[];
  readonly judged: number;
  readonly ignored: number;
}

const NOW = new Date('2026-11-24T12:00:00Z');
const EVERYWHERE = createScope({ include: [], exclude: [] });

/** What `exceptions` of a scan is made of; nothing is allowed or protected unless a test says so. */
export const exceptionBook = (options: Partial<BookOptions> = {}): ReturnType<typeof createExceptionBook> =>
  createExceptionBook({
    policy: DEFAULT_POLICY,
    isCheck: (id) => ALL.checks.some((check) => check.id === id),
    selection: ALL,
    scope: EVERYWHERE,
    isScopeLimited: false,
    now: NOW,
    ...options,
  });

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
      scope: EVERYWHERE,
      exceptions: exceptionBook(),
      exceptionFiles: [],
      namespace: undefined,
      isComplete: false,
      now: NOW,
      onCheckError: (check, error) => {
        throw new Error(`${check} threw`, { cause: error });
      },
      ...options,
    },
  );
  const reports: SecurityReport[] = [];
  const malformed: MalformedDocument[] = [];
  const notices: string[] = [];
  for (;;) {
    const { done, value } = events.next();
    if (done === true) return { reports, malformed, notices, judged: value.judged, ignored: value.ignored };
    if (value.sort === 'report') reports.push(value.report);
    if (value.sort === 'malformed') malformed.push(value);
    if (value.sort === 'notice') notices.push(value.message);
  }
}
