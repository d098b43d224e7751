import { Command, CommanderError } from 'commander';
import { KubeConfigError } from '../kube/auth.ts';
import { ListenError } from '../metrics/server.ts';
import { defineExplain } from './commands/explain.ts';
import type { ExplainRequest } from './explain/explain.ts';
import { OPERATOR_SETTINGS, readOperatorSettings, type OperatorSettings } from './operator-options.ts';
import { addOptions, refuseUnknownVariables, settingsReader, UsageError, type Environment } from './settings.ts';

type Output = Pick<NodeJS.WritableStream, 'write'>;

export interface ProgramOptions {
  /** What the commands do; each resolves to the exit code. */
  readonly run: {
    readonly operator: (settings: OperatorSettings) => Promise<number>;
    readonly explain: (request: ExplainRequest) => Promise<number>;
  };
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

const OPERATOR_HELP = `
A flag wins over its environment variable, which wins over the default.

Examples:
  # in a pod, all namespaces but those of the system
  $ plimsoll operator --exclude-namespaces 'kube-*'

  # from a workstation, some namespaces only
  $ plimsoll operator --kubeconfig ~/.kube/config --no-leader-elect --log-format text --namespaces 'shop*'
`;

const PROGRAM_HELP = `
Examples:
  $ plimsoll operator --help
  $ plimsoll explain host-network
`;

/** Errors that a person can mend, and that one line says all about. */
const EXIT_CODES = [
  [UsageError, 2],
  [KubeConfigError, 1],
  [ListenError, 1],
] as const;

/** The `plimsoll` command line. */
export function createProgram(options: ProgramOptions): Program {
  return {
    run: async (argv) => {
      try {
        return await runCommand(argv, options);
      } catch (error) {
        const code = EXIT_CODES.find(([kind]) => error instanceof kind)?.[1];
        if (code === undefined) throw error;
        options.stderr.write(`plimsoll: ${error instanceof Error ? error.message : String(error)}\n`);
        return code;
      }
    },
  };
}

async function runCommand(argv: readonly string[], options: ProgramOptions): Promise<number> {
  let exitCode = 0;
  const program = rootCommand(options);
  const exit = (code: number): void => {
    exitCode = code;
  };
  program.addCommand(operatorCommand(program, options, exit));
  const explain = new Command('explain')
    .copyInheritedSettings(program)
    .description('tell all there is to say of a check');
  defineExplain(explain, { run: options.run, exit });
  program.addCommand(explain);
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
    .configureHelp({ optionDescription: ({ description }) => description })
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

function operatorCommand(parent: Command, { run, env }: ProgramOptions, exit: (code: number) => void): Command {
  const command = new Command('operator')
    .copyInheritedSettings(parent)
    .description('watch a cluster, judge it and keep its reports and metrics up to date')
    .addHelpText('after', OPERATOR_HELP);
  const given = addOptions(command, OPERATOR_SETTINGS);
  return command.action(async () => {
    refuseUnknownVariables(env, OPERATOR_SETTINGS);
    exit(await run.operator(readOperatorSettings(settingsReader(given, env), env)));
  });
}

/** commander's message in one line, and where to look. */
function usageError(error: CommanderError, program: Command, first = ''): UsageError {
  const what = error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
  const command = program.commands.some((each) => each.name() === first) ? `plimsoll ${first}` : 'plimsoll';
  return new UsageError(`${what.replace(/\.$/, '')}; see ${command} --help`, { cause: error });
}
