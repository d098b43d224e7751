import { notice, type GeneratedFile } from './generator.ts';
import { markdownTable } from './markdown.ts';

const INTRODUCTION = `<!-- ${notice('src/cli/*-options.ts')} -->

# Settings

Each setting is a flag and an environment variable. The flag wins over the variable, the variable over the default. An empty
variable counts as unset. A flag that is unknown, a variable that begins with \`PLIMSOLL_\` and is unknown, a bad value and
settings that contradict each other end the start with one line that says what to do, and exit code 2.
`;

interface Row {
  readonly flag: string;
  readonly short?: string;
  readonly placeholder: string;
  readonly env: string;
  readonly fallbackText: string;
  readonly help: string;
}

function tableOf(settings: readonly Row[]): string {
  return markdownTable(
    ['Flag', 'Variable', 'Default', 'Meaning'],
    settings.map(({ flag, short, placeholder, env, fallbackText, help }) => [
      `\`${short === undefined ? '' : `${short}, `}${flag} ${placeholder}\``,
      `\`${env}\``,
      fallbackText,
      help,
    ]),
  );
}

/** docs/settings.md, from the rows that options, variables and help are made of. */
export async function settingsDocFiles(): Promise<readonly GeneratedFile[]> {
  // Imported only now, as they stand on generated files that an earlier generator may just have made.
  const { OPERATOR_SETTINGS } = await import('../../src/cli/operator-options.ts');
  const { SCAN_SETTINGS } = await import('../../src/cli/scan-options.ts');
  const { DIFF_SETTINGS } = await import('../../src/cli/diff-options.ts');
  const content = `${INTRODUCTION}
## \`plimsoll operator\`

${tableOf(OPERATOR_SETTINGS)}

## \`plimsoll scan\`

${tableOf(SCAN_SETTINGS)}

## \`plimsoll diff\`

${tableOf(DIFF_SETTINGS)}
`;
  return [{ path: 'docs/settings.md', content }];
}
