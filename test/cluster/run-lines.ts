import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { Environment } from './environment.ts';
import { endWithThisProcess } from './lifetime.ts';

interface LongCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env: Environment;
  /** Called with each line of standard error as it comes. */
  readonly onErrorLine?: (line: string) => void;
}

/**
 * Run a command that may take long to its end, and answer the lines it printed. Throws with its last lines if it
 * fails, and what `spawn` throws (`ENOENT`) if it is not there. The command does not outlive this process.
 */
export async function runLines({ command, args, cwd, env, onErrorLine }: LongCommand): Promise<readonly string[]> {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = once(child, 'close');
  const release = endWithThisProcess({
    stop: async () => {
      child.kill('SIGTERM');
      await closed;
    },
    kill: () => child.kill('SIGKILL'),
    handleSignals: true,
  });
  try {
    const errorLines: string[] = [];
    const onLine = (line: string): void => {
      errorLines.push(line);
      onErrorLine?.(line);
    };
    const [lines] = await Promise.all([linesOf(child.stdout), linesOf(child.stderr, onLine), closed]);
    if (child.exitCode !== 0) {
      const reason = child.signalCode ?? `exit code ${child.exitCode}`;
      throw new Error(`${command} ${args[0]} failed (${reason}):\n${errorLines.slice(-20).join('\n')}`);
    }
    return lines;
  } finally {
    release();
  }
}

async function linesOf(stream: Readable, onLine?: (line: string) => void): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stream })) {
    lines.push(line);
    onLine?.(line);
  }
  return lines;
}
