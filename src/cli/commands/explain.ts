import { Option } from 'commander';
import type { ExplainRequest } from '../explain/explain.ts';
import type { DefineCommand } from './command.ts';

const HELP = `
Examples:
  # every check in a line, by topic
  $ plimsoll explain

  # why one matters, how to fix it, and what others call it
  $ plimsoll explain host-network
`;

const FORMATS: readonly ExplainRequest['output'][] = ['text', 'json', 'yaml'];

/** `plimsoll explain` */
export const defineExplain: DefineCommand = (command, { run, exit }) => {
  command
    .argument('[check]', 'id of a check; without one, all are listed')
    .addOption(
      new Option('-o, --output <format>', `${FORMATS.join(', ')} (default: text)`).choices(FORMATS).default('text'),
    )
    .addHelpText('after', HELP)
    .action(async (check: string | undefined, { output }: Pick<ExplainRequest, 'output'>) => {
      exit(await run.explain({ check, output }));
    });
};
