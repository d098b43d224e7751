import { excerptOf, type Room, type ShownSet } from '../message/excerpt.ts';
import type { Message } from '../message/message.ts';
import { fitted } from '../message/text.ts';
import { commandFor, detailText, headline, linkFor, subjectText } from '../message/wording.ts';

/** Slack takes 50 blocks, 150 characters in a header and 3000 in a section. */
const MAX_HEADER = 150;
const MAX_CHECK = 60;
const MAX_DETAIL = 140;
const MAX_COMMAND = 360;
const MAX_LINK = 300;
const ALONE: Room = { sets: 1, findings: 10 };
const DIGEST: Room = { sets: 15, findings: 5 };

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Without these three characters nothing can mention people or pose as a link. */
function escaped(text: string, maxLength: number): string {
  return fitted(text, maxLength, (character) => ESCAPES[character] ?? character);
}

/** `verbatim` keeps Slack from making links of what looks like a URL or a channel. */
const section = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', verbatim: true, text } });
const context = (text: string): object => ({ type: 'context', elements: [{ type: 'mrkdwn', verbatim: true, text }] });

function findingLine([change, finding]: ShownSet['findings'][number]): string {
  const detail = escaped(detailText(finding), MAX_DETAIL);
  const check = `\`${escaped(finding.check.replaceAll('`', ''), MAX_CHECK)}\``;
  const what = change === 'opened' ? `*${finding.severity}*` : `_resolved_ ${finding.severity}`;
  return `• ${what} ${check}${detail === '' ? '' : ` ${detail}`}`;
}

function closingLine({ set }: ShownSet, message: Message): string {
  const link = linkFor(set, message)?.replaceAll('&', '&amp;');
  const shown = link === undefined || link.length > MAX_LINK ? '' : `  <${link}|Open>`;
  return `\`${escaped(commandFor(set), MAX_COMMAND)}\`${shown}`;
}

function setSection(shown: ShownSet, message: Message): object {
  const lines = [
    ...(message.sets.length > 1 ? [`*${escaped(subjectText(shown.set), 260)}*`] : []),
    ...shown.findings.map(findingLine),
    ...(shown.hidden > 0 ? [`and ${shown.hidden} more`] : []),
    closingLine(shown, message),
  ];
  return section(lines.join('\n'));
}

/** A message for an incoming webhook of Slack. */
export function slackBody(message: Message): object {
  const title = headline(message);
  const { shown, hidden } = excerptOf(message.sets, message.sets.length > 1 ? DIGEST : ALONE);
  return {
    // What notifications and readers without blocks show.
    text: escaped(title, 300),
    blocks: [
      { type: 'header', text: { type: 'plain_text', emoji: false, text: escaped(title, MAX_HEADER) } },
      ...shown.map((each) => setSection(each, message)),
      ...(hidden > 0 ? [context(`and ${hidden} more changes`)] : []),
    ],
  };
}
