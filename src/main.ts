import './small-heap.ts';
import { hostname } from 'node:os';
import { runOperator } from './cli/operator/run.ts';
import { createProgram } from './cli/program.ts';

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

const { env, stdout, stderr } = process;
// A reader that has seen enough (`plimsoll … | head`) is no failure.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const program = createProgram({
  run: {
    operator: (settings) =>
      runOperator(settings, { version, revision, hostName: hostname(), output: stderr, signal: endOnSignal() }),
    explain: async (request) => (await import('./cli/explain/explain.ts')).explain(request, { stdout, env }),
  },
  version,
  env,
  stdout,
  stderr,
});

process.exitCode = await program.run(process.argv.slice(2));
