import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Environment } from '../../test/cluster/environment.ts';

/** kubectl, bound to a cluster: answers what it prints, throws with what it says on standard error. */
export type Kubectl = (args: readonly string[]) => Promise<string>;

/** Ten thousand pods as JSON fit in. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/** Where people get the programs that they must have themselves. */
const HOMES: Readonly<Record<string, string>> = {
  kind: 'https://kind.sigs.k8s.io',
  kubectl: 'https://kubernetes.io/docs/tasks/tools',
};

/** Runs a program that is found in PATH and answers what it prints. The error's message is fit to be shown. */
export async function runProgram(program: string, args: readonly string[], env: Environment): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(program, [...args], { env, maxBuffer: MAX_OUTPUT_BYTES });
    return stdout;
  } catch (cause) {
    if (hasCode(cause, 'ENOENT')) {
      throw new Error(`${program} is not installed, or not in PATH: see ${HOMES[program] ?? 'its documentation'}`, {
        cause,
      });
    }
    const stderr = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    throw new Error(`${program} ${args.slice(0, 3).join(' ')}: ${stderr || String(cause)}`, { cause });
  }
}

/**
 * kubectl with a kubeconfig of its own, and otherwise as the person has it: plugins that fetch credentials need the
 * environment. Preferences (kuberc) are left out, as they may change what commands print.
 */
export function kubectlWith(kubeconfig: string, env: Environment): Kubectl {
  return async (args) => runProgram('kubectl', args, { ...env, KUBECONFIG: kubeconfig, KUBERC: 'off' });
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
