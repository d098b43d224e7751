import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Explanation } from '../../src/checks/explanation.ts';
import { checkPage } from './check-page.ts';
import { notice, type GeneratedFile, type Leftover } from './generator.ts';
import { markdownTable } from './markdown.ts';

const FOLDER = 'docs/checks';

function introduction(count: number, asOf: string, horizon: string): string {
  return `<!-- ${notice('src/checks')} -->

# Checks

${count} checks, each with a page of its own; \`plimsoll explain CHECK\` says the same on a terminal. A finding carries the id of its
check; the id never changes. Where one finding follows from another, or one change mends both, only the cause is listed, with the
others in \`implies\`; the pages say which check stands for which. Checks of pods judge the template of a workload and its live pods alike, and the findings of both
stand in the report of the workload, that is of the top-most controller.

The Pod Security controls mean what they mean in the policy version that judges: that of the API server, or of
\`--pod-security-version\`. Versions of Kubernetes are judged by a table of end-of-life dates as of ${asOf}; after ${horizon},
and for versions that it does not know, the verdict is unknown, never a pass.

Which checks decide which control of a framework: [frameworks](../frameworks.md).
`;
}

/** Frameworks by a short name each; of several versions of one the newest. */
const SHORT_NAMES: readonly (readonly [prefix: string, name: string])[] = [
  ['pod-security-baseline', 'Pod Security baseline'],
  ['pod-security-restricted', 'Pod Security restricted'],
  ['cis-', 'CIS'],
  ['nsa-', 'NSA/CISA'],
  ['kubecon-', 'KubeCon'],
];

function shortPlaces({ frameworks }: Explanation): string {
  const places = SHORT_NAMES.flatMap(([prefix, name]) => {
    const newest = frameworks.findLast(({ framework }) => framework.startsWith(prefix));
    if (newest === undefined) return [];
    return [prefix === 'cis-' ? `${name} ${newest.version} ${newest.controls.join(', ')}` : name];
  });
  // What the baseline forbids the restricted level mostly forbids as well: one of the two says it.
  return places
    .filter((place) => place !== 'Pod Security restricted' || !places.includes('Pod Security baseline'))
    .join('; ');
}

function topicSection(topic: string, explanations: readonly Explanation[]): string {
  const rows = explanations
    .filter((each) => each.topic === topic)
    .map((each) => [
      `[\`${each.id}\`](${each.id}.md)`,
      each.title,
      each.severity,
      each.isOnByDefault ? 'on' : 'off',
      shortPlaces(each),
    ]);
  if (rows.length === 0) return '';
  return `## ${topic}\n\n${markdownTable(['Check', 'What it finds', 'Severity', 'Default', 'Frameworks'], rows)}\n`;
}

/** Pages that stand there and have no check any more, to be removed. */
async function leftovers(root: string, pages: readonly GeneratedFile[]): Promise<readonly Leftover[]> {
  const folder = join(root, FOLDER);
  const paths = existsSync(folder) ? (await readdir(folder)).map((name) => `${FOLDER}/${name}`) : [];
  const made = new Set(pages.map(({ path }) => path));
  return paths.filter((path) => !made.has(path)).map((path) => ({ path, content: undefined }));
}

/** docs/checks: a page for each check and an index, from the catalogue itself. */
export async function checksDocFiles(root: string): Promise<readonly (GeneratedFile | Leftover)[]> {
  // Imported only now, as it stands on generated files that an earlier generator may just have made.
  const { CATALOGUE } = await import('../../src/checks/catalogue.ts');
  const { explanationOf, placeLines, TOPICS } = await import('../../src/checks/explanation.ts');
  const { AS_OF, HORIZON } = await import('../../src/checks/tables/kubernetes-releases.ts');
  const explanations = CATALOGUE.map(explanationOf);
  const sections = TOPICS.map((topic) => topicSection(topic, explanations)).filter((section) => section !== '');
  const pages = [
    {
      path: `${FOLDER}/README.md`,
      content: [introduction(CATALOGUE.length, AS_OF, HORIZON), ...sections].join('\n'),
    },
    ...explanations.map((each) => ({
      path: `${FOLDER}/${each.id}.md`,
      content: checkPage(each, placeLines(each.frameworks)),
    })),
  ];
  return [...pages, ...(await leftovers(root, pages))];
}
