import { join } from 'node:path';
import { lastLines, startDaemon } from '../../test/cluster/daemon.ts';
import { eventually } from '../../test/cluster/eventually.ts';
import { endWithThisProcess } from '../../test/cluster/lifetime.ts';
import { OPERATOR_NAMESPACE, operatorCommand } from '../../test/support/operator-command.ts';

/** Where the operator finds its Lease, and whose rights it has. */
export const SERVICE_ACCOUNT = { namespace: OPERATOR_NAMESPACE, name: 'plimsoll' };

/** The operator as a process of this machine. */
export interface RunningOperator {
  readonly metricsUrl: string;
  readonly logPath: string;
  /** Resolves when every object has been judged once; throws with the end of the log if that does not come. */
  readonly untilReady: () => Promise<void>;
  /** Throws, with the end of the log, if it has ended by itself. */
  readonly verify: () => void;
  readonly stop: () => Promise<void>;
}

const READY_TIMEOUT_MS = 120_000;
/** More than it grants itself for the work that is under way. */
const STOP_GRACE_MS = 15_000;

interface OperatorOptions {
  readonly kubeconfig: string;
  /** Gets the log. */
  readonly folder: string;
}

/** Starts the bundle as an installed operator would run, but for the addresses, which are free ports of loopback. */
export async function startOperator({ kubeconfig, folder }: OperatorOptions): Promise<RunningOperator> {
  const command = await operatorCommand(kubeconfig);
  const logPath = join(folder, 'operator.log');
  const args = [...command.args, '--log-format=text'];
  const daemon = startDaemon({ command: process.execPath, args, logPath });

  const stop = async (): Promise<void> => {
    await daemon.stop(STOP_GRACE_MS);
    release();
  };
  const release = endWithThisProcess({ stop, kill: daemon.kill, handleSignals: false });
  const withLog = (what: string, cause?: unknown): Error =>
    new Error(`${what}; the end of its log:\n${lastLines(logPath)}`, { cause });
  const verify = (): void => {
    const ending = daemon.ending();
    if (ending !== undefined) throw withLog(`the operator ended (${ending})`);
  };
  const isReadyOrGone = async (): Promise<boolean> => daemon.ending() !== undefined || isReady(command.healthUrl);
  const untilReady = async (): Promise<void> => {
    try {
      await eventually('the operator is ready', isReadyOrGone, { timeoutMs: READY_TIMEOUT_MS });
    } catch (error) {
      throw withLog(error instanceof Error ? error.message : String(error), error);
    }
    verify();
  };
  return { metricsUrl: command.metricsUrl, logPath, untilReady, verify, stop };
}

async function isReady(healthUrl: string): Promise<boolean> {
  const response = await fetch(`${healthUrl}/readyz`);
  if (response.ok) return true;
  throw new Error((await response.text()).trim());
}
