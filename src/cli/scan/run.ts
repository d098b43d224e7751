import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { DEFAULT_PARAMETERS } from '../../checks/parameters.ts';
import { NEWEST_MINOR } from '../../checks/pod-security/controls.ts';
import type { Selection } from '../../checks/selection.ts';
import { createScope } from '../../controllers/scope.ts';
import { SEVERITIES, type Severity } from '../../crds/index.ts';
import { interruptible } from '../interruptible.ts';
import { paintFor } from '../paint.ts';
import type { ScanSettings } from '../scan-options.ts';
import { printable } from '../text.ts';
import { bookFor } from './exceptions/wanted.ts';
import { filesAt, readsStandardInput } from './files.ts';
import { FRAMEWORKS } from './frameworks.ts';
import { PRINTERS, type Printer } from './outputs/index.ts';
import { terminalProgress, type Progress } from './progress.ts';
import type { ScanContext } from './scan-context.ts';
import type { Scan, ScanEvent, ScanTotals } from './scan-event.ts';
import { scanFiles } from './scan-files.ts';
import { selectionFor } from './selection.ts';

const FOUND = 1;
const BAD_INPUT = 2;

/** Where output is not a terminal, lines are as long as this. */
const COLUMNS = 140;

/** Scans what the settings say and prints it. Resolves to the exit code. */
export async function runScan(settings: ScanSettings, context: ScanContext): Promise<number> {
  return interruptible(context.signal, async () => exitCode(await scanAndPrint(settings, context), settings));
}

async function scanAndPrint(settings: ScanSettings, context: ScanContext): Promise<ScanTotals> {
  const { scan, selection } = await startScan(settings, context);
  const printer = await printerFor(settings, selection, context);
  const progress = terminalProgress(context.stderr, settings.progress, () => context.now().getTime());
  try {
    return await printAll(scan, { printer, progress, context });
  } finally {
    progress.stop();
  }
}

interface Started {
  readonly scan: Scan;
  readonly selection: Selection;
}

async function startScan(settings: ScanSettings, context: ScanContext): Promise<Started> {
  if (settings.filenames.length > 0) return fileScan(settings, context);
  const { clusterScan } = await import('./cluster-scan.ts');
  return clusterScan(settings, context);
}

async function fileScan(settings: ScanSettings, { stdin, stderr, now }: ScanContext): Promise<Started> {
  const { filenames, exceptions, namespace, namespaces, excludeNamespaces, podSecurityMinor = NEWEST_MINOR } = settings;
  const selection = selectionFor(settings, podSecurityMinor, FRAMEWORKS);
  const standardInput = readsStandardInput([...filenames, ...exceptions]) ? await text(stdin) : undefined;
  const events = scanFiles(filesAt('--filename', filenames, standardInput), {
    selection,
    podSecurityMinor,
    parameters: { ...DEFAULT_PARAMETERS, allowedRegistries: settings.allowedRegistries },
    namespace,
    isComplete: settings.complete,
    exceptions: bookFor(settings, selection, now()),
    exceptionFiles: filesAt('--exceptions', exceptions, standardInput),
    scope: createScope({ include: namespaces, exclude: excludeNamespaces }),
    now: now(),
    onCheckError: (check, error) => void stderr.write(`plimsoll: the check ${check} failed: ${String(error)}\n`),
  });
  return { scan: inSteps(events), selection };
}

/** Lets signals and the terminal have their turn after every step. */
async function* inSteps(events: ReturnType<typeof scanFiles>): Scan {
  for (;;) {
    const { done, value } = events.next();
    if (done === true) return value;
    yield value;
    if (value.sort === 'step') await setImmediate();
  }
}

async function printerFor(
  { output, showSuppressed }: ScanSettings,
  { checks }: Selection,
  context: ScanContext,
): Promise<Printer> {
  const { version, stdout } = context;
  const create = await PRINTERS[output]();
  const columns = 'columns' in stdout && typeof stdout.columns === 'number' ? stdout.columns : COLUMNS;
  return create({ version, checks, columns, showsSuppressed: showSuppressed, paint: paintFor(stdout) });
}

interface Printing {
  readonly printer: Printer;
  readonly progress: Progress;
  readonly context: ScanContext;
}

/** Prints a scan as it goes. */
async function printAll(scan: Scan, { printer, progress, context }: Printing): Promise<ScanTotals> {
  const { stdout, stderr, signal } = context;
  const sums = createSums();
  await write(stdout, printer.begin());
  for (;;) {
    const { done, value } = await scan.next();
    signal.throwIfAborted();
    if (done === true) {
      progress.stop();
      const totals = { ...value, ...sums.totals() };
      await write(stdout, printer.end(totals));
      return totals;
    }
    sums.add(value);
    if (value.sort === 'step') await progress.step(value.done, value.total);
    if (value.sort === 'notice') stderr.write(`${printable(value.message)}\n`);
    if (value.sort === 'report') await write(stdout, printer.report(value));
    if (value.sort === 'malformed') {
      const { file, line, column, message } = value;
      stderr.write(`${printable(`${file}:${line}:${column}: ${message}`)}\n`);
      await write(stdout, printer.malformed(value));
    }
  }
}

async function write(stream: NodeJS.WritableStream, piece: string): Promise<void> {
  if (piece !== '' && !stream.write(piece)) await once(stream, 'drain');
}

type Sums = Pick<ScanTotals, 'malformed' | 'findings' | 'suppressed' | 'unknown'>;

function createSums(): { readonly add: (event: ScanEvent) => void; readonly totals: () => Sums } {
  const findings: Record<Severity, number> = { Critical: 0, High: 0, Medium: 0, Low: 0, Info: 0 };
  let malformed = 0;
  let suppressed = 0;
  let unknown = 0;
  return {
    add(event) {
      if (event.sort === 'malformed') malformed += 1;
      if (event.sort !== 'report') return;
      const { summary } = event.report;
      const counts = [summary.critical, summary.high, summary.medium, summary.low, summary.info];
      for (const [index, severity] of SEVERITIES.entries()) findings[severity] += counts[index] ?? 0;
      suppressed += summary.suppressed;
      unknown += summary.unknown;
    },
    totals: () => ({ malformed, findings, suppressed, unknown }),
  };
}

/** Bad input wins: of what could not be read nobody knows what would have been found. */
function exitCode({ malformed, findings }: ScanTotals, { failOn }: ScanSettings): number {
  if (malformed > 0) return BAD_INPUT;
  if (failOn === undefined) return 0;
  const worse = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  return worse.some((severity) => findings[severity] > 0) ? FOUND : 0;
}
