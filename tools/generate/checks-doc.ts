import type { Check } from '../../src/checks/check.ts';
import { notice, type GeneratedFile } from './generator.ts';
import { markdownTable } from './markdown.ts';

function introduction(count: number, asOf: string, horizon: string): string {
  return `<!-- ${notice('src/checks')} -->

# Checks

${count} checks. A finding carries the id of its check; the id never changes. Checks of pods judge the template of a workload
and its live pods alike, and the findings of both stand in the report of the workload, that is of the top-most controller.

The Pod Security controls mean what they mean in the policy version that judges: that of the API server, or of
\`--pod-security-version\`. Versions of Kubernetes are judged by a table of end-of-life dates as of ${asOf}; after ${horizon},
and for versions that it does not know, the verdict is unknown, never a pass.
`;
}

function references({ podSecurity = [], cis = [] }: Check['references']): string {
  const newest = cis.at(-1);
  return [
    ...podSecurity.map((control) => `Pod Security ${control}`),
    ...(newest === undefined ? [] : [`CIS ${newest.join(' ')}`]),
  ].join(', ');
}

function section([title, targets]: readonly [string, readonly Check['target'][]], catalogue: readonly Check[]): string {
  const rows = catalogue
    .filter(({ target }) => targets.includes(target))
    .map(({ id, severity, title: what, why, fix, references: from }) => [
      `\`${id}\``,
      severity,
      `**${what}.** ${why}`,
      fix,
      references(from),
    ]);
  return `## ${title}\n\n${markdownTable(['Check', 'Severity', 'What and why', 'Fix', 'From'], rows)}\n`;
}

const SECTIONS: readonly (readonly [string, readonly Check['target'][]])[] = [
  ['Workloads', ['pod', 'workload']],
  ['ServiceAccounts', ['serviceAccount']],
  ['RBAC', ['role', 'binding', 'grant']],
  ['Nodes', ['node']],
  ['Namespaces', ['namespace']],
  ['Cluster', ['cluster']],
];

/** docs/checks.md, from the catalogue itself. */
export async function checksDocFiles(): Promise<readonly GeneratedFile[]> {
  // Imported only now, as it stands on generated files that an earlier generator may just have made.
  const { CATALOGUE } = await import('../../src/checks/catalogue.ts');
  const { AS_OF, HORIZON } = await import('../../src/checks/tables/kubernetes-releases.ts');
  const content = [
    introduction(CATALOGUE.length, AS_OF, HORIZON),
    ...SECTIONS.map((each) => section(each, CATALOGUE)),
  ].join('\n');
  return [{ path: 'docs/checks.md', content }];
}
