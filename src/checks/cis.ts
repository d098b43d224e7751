import type { References } from './check.ts';

/** The versions of the CIS Kubernetes Benchmark that we map, from the oldest to the newest. */
export const BENCHMARKS = ['1.8', '1.9', '1.10', '1.11', '1.12'] as const;

export type Benchmark = (typeof BENCHMARKS)[number];

/** How an item differs in earlier versions: it had another id `until` one of them, or it exists only `since` one. */
type History = { readonly id: string; readonly until: Benchmark } | { readonly since: Benchmark };

function idIn(version: Benchmark, id: string, history: History | undefined): string | undefined {
  if (history === undefined) return id;
  const index = BENCHMARKS.indexOf(version);
  if ('since' in history) return index < BENCHMARKS.indexOf(history.since) ? undefined : id;
  return index <= BENCHMARKS.indexOf(history.until) ? history.id : id;
}

/** An item of the CIS Kubernetes Benchmark, as (version, id) pairs for every version that we map and that has it. */
export function cis(id: string, history?: History): NonNullable<References['cis']> {
  return BENCHMARKS.flatMap((version) => {
    const own = idIn(version, id, history);
    return own === undefined ? [] : [[version, own] as const];
  });
}
