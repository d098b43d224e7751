import type { Severity } from '../../crds/index.ts';
import type { KnownFinding } from '../records.ts';
import { count } from './count.ts';

/** How many open findings a check has at a severity. */
export interface CheckCount {
  readonly check: string;
  readonly severity: Severity;
  readonly count: number;
}

/** Open findings by check, in all namespaces and in each. */
export interface CheckCounts {
  readonly change: (namespace: string, finding: KnownFinding, sign: 1 | -1) => void;
  /** What was found once stays, at zero. */
  readonly total: () => Iterable<CheckCount>;
  /** Only what is found now. */
  readonly byNamespace: () => Iterable<CheckCount & { readonly namespace: string }>;
}

interface Row {
  readonly check: string;
  readonly severity: Severity;
  count: number;
}

export function createCheckCounts(): CheckCounts {
  const rows = new Map<string, Row[]>();
  const namespaces = new Map<string, Map<Row, number>>();

  function rowOf({ check, severity }: KnownFinding): Row {
    const known = rows.get(check) ?? [];
    const row = known.find((each) => each.severity === severity);
    if (row !== undefined) return row;
    const made = { check, severity, count: 0 };
    rows.set(check, [...known, made]);
    return made;
  }

  return {
    change(namespace, finding, sign) {
      const row = rowOf(finding);
      row.count += sign;
      const counts = namespaces.get(namespace) ?? new Map<Row, number>();
      count(counts, row, sign);
      if (counts.size === 0) namespaces.delete(namespace);
      else namespaces.set(namespace, counts);
    },
    *total() {
      for (const each of rows.values()) yield* each;
    },
    *byNamespace() {
      for (const [namespace, counts] of namespaces) {
        for (const [{ check, severity }, number] of counts) yield { namespace, check, severity, count: number };
      }
    },
  };
}
