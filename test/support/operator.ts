import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { eventually } from '../cluster/eventually.ts';
import { hasLabels, samplesOf } from './metrics-text.ts';
import { BUNDLE, operatorCommand } from './operator-command.ts';

/** An operator as users run it: the bundle, as a process of its own. */
export interface RunningOperator {
  /** Of plain HTTP, for a Prometheus. */
  readonly metricsUrl: string;
  readonly metrics: () => Promise<string>;
  /** The value of the first series of that name that has these labels. */
  readonly metric: (name: string, having?: Readonly<Record<string, string>>) => Promise<number | undefined>;
  readonly probe: (path: '/healthz' | '/readyz') => Promise<number>;
  /** Waits until it is ready: leading with its first pass done, or standing by. */
  readonly ready: () => Promise<void>;
  /** Waits until it leads and its first pass is done. */
  readonly firstPassDone: () => Promise<void>;
  readonly log: () => string;
  /** Sends the signal and waits; answers how it ended. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<{ readonly code: number | null; readonly seconds: number }>;
}

export interface OperatorOptions {
  readonly kubeconfig: string;
  readonly args?: readonly string[];
}

async function get(url: string): Promise<{ status: number; body: string }> {
  const response = await fetch(url);
  return { status: response.status, body: await response.text() };
}

function end(child: ChildProcess): RunningOperator['stop'] {
  return async (signal = 'SIGTERM') => {
    const startedMs = performance.now();
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    }
    return { code: child.exitCode, seconds: (performance.now() - startedMs) / 1000 };
  };
}

/** Starts the operator. It is killed with this process if nobody stops it. */
export async function startOperator({ kubeconfig, args = [] }: OperatorOptions): Promise<RunningOperator> {
  const command = await operatorCommand(kubeconfig);
  const child = spawn(process.execPath, [...command.args, '--log-format=text', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {},
  });
  const killed = (): void => void child.kill('SIGKILL');
  process.once('exit', killed);
  child.once('exit', () => process.off('exit', killed));
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    log += chunk;
  });
  const probe = async (path: string): Promise<number> => (await get(`${command.healthUrl}${path}`)).status;
  const metrics = async (): Promise<string> => (await get(command.metricsUrl)).body;

  async function waitFor(what: string, isSo: () => Promise<boolean>): Promise<void> {
    const patience = { timeoutMs: 50_000 };
    await eventually(`the operator ${what}`, async () => child.exitCode !== null || isSo(), patience).catch(
      (error: unknown) => {
        throw new Error(`the operator never ${what}; its log:\n${log}`, { cause: error });
      },
    );
    if (child.exitCode !== null) throw new Error(`the operator ended with code ${child.exitCode}; its log:\n${log}`);
  }

  return {
    metricsUrl: command.metricsUrl,
    metrics,
    metric: async (name, having = {}) => {
      const samples = samplesOf(await metrics(), name);
      return samples.find(({ labels }) => hasLabels(labels, having))?.value;
    },
    probe,
    ready: () => waitFor('is ready', async () => (await probe('/readyz')) === 200),
    // It says so when all is written that follows from the first pass.
    firstPassDone: () =>
      waitFor('has done its first pass', () => Promise.resolve(log.includes('the first pass is done'))),
    log: () => log,
    stop: end(child),
  };
}

/** Runs the bundle to its end. */
export async function runPlimsoll(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [BUNDLE, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode ?? -1, stdout, stderr };
}
