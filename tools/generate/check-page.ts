import type { Explanation } from '../../src/checks/explanation.ts';
import { notice } from './generator.ts';
import { markdownTable } from './markdown.ts';

const yaml = (text: string): string => `\`\`\`yaml\n${text}\n\`\`\``;

function exampleSections({ example }: Explanation): readonly string[] {
  if (example === undefined) return [];
  return ['Before:', yaml(example.before), 'After:', yaml(example.after)];
}

const pages = (ids: readonly string[]): string => ids.map((id) => `[${id}](${id}.md)`).join(', ');

/** The parameters, where a profile sets them. */
const parameterLinks = (parameters: Explanation['parameters']): string =>
  parameters.map((name) => `[\`${name}\`](../profile.md#parameters)`).join(', ');

function factsTable(explained: Explanation): string {
  const { severity, isOnByDefault, judges, reads, parameters, standsFor, standsUnder } = explained;
  return markdownTable(
    ['', ''],
    [
      ['Severity', severity],
      ['Default', isOnByDefault ? 'on' : 'off: it is a matter of taste; `--checks` switches it on'],
      ['Judges', judges],
      ...(reads.length === 0 ? [] : [['Joins', reads.join(', ')]]),
      ...(parameters.length === 0 ? [] : [['Goes by', parameterLinks(parameters)]]),
      ...(standsFor.length === 0 ? [] : [['Stands for', pages(standsFor)]]),
      ...(standsUnder.length === 0 ? [] : [['Stands under', pages(standsUnder)]]),
    ],
  );
}

type PlaceLines = readonly (readonly [framework: string, controls: string])[];

function frameworkSection({ unmapped }: Explanation, places: PlaceLines): readonly string[] {
  if (places.length > 0) return ['## Frameworks', markdownTable(['Framework', 'Control'], places)];
  return unmapped === undefined ? [] : ['## Frameworks', `None: ${unmapped}.`];
}

const DIFFERENCES = 'Where they judge otherwise, and why: [other tools](../other-tools.md).';

function toolSection({ otherTools }: Explanation): readonly string[] {
  const rows = Object.entries(otherTools).map(([tool, ids]) => [tool, ids.map((id) => `\`${id}\``).join(', ')]);
  if (rows.length === 0) return [];
  return ['## In other tools', markdownTable(['Tool', 'Called'], rows), DIFFERENCES];
}

function linkSection({ links }: Explanation): readonly string[] {
  return links.length === 0 ? [] : ['## Read more', links.map((link) => `- <${link}>`).join('\n')];
}

/** The page of one check. */
export function checkPage(explained: Explanation, places: PlaceLines): string {
  const { id, title, why, fix } = explained;
  return [
    `<!-- ${notice('src/checks')} -->`,
    `# ${id}`,
    `**${title}.** ${why}`,
    factsTable(explained),
    '## Fix',
    fix,
    ...exampleSections(explained),
    ...frameworkSection(explained, places),
    ...toolSection(explained),
    ...linkSection(explained),
    '[All checks](README.md)',
  ]
    .join('\n\n')
    .concat('\n');
}
