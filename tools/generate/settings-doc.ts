import { notice, type GeneratedFile } from './generator.ts';
import { markdownTable } from './markdown.ts';

const INTRODUCTION = `<!-- ${notice('src/cli/operator-options.ts')} -->

# Settings of \`plimsoll operator\`

Each setting is a flag and an environment variable. The flag wins over the variable, the variable over the default. An empty
variable counts as unset. A flag that is unknown, a variable that begins with \`PLIMSOLL_\` and is unknown, a bad value and
settings that contradict each other end the start with one line that says what to do, and exit code 2.
`;

/** docs/settings.md, from the rows that options, variables and help are made of. */
export async function settingsDocFiles(): Promise<readonly GeneratedFile[]> {
  // Imported only now, as it stands on generated files that an earlier generator may just have made.
  const { OPERATOR_SETTINGS } = await import('../../src/cli/operator-options.ts');
  const table = markdownTable(
    ['Flag', 'Variable', 'Default', 'Meaning'],
    OPERATOR_SETTINGS.map(({ flag, placeholder, env, fallbackText, help }) => [
      `\`${flag} ${placeholder}\``,
      `\`${env}\``,
      fallbackText,
      help,
    ]),
  );
  return [{ path: 'docs/settings.md', content: `${INTRODUCTION}\n${table}\n` }];
}
