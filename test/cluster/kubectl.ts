import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Options of one kubectl call. */
export interface KubectlOptions {
  /** What it reads from standard input (`apply -f -`). */
  readonly input?: string;
}

/** Run kubectl with the given arguments and answer what it prints; throws with what it said on standard error. */
export type Kubectl = (args: readonly string[], options?: KubectlOptions) => Promise<string>;

/**
 * kubectl, bound to one cluster and user. Nothing of the person who runs it gets in: no kubeconfig, no preferences
 * (kuberc), no discovery cache, which is kept by address and would be that of an earlier cluster on the same port.
 */
export function kubectlFor(program: string, kubeconfigPath: string): Kubectl {
  const own = [`--kubeconfig=${kubeconfigPath}`, `--cache-dir=${join(dirname(kubeconfigPath), 'kubectl-cache')}`];
  return async (args, { input = '' } = {}) => {
    const child = spawn(program, [...own, ...args], { stdio: 'pipe', env: { KUBERC: 'off' } });
    // kubectl may end before it has read everything; its exit code tells that better than EPIPE does.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    const exited = once(child, 'close');
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    await exited;
    if (child.exitCode !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr.trim()}`);
    return stdout;
  };
}
