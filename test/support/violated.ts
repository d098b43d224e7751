import type { SecurityReport } from '../../src/crds/index.ts';

/** Names of the checks that a report finds violated, sorted. */
export function violated({ findings }: Pick<SecurityReport, 'findings'>): readonly string[] {
  return [...new Set(findings.map(({ check }) => check))].sort();
}
