import { readFile } from 'node:fs/promises';

/** What a process has used up to a moment. */
export interface Usage {
  /** Both of user and of system. */
  readonly cpuSeconds: number;
  readonly rssBytes: number;
  /** The most that was ever resident, as the kernel has kept it. */
  readonly peakRssBytes: number;
}

/** The unit in which the kernel tells CPU time to programs: 100 per second on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;
const KIB = 1024;

/** Look at a running process. Throws if it is gone, and where there is no /proc. */
export async function usageOf(pid: number): Promise<Usage> {
  const [stat, status] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/status`, 'utf8'),
  ]);
  return parseUsage(stat, status);
}

/** The texts of /proc/<pid>/stat and /proc/<pid>/status (proc(5)). */
export function parseUsage(stat: string, status: string): Usage {
  // The second field is the name of the program, which may contain anything, in parentheses. The third is the state.
  const fromThird = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [userTicks, systemTicks] = [fromThird[14 - 3], fromThird[15 - 3]].map(Number);
  const kib = (field: string): number => Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]);
  const usage = {
    cpuSeconds: ((userTicks ?? NaN) + (systemTicks ?? NaN)) / TICKS_PER_SECOND,
    rssBytes: kib('VmRSS') * KIB,
    peakRssBytes: kib('VmHWM') * KIB,
  };
  if (Object.values(usage).some(Number.isNaN))
    throw new Error('the process has ended, or its /proc is not that of Linux');
  return usage;
}

/** One point of a curve. */
export interface UsagePoint extends Usage {
  readonly seconds: number;
}

/** Looks at a process ten times a second. */
export interface Sampler {
  /** Stop looking, and answer what was seen. */
  readonly stop: () => readonly UsagePoint[];
}

const SAMPLE_EVERY_MS = 100;

/** Begin to draw the curve of a process; it ends with the process, or with `stop`. */
export function sampleUsage(pid: number): Sampler {
  const points: UsagePoint[] = [];
  const startedAt = performance.now();
  const look = async (): Promise<void> => {
    const seconds = (performance.now() - startedAt) / 1000;
    points.push({ seconds, ...(await usageOf(pid)) });
  };
  const timer = setInterval(() => void look().catch(() => clearInterval(timer)), SAMPLE_EVERY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return points;
    },
  };
}
