import { join } from 'node:path';
import { lastLines, startDaemon } from '../cluster/daemon.ts';
import { eventually } from '../cluster/eventually.ts';
import { endWithThisProcess } from '../cluster/lifetime.ts';
import { sampleUsage, usageOf, type Usage, type UsagePoint } from './process-usage.ts';

/** What a process had used when something came true. */
export interface Milestone extends Usage {
  /** Since its start. */
  readonly seconds: number;
}

/** A process whose use of CPU and memory is watched. */
export interface MeasuredProcess {
  readonly logPath: string;
  /** What it has used when `isTrue` first holds; looked at twenty times a second. `what` completes "waited until …". */
  readonly until: (what: string, isTrue: () => Promise<boolean>) => Promise<Milestone>;
  readonly usage: () => Promise<Usage>;
  /** Let it end by SIGTERM, and answer its curve. Throws if it does not end well. */
  readonly end: () => Promise<readonly UsagePoint[]>;
  /** Whatever may have happened: it runs no more. May be called after `end`. */
  readonly stop: () => Promise<void>;
}

interface ProcessInput {
  readonly name: string;
  /** Of node. */
  readonly args: readonly string[];
  readonly logFolder: string;
  readonly env?: Readonly<Record<string, string>>;
}

const MILESTONE_TIMEOUT_MS = 15 * 60_000;
const STOP_GRACE_MS = 15_000;

/** Start a program of Node. It ends with this process at the latest. */
export function startMeasured({ name, args, logFolder, env = {} }: ProcessInput): MeasuredProcess {
  const logPath = join(logFolder, `${name}.log`);
  const startedAt = performance.now();
  const daemon = startDaemon({ command: process.execPath, args, logPath, env });
  const pid = daemon.pid ?? -1;
  const sampler = sampleUsage(pid);

  const stopOnce = async (): Promise<void> => {
    await daemon.stop(STOP_GRACE_MS);
    sampler.stop();
    release();
  };
  // A second SIGTERM would be understood as a wish for a less orderly end.
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => (stopping ??= stopOnce());
  const release = endWithThisProcess({ stop, kill: daemon.kill, handleSignals: true });
  const failure = (ending: string): Error =>
    new Error(`${name} ended (${ending}); the end of its log:\n${lastLines(logPath)}`);

  return {
    logPath,
    usage: async () => usageOf(pid),
    until: async (what, isTrue) => {
      const isOver = async (): Promise<boolean> => daemon.ending() !== undefined || (await isTrue());
      await eventually(`${name} ${what}`, isOver, { timeoutMs: MILESTONE_TIMEOUT_MS, intervalMs: 50 });
      const seconds = (performance.now() - startedAt) / 1000;
      const ending = daemon.ending();
      if (ending !== undefined) throw failure(ending);
      return { seconds, ...(await usageOf(pid)) };
    },
    end: async () => {
      const early = daemon.ending();
      await stop();
      const ending = daemon.ending();
      if (early !== undefined || ending !== 'exit code 0') throw failure(ending ?? 'not at all');
      return sampler.stop();
    },
    stop,
  };
}
