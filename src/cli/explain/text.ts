import { styleText } from 'node:util';
import { placeLines, TOPICS, type Explanation } from '../../checks/explanation.ts';

/** How a text is shown: in bold or plain, and how wide. */
export interface TextStyle {
  readonly isColourful: boolean;
  readonly columns: number;
}

const INDENT = '  ';

const bold = (text: string, { isColourful }: TextStyle): string =>
  isColourful ? styleText('bold', text, { validateStream: false }) : text;

/** Breaks a text between words, so that no line is wider than it may be unless a single word is. */
export function wrap(text: string, columns: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && indent.length + longer.length > columns) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line].map((each) => `${indent}${each}`).join('\n');
}

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => (line === '' ? '' : `${INDENT}${line}`))
    .join('\n');

/** Rows of two columns, the second of them aligned. */
function aligned(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `${INDENT}${left.padEnd(width)}  ${right}`).join('\n');
}

function section(title: string, body: string, style: TextStyle): readonly string[] {
  return body === '' ? [] : [`${bold(title, style)}\n${body}`];
}

/** What else a finding tells of, and what may tell of it. */
function causeFacts({ standsFor, standsUnder }: Explanation): readonly (readonly [string, string])[] {
  return [
    ...(standsFor.length === 0 ? [] : [['Stands for', standsFor.join(', ')] as const]),
    ...(standsUnder.length === 0 ? [] : [['Stands under', standsUnder.join(', ')] as const]),
  ];
}

/** One check in full. */
export function explanationText(explained: Explanation, style: TextStyle): string {
  const { id, title, severity, isOnByDefault, why, fix, example, judges, frameworks, unmapped } = explained;
  const { reads, parameters } = explained;
  const places = placeLines(frameworks);
  const tools = Object.entries(explained.otherTools).map(([tool, ids]) => [tool, ids.join(', ')] as const);
  const facts: readonly (readonly [string, string])[] = [
    ['Severity', severity],
    ['Runs', isOnByDefault ? 'by default' : 'if it is asked for: --checks default,' + id],
    ['Judges', judges],
    ...(reads.length === 0 ? [] : [['Joins', reads.join(', ')] as const]),
    ...(parameters.length === 0 ? [] : [['Goes by', `parameters of the profile: ${parameters.join(', ')}`] as const]),
    ...causeFacts(explained),
  ];
  const none = unmapped === undefined ? '' : wrap(`None: ${unmapped}.`, style.columns, INDENT);
  return [
    `${bold(id, style)}\n${title}`,
    wrap(why, style.columns),
    aligned(facts),
    ...section('Fix', wrap(fix, style.columns, INDENT), style),
    ...(example === undefined
      ? []
      : [...section('Before', indented(example.before), style), ...section('After', indented(example.after), style)]),
    ...section('Frameworks', places.length === 0 ? none : aligned(places), style),
    ...section('In other tools', tools.length === 0 ? '' : aligned(tools), style),
    ...section('Read more', explained.links.map((link) => `${INDENT}${link}`).join('\n'), style),
  ]
    .join('\n\n')
    .concat('\n');
}

function listLine({ id, severity, title, isOnByDefault }: Explanation, width: number): string {
  return `${INDENT}${id.padEnd(width)}  ${severity.padEnd('Critical'.length)}  ${title}${isOnByDefault ? '' : ' (off)'}`;
}

/** All checks in a line each, by topic. */
export function listText(explanations: readonly Explanation[], style: TextStyle): string {
  const width = Math.max(...explanations.map(({ id }) => id.length));
  const topics = TOPICS.flatMap((topic) =>
    section(
      topic,
      explanations
        .filter((each) => each.topic === topic)
        .map((each) => listLine(each, width))
        .join('\n'),
      style,
    ),
  );
  const off = explanations.filter(({ isOnByDefault }) => !isOnByDefault).length;
  const hint = off === 0 ? '' : ` ${off} are off unless --checks names them.`;
  return [...topics, `${explanations.length} checks.${hint} plimsoll explain CHECK tells all of one.`]
    .join('\n\n')
    .concat('\n');
}
