import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What a process took from its start to its end. */
export interface MeasuredRun {
  readonly wallSeconds: number;
  /** Both of user and of system. */
  readonly cpuSeconds: number;
  readonly peakRssBytes: number;
  readonly stdoutBytes: number;
}

const MARK = '\nusage ';

/** Lets a process say at its end what it took: Node tells a parent nothing of its children. */
const USAGE_AT_EXIT = `data:text/javascript,process.on('exit',()=>process.stderr.write(${encodeURIComponent(JSON.stringify(MARK))}+JSON.stringify(process.resourceUsage())))`;

/** Runs node with these arguments, and throws if it fails. */
export async function runMeasured(args: readonly string[]): Promise<MeasuredRun> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [`--import=${USAGE_AT_EXIT}`, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdoutBytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    stdoutBytes += chunk.length;
  });
  const closed = once(child, 'close');
  const errors = await text(child.stderr);
  await closed;
  const wallSeconds = (performance.now() - startedMs) / 1000;
  const mark = errors.lastIndexOf(MARK);
  if (child.exitCode !== 0 || mark === -1)
    throw new Error(`plimsoll ended with ${String(child.exitCode)}: ${errors.slice(0, 1000)}`);
  const usage = JSON.parse(errors.slice(mark + MARK.length)) as NodeJS.ResourceUsage;
  return {
    wallSeconds,
    cpuSeconds: (usage.userCPUTime + usage.systemCPUTime) / 1e6,
    peakRssBytes: usage.maxRSS * 1024,
    stdoutBytes,
  };
}
