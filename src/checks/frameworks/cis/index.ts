import { BENCHMARKS, type Benchmark } from '../../cis.ts';
import type { Framework } from '../framework.ts';
import { CONTROL_PLANE } from './control-plane.ts';
import { itemIn } from './item.ts';
import { NODES } from './nodes.ts';
import { POLICIES } from './policies.ts';

const ITEMS = [...CONTROL_PLANE, ...NODES, ...POLICIES];

/** A version of the CIS Kubernetes Benchmark. */
function benchmark(version: Benchmark): Framework {
  return {
    name: `cis-${version}`,
    title: 'CIS Kubernetes Benchmark',
    version,
    controls: ITEMS.flatMap((item) => itemIn(version, item) ?? []),
    idsIn: ({ cis = [] }) => cis.filter(([of]) => of === version).map(([, id]) => id),
  };
}

/** All versions that are mapped, from the oldest to the newest. */
export const CIS: readonly Framework[] = BENCHMARKS.map(benchmark);

/** Minors of Kubernetes from which on a version of the benchmark is the one to use, as kube-bench chooses them. */
const SINCE_MINOR: Readonly<Record<Benchmark, number>> = { '1.8': 0, '1.9': 27, '1.10': 28, '1.11': 29, '1.12': 32 };

/** The name of the benchmark for servers of a minor. */
export function cisFor(serverMinor: number): string {
  const version = BENCHMARKS.findLast((each) => SINCE_MINOR[each] <= serverMinor) ?? '1.8';
  return `cis-${version}`;
}
