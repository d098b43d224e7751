import type { Severity } from '../../crds/index.ts';
import { excerptOf, type Room, type ShownSet } from '../message/excerpt.ts';
import type { Message } from '../message/message.ts';
import { fitted } from '../message/text.ts';
import { commandFor, detailText, headline, linkFor, subjectText } from '../message/wording.ts';

/** Teams refuses messages of more than 28 KB; what passes them on adds to ours. */
const MAX_BYTES = 24 * 1024;
const MAX_TITLE = 250;
const MAX_LINE = 250;
const MAX_LINK = 1000;
/** From the fullest to one that always fits. */
const ROOMS: readonly Room[] = [
  { sets: 15, findings: 10 },
  { sets: 10, findings: 5 },
  { sets: 5, findings: 3 },
  { sets: 1, findings: 1 },
];

const COLOURS: Readonly<Record<Severity, string>> = {
  Critical: 'Attention',
  High: 'Attention',
  Medium: 'Warning',
  Low: 'Default',
  Info: 'Default',
};

type Run = Readonly<Record<string, unknown>>;

const run = (text: string, more: Run = {}): Run => ({ type: 'TextRun', text, ...more });

/** Text runs know no Markdown, so that nothing in a name or a message can pose as a link or an image. */
const line = (inlines: readonly Run[], spacing = 'None'): object => ({ type: 'RichTextBlock', spacing, inlines });

function findingRow([change, finding]: ShownSet['findings'][number]): object {
  const { severity, check } = finding;
  const detail = fitted(detailText(finding), MAX_LINE);
  const isNew = change === 'opened';
  return line([
    run(`${isNew ? severity : `resolved ${severity}`} `, isNew ? { weight: 'Bolder', color: COLOURS[severity] } : {}),
    run(fitted(check, 128), { fontType: 'Monospace' }),
    ...(detail === '' ? [] : [run(` ${detail}`)]),
  ]);
}

function closingRow({ set }: ShownSet, message: Message): object {
  const link = linkFor(set, message);
  return line([
    run(fitted(commandFor(set), 360), { fontType: 'Monospace', isSubtle: true }),
    ...(link === undefined || link.length > MAX_LINK
      ? []
      : [run('  '), run('Open', { selectAction: { type: 'Action.OpenUrl', url: link } })]),
  ]);
}

function setRows(shown: ShownSet, message: Message): readonly object[] {
  return [
    ...(message.sets.length > 1 ? [line([run(subjectText(shown.set), { weight: 'Bolder' })], 'Medium')] : []),
    ...shown.findings.map(findingRow),
    ...(shown.hidden > 0 ? [line([run(`and ${shown.hidden} more`)])] : []),
    closingRow(shown, message),
  ];
}

function card(message: Message, room: Room): object {
  const title = fitted(headline(message), MAX_TITLE);
  const { shown, hidden } = excerptOf(message.sets, room);
  return {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: title,
    msteams: { width: 'Full' },
    body: [
      line([run(title, { weight: 'Bolder', size: 'Medium' })]),
      ...shown.flatMap((each) => setRows(each, message)),
      ...(hidden > 0 ? [line([run(`and ${hidden} more changes`)], 'Medium')] : []),
    ],
  };
}

function envelope(content: object): object {
  return {
    type: 'message',
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}

/** A message for a workflow of Teams that begins with a webhook, as full as fits. */
export function teamsBody(message: Message): object {
  const bodies = ROOMS.map((room) => () => envelope(card(message, room)));
  for (const body of bodies) {
    const made = body();
    if (Buffer.byteLength(JSON.stringify(made)) <= MAX_BYTES) return made;
  }
  return envelope(card({ ...message, sets: [] }, { sets: 0, findings: 0 }));
}
