import { clusterNamed } from './clusters.ts';
import { runDemo } from './demo.ts';
import { askYesNo } from './ask.ts';
import { textProgress } from '../../test/cluster/progress.ts';

/**
 * `make demo`: a cluster with a small shop in it, judged by the operator as it is installed. Stays until Ctrl-C; with
 * DEMO_ONCE=1 it ends after printing. CLUSTER says which cluster: embedded (the default), kind or current.
 */
const { env, stdin, stdout, stderr } = process;
const ending = new AbortController();
const say = (text: string): void => void stdout.write(`${text}\n`);

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(name, () => {
    // Who asks twice does not want to wait for an orderly end. What still runs is killed on `exit`.
    if (ending.signal.aborted) process.exit(1);
    ending.abort();
  });
}

try {
  await runDemo({
    env,
    openCluster: clusterNamed(env['CLUSTER']),
    once: !['', '0', undefined].includes(env['DEMO_ONCE']),
    progress: textProgress({ stream: stderr }),
    say,
    ask: stdin.isTTY ? async (question) => askYesNo(question, { input: stdin, output: stderr }) : undefined,
    signal: ending.signal,
  });
} catch (error) {
  stderr.write(`demo: ${error instanceof Error ? error.message : String(error)}\n`);
  // Not exitCode: a step that was interrupted may still be under way.
  process.exit(1);
}
