import { Command, CommanderError } from 'commander';
import type { Runners } from './commands/command.ts';
import { COMMANDS } from './commands/index.ts';
import { UsageError, type Environment } from './settings.ts';

type Output = Pick<NodeJS.WritableStream, 'write'>;

export interface ProgramOptions {
  readonly run: Runners;
  readonly version: string;
  readonly env: Environment;
  readonly stdout: Output;
  readonly stderr: Output;
}

export interface Program {
  /** Runs what the arguments (without node and script) ask for. Resolves to the exit code; 2 if they ask for nothing sensible. */
  readonly run: (argv: readonly string[]) => Promise<number>;
}

/** The width of help texts, whatever the terminal: they are compared, copied and quoted. */
const HELP_COLUMNS = 110;

const DESCRIPTION = "Judges a Kubernetes cluster's security posture, and reports what is wrong and what is new.";

const PROGRAM_HELP = `
Examples:
  $ plimsoll operator --help
  $ plimsoll explain host-network
  $ plimsoll scan -f deploy/
  $ plimsoll diff --since 24h
`;

/**
 * Errors that a person can mend, and that one line says all about, by their code: to know their classes everything that
 * throws them would have to be loaded.
 */
const EXIT_CODES: ReadonlyMap<unknown, number> = new Map([
  ['Usage', 2],
  ['KubeConfig', 1],
  ['Listen', 1],
  ['Certificate', 1],
]);

/** The `plimsoll` command line. */
export function createProgram(options: ProgramOptions): Program {
  return {
    run: async (argv) => {
      try {
        return await runCommand(argv, options);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? EXIT_CODES.get(error.code) : undefined;
        if (code === undefined) throw error;
        options.stderr.write(`plimsoll: ${error instanceof Error ? error.message : String(error)}\n`);
        return code;
      }
    },
  };
}

async function runCommand(argv: readonly string[], options: ProgramOptions): Promise<number> {
  let exitCode = 0;
  const exit = (code: number): void => {
    exitCode = code;
  };
  const program = rootCommand(options);
  const asked = argv.find((word) => !word.startsWith('-'));
  for (const { name, summary, load } of COMMANDS) {
    const command = new Command(name).copyInheritedSettings(program).description(summary);
    if (name === asked) (await load())(command, { run: options.run, env: options.env, exit });
    program.addCommand(command);
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === 'commander.help') return 2; // No command given: the help has been written to stderr.
    if (error.exitCode !== 0) throw usageError(error, program, argv[0]);
  }
  return exitCode;
}

function rootCommand({ version, stdout, stderr }: ProgramOptions): Command {
  return new Command('plimsoll')
    .description(DESCRIPTION)
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', PROGRAM_HELP)
    .exitOverride()
    .configureHelp({
      optionDescription: ({ description }) => description,
      // Their options are not known before they are loaded.
      subcommandTerm: (command) => `${command.name()} [options]`,
    })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      outputError: () => undefined, // It is thrown as well, and said once, in one line.
      getOutHelpWidth: () => HELP_COLUMNS,
      getErrHelpWidth: () => HELP_COLUMNS,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

/** commander's message in one line, and where to look. */
function usageError(error: CommanderError, program: Command, first = ''): UsageError {
  const what = error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
  const command = program.commands.some((each) => each.name() === first) ? `plimsoll ${first}` : 'plimsoll';
  return new UsageError(`${what.replace(/\.$/, '')}; see ${command} --help`, { cause: error });
}
