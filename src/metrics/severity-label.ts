import type { Severity } from '../crds/index.ts';

/** Label values are lower case, as those of other exporters are; the API spells severities in CamelCase. */
export function severityLabel(severity: Severity): string {
  return severity.toLowerCase();
}
