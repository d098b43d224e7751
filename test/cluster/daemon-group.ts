import { join } from 'node:path';
import { lastLines, startDaemon, type Daemon } from './daemon.ts';

const STOP_GRACE_MS = 10_000;

/** Daemons that belong together. Each is known by its name and has the log file `<name>.log`. */
export interface DaemonGroup {
  /** Throws once the group was stopped: what a stop during the start has overtaken must not start any more. */
  readonly start: (name: string, command: string, args: readonly string[]) => void;
  readonly stopOne: (name: string) => Promise<void>;
  readonly allRun: () => boolean;
  /** Throws, with the end of its log, if one of them has ended by itself. */
  readonly verify: () => void;
  readonly pids: () => readonly number[];
  /** Paths by name. */
  readonly logs: () => Readonly<Record<string, string>>;
  /** Stop all, the last one started first, so that etcd goes when nobody needs it any more. */
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
}

/** An empty group whose logs are written to `logFolder`. */
export function daemonGroup(logFolder: string): DaemonGroup {
  const daemons = new Map<string, Daemon>();
  let isStopped = false;
  const stopOne = async (name: string): Promise<void> => {
    await daemons.get(name)?.stop(STOP_GRACE_MS);
    daemons.delete(name);
  };
  return {
    start: (name, command, args) => {
      if (isStopped) throw new Error(`${name} is not started: the control plane was stopped`);
      daemons.set(name, startDaemon({ command, args, logPath: join(logFolder, `${name}.log`) }));
    },
    stopOne,
    allRun: () => [...daemons.values()].every((daemon) => daemon.ending() === undefined),
    verify: () => {
      for (const [name, daemon] of daemons) {
        const ending = daemon.ending();
        if (ending !== undefined) throw new DaemonEndedError(name, ending, daemon.logPath);
      }
    },
    pids: () => [...daemons.values()].flatMap(({ pid }) => pid ?? []),
    logs: () => Object.fromEntries([...daemons].map(([name, { logPath }]) => [name, logPath])),
    stop: async () => {
      isStopped = true;
      for (const name of [...daemons.keys()].toReversed()) await stopOne(name);
    },
    kill: () => {
      isStopped = true;
      for (const daemon of daemons.values()) daemon.kill();
    },
  };
}

/** A daemon ended though nobody stopped it. */
export class DaemonEndedError extends Error {
  readonly code = 'DaemonEnded';
  readonly logTail: string;

  constructor(name: string, ending: string, logPath: string) {
    const logTail = lastLines(logPath);
    super(`${name} ended (${ending}); the end of its log, ${logPath}:\n${logTail}`);
    this.name = 'DaemonEndedError';
    this.logTail = logTail;
  }
}
