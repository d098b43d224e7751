import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';

/** A child process that is meant to run until it is stopped, writing to a log file of its own. */
export interface Daemon {
  /** Undefined where the program could not be started at all. */
  readonly pid: number | undefined;
  readonly logPath: string;
  /** Why it ended, or undefined while it runs. */
  readonly ending: () => string | undefined;
  /** SIGTERM, then SIGKILL after `graceMs`; resolves when the process is gone. */
  readonly stop: (graceMs: number) => Promise<void>;
  /** SIGKILL at once, for the `exit` event, where nothing can be awaited. */
  readonly kill: () => void;
}

interface DaemonCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly logPath: string;
  /** Beside what this process has. Default none. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Start a program; its output is appended to `logPath`, so that the log outlives a restart. Never throws: see `ending`. */
export function startDaemon({ command, args, logPath, env }: DaemonCommand): Daemon {
  const log = openSync(logPath, 'a');
  const child = spawn(command, args, { stdio: ['ignore', log, log], env: { ...process.env, ...env } });
  closeSync(log);

  let ending: string | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      ending ??= error.message;
      resolve();
    });
    child.once('exit', (code, signal) => {
      ending ??= signal === null ? `exit code ${code}` : `signal ${signal}`;
      resolve();
    });
  });

  return {
    pid: child.pid,
    logPath,
    ending: () => ending,
    stop: async (graceMs) => {
      const killing = setTimeout(() => child.kill('SIGKILL'), graceMs);
      if (ending === undefined) child.kill('SIGTERM');
      await ended;
      clearTimeout(killing);
    },
    kill: () => {
      if (ending === undefined) child.kill('SIGKILL');
    },
  };
}

/** The end of a log file, for error messages. */
export function lastLines(logPath: string, count = 15): string {
  return readFileSync(logPath, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}
