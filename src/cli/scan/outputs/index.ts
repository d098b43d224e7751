import type { OutputFormat } from '../../scan-options.ts';
import type { Printer, PrinterOptions } from './printer.ts';

export type { Printer, PrinterOptions } from './printer.ts';

type PrinterFor = (options: PrinterOptions) => Printer;

/** How each format is printed; what it takes for that is loaded when it is asked for. */
export const PRINTERS: Readonly<Record<OutputFormat, () => Promise<PrinterFor>>> = {
  table: async () => (await import('./table.ts')).tablePrinter,
  json: async () => (await import('./json.ts')).jsonPrinter,
  yaml: async () => (await import('./yaml.ts')).yamlPrinter,
  sarif: async () => (await import('./sarif.ts')).sarifPrinter,
  junit: async () => (await import('./junit.ts')).junitPrinter,
  github: async () => (await import('./github.ts')).githubPrinter,
};
