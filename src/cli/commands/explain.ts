import { Option, type Command } from 'commander';
import type { ExplainRequest } from '../explain/explain.ts';

const HELP = `
Examples:
  # every check in a line, by topic
  $ plimsoll explain

  # why one matters, how to fix it, and what others call it
  $ plimsoll explain host-network
`;

const FORMATS: readonly ExplainRequest['output'][] = ['text', 'json', 'yaml'];

/** What the command is given to work with. */
interface ExplainContext {
  readonly run: { readonly explain: (request: ExplainRequest) => Promise<number> };
  /** Takes the exit code. */
  readonly exit: (code: number) => void;
}

/** `plimsoll explain` */
export function defineExplain(command: Command, { run, exit }: ExplainContext): void {
  command
    .argument('[check]', 'id of a check; without one, all are listed')
    .addOption(
      new Option('-o, --output <format>', `${FORMATS.join(', ')} (default: text)`).choices(FORMATS).default('text'),
    )
    .addHelpText('after', HELP)
    .action(async (check: string | undefined, { output }: Pick<ExplainRequest, 'output'>) => {
      exit(await run.explain({ check, output }));
    });
}
