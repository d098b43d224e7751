import type { Framework, FrameworkControl } from '../../src/checks/frameworks/index.ts';
import { notice, type GeneratedFile } from './generator.ts';
import { markdownTable } from './markdown.ts';

const INTRODUCTION = `<!-- ${notice('src/checks/frameworks')} -->

# Frameworks

What each framework demands, in our words, and which checks decide it. The state of each control in your cluster is in the
\`ComplianceReport\` of the framework (\`kubectl get compliancereports\`); \`--frameworks\` chooses which are kept. When a control is
kept, and when not: [the decision](adr/0009-states-of-controls.md).
`;

/** What the framework data is, without importing it. */
interface Data {
  readonly frameworks: readonly Framework[];
  readonly checksOf: (framework: Framework, control: FrameworkControl) => readonly { readonly id: string }[];
}

function decision(framework: Framework, control: FrameworkControl, { checksOf }: Data): string {
  if (control.how !== 'checks') return `${control.how === 'manual' ? 'by hand' : 'not here'}: ${control.reason}`;
  const checks = checksOf(framework, control).map(({ id }) => `[\`${id}\`](checks/${id}.md)`);
  return checks.length === 0 ? 'no check yet' : checks.join(', ');
}

function controlTable(framework: Framework, controls: readonly FrameworkControl[], data: Data): string {
  const rows = controls.map((control) => [control.id, control.title, decision(framework, control, data)]);
  return markdownTable(['Control', 'What it demands', 'Decided by'], rows);
}

const keyOf = ({ id, title }: FrameworkControl): string => `${id} ${title}`;

/** A version of a framework by what tells it from the newest one. */
function olderVersion(older: Framework, newest: Framework, data: Data): string {
  const [inNewest, inOlder] = [newest, older].map(({ controls }) => new Set(controls.map(keyOf)));
  const other = older.controls.filter((control) => inNewest?.has(keyOf(control)) !== true);
  const titles = new Set(older.controls.map(({ title }) => title));
  const missing = newest.controls.filter(
    (control) => inOlder?.has(keyOf(control)) !== true && !titles.has(control.title),
  );
  const without =
    missing.length === 0 ? '' : ` without ${missing.map(({ id, title }) => `${id} (${title})`).join(' and ')},`;
  const shift = other.length === 0 ? ' and nothing else differs.' : ' and with these where that has others:';
  const table = other.length === 0 ? [] : [controlTable(older, other, data)];
  return [`### Version ${older.version}`, `As ${newest.version},${without}${shift}`, ...table].join('\n\n');
}

function section(versions: readonly Framework[], data: Data): string {
  const newest = versions.at(-1);
  if (newest === undefined) return '';
  const older = versions.slice(0, -1).toReversed();
  return [
    `## ${newest.title} ${newest.version}`,
    `Report: \`${newest.name}\``,
    controlTable(newest, newest.controls, data),
    ...older.map((each) => olderVersion(each, newest, data)),
  ]
    .join('\n\n')
    .concat('\n');
}

/** docs/frameworks.md, from the data of the frameworks and the references of the checks. */
export async function frameworksDocFiles(): Promise<readonly GeneratedFile[]> {
  // Imported only now, as it stands on generated files that an earlier generator may just have made.
  const { checksOf, frameworksAt } = await import('../../src/checks/frameworks/index.ts');
  const { NEWEST_MINOR } = await import('../../src/checks/pod-security/controls.ts');
  const data: Data = { frameworks: frameworksAt(NEWEST_MINOR), checksOf };
  const groups = Map.groupBy(data.frameworks, ({ title }) => title);
  const sections = [...groups.values()].map((versions) => section(versions, data));
  return [{ path: 'docs/frameworks.md', content: [INTRODUCTION, ...sections].join('\n') }];
}
