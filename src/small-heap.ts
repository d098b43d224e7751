import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Both halves of the young generation together; V8 starts with 1 MiB and doubles it when much survives. */
const YOUNG_BYTES = 8 * 1024 * 1024;
/** More than enough garbage to make it grow so far. */
const MOST_CHUNKS = 4096;

const youngBytes = (): number =>
  getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? YOUNG_BYTES;

/** Lets the young generation grow as far as it shall, which V8 does when it has to keep what is in it. */
function growYoungHeap(): void {
  const chunks: number[][] = [];
  while (youngBytes() < YOUNG_BYTES && chunks.length < MOST_CHUNKS) chunks.push(Array.from({ length: 1024 }, Number));
}

/**
 * Keeps V8 from trading memory for speed that we have no use for; these must be called before anything is loaded.
 *
 * Left to itself the young generation grows to over 100 MB while a large cluster is read, for garbage that could as well be
 * collected a little more often, and never shrinks again; and the old one is let grow to twice what is alive. With 10,000
 * pods the first takes 140 MB off the peak, the second another 12 MB, for a second of CPU; a scan of 2,500 Deployments gains
 * 40 MB by the first for next to no CPU, and nothing by the second (docs/benchmarks.md).
 */
export function keepYoungHeapSmall(): void {
  growYoungHeap();
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** As above, for a process that runs for months. */
export function keepOldHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=20');
}
