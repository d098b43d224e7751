import { dump } from 'js-yaml';
import type { Printer } from './printer.ts';

/** A document for each report. */
export function yamlPrinter(): Printer {
  return {
    begin: () => '',
    report: ({ report }) => `---\n${dump(report, { noRefs: true, lineWidth: 120 })}`,
    malformed: () => '',
    end: () => '',
  };
}
