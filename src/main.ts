import { hostname } from 'node:os';
import { nodeProblem } from './cli/node-version.ts';
import { createProgram } from './cli/program.ts';
import { keepOldHeapSmall, keepYoungHeapSmall } from './small-heap.ts';

/** Set by the bundler. */
declare const PLIMSOLL_VERSION: string | undefined;
declare const PLIMSOLL_REVISION: string | undefined;

const version = typeof PLIMSOLL_VERSION === 'string' ? PLIMSOLL_VERSION : '0.0.0-development';
const revision = typeof PLIMSOLL_REVISION === 'string' ? PLIMSOLL_REVISION : 'unknown';

/** Aborted by the first SIGTERM or SIGINT; a second one ends the process at once, as by default. */
function endOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => controller.abort(name));
  return controller.signal;
}

const { argv, env, stdin, stdout, stderr, versions } = process;
const problem = nodeProblem(versions.node);
if (problem !== undefined) {
  stderr.write(`${problem}\n`);
  process.exit(2);
}
// A reader that has seen enough (`plimsoll … | head`) is no failure.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
// The other commands have no heap to speak of, and would only start later.
if (argv[2] === 'operator' || argv[2] === 'scan' || argv[2] === 'diff') keepYoungHeapSmall();
if (argv[2] === 'operator') keepOldHeapSmall();

// What a command needs is loaded when it is asked for, so that the others start without it.
const program = createProgram({
  run: {
    operator: async (settings) => {
      const { runOperator } = await import('./cli/operator/run.ts');
      const signal = endOnSignal();
      return runOperator(settings, { version, revision, hostName: hostname(), output: stderr, env, signal });
    },
    scan: async (settings) => {
      const { runScan } = await import('./cli/scan/run.ts');
      return runScan(settings, { version, stdin, stdout, stderr, signal: endOnSignal(), now: () => new Date() });
    },
    diff: async (settings) => {
      const { runDiff } = await import('./cli/diff/run.ts');
      return runDiff(settings, { version, stdout, stderr, signal: endOnSignal() });
    },
    explain: async (request) => (await import('./cli/explain/explain.ts')).explain(request, { stdout, env }),
  },
  version,
  env,
  stdout,
  stderr,
});

process.exitCode = await program.run(argv.slice(2));
