import type { Printer } from './printer.ts';

/** One array, with a report on each line. */
export function jsonPrinter(): Printer {
  let separator = '';
  return {
    begin: () => '[',
    report({ report }) {
      const text = `${separator}\n${JSON.stringify(report)}`;
      separator = ',';
      return text;
    },
    malformed: () => '',
    end: () => '\n]\n',
  };
}
