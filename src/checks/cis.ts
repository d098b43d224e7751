import type { References } from './check.ts';

/** The versions of the CIS Kubernetes Benchmark that we map, from the oldest to the newest. */
export const BENCHMARKS = ['1.8', '1.9', '1.10', '1.11', '1.12'] as const;

export type Benchmark = (typeof BENCHMARKS)[number];

/**
 * An item of the CIS Kubernetes Benchmark in every version that we map, with the id it had `until` a version, if
 * another.
 */
export function cis(
  id: string,
  former?: { readonly id: string; readonly until: Benchmark },
): NonNullable<References['cis']> {
  const lastFormer = former === undefined ? -1 : BENCHMARKS.indexOf(former.until);
  return BENCHMARKS.map((version, index) => [version, former !== undefined && index <= lastFormer ? former.id : id]);
}
