import assert from 'node:assert/strict';
import fc from 'fast-check';
import { slackBody } from '../../../../src/notify/formats/slack.ts';
import { messageOf, type Message } from '../../../../src/notify/message/message.ts';
import { hostileChanges } from '../../../support/change-sets.ts';
import { assertGolden } from './goldens.ts';
import { ALONE, CROWD, DIGEST } from './samples.ts';

interface Text {
  readonly type: string;
  readonly text: string;
  readonly verbatim?: boolean;
  readonly emoji?: boolean;
}

interface Body {
  readonly text: string;
  readonly blocks: readonly { readonly type: string; readonly text?: Text; readonly elements?: readonly Text[] }[];
}

const made = (message: Message): Body => slackBody(message) as Body;
const textsOf = ({ blocks }: Body): readonly Text[] =>
  blocks.flatMap(({ text, elements = [] }) => [...(text === undefined ? [] : [text]), ...elements]);

/** What Slack itself documents as the most that it takes. */
function assertAccepted(body: Body): void {
  assert.ok(body.blocks.length <= 50);
  for (const { type, text } of body.blocks) {
    assert.ok((text?.text.length ?? 0) <= (type === 'header' ? 150 : 3000), `${type} of ${text?.text.length}`);
  }
  for (const { text } of textsOf(body)) assert.ok(text.length > 0);
}

describe('what Slack shows', () => {
  it('is the workload, what is wrong, and how to look closer', () => assertGolden('slack', made(ALONE)));
  it('names each workload in a digest', () => assertGolden('slack-digest', made(DIGEST)));

  it('ends where nobody would read on, and counts the rest', () => {
    const body = made(CROWD);
    assertAccepted(body);
    assert.match(body.blocks[1]?.text?.text ?? '', /\nand 25 more\n/);
    assert.equal(body.blocks.at(-1)?.elements?.[0]?.text, 'and 25 more changes');
  });

  it('is accepted, and mentions nobody and links to nothing, whatever names and messages say', () => {
    const messages = fc.array(hostileChanges, { minLength: 1, maxLength: 20 }).map((sets) => messageOf(sets, {}));
    fc.assert(
      fc.property(messages, (message) => {
        const body = made(message);
        assertAccepted(body);
        for (const text of [body.text, ...textsOf(body).map((each) => each.text)]) {
          assert.doesNotMatch(text, /[<>]|&(?!(?:amp|lt|gt);)/);
        }
        assert.ok(
          textsOf(body).every(({ type, verbatim, emoji }) => (type === 'mrkdwn' ? verbatim === true : emoji === false)),
        );
      }),
    );
  });

  it('has as many lines as there is to say, so that no message poses as another finding', () => {
    fc.assert(
      fc.property(hostileChanges, (set) => {
        const [, section] = made(messageOf([set], {})).blocks;
        const all = set.opened.length + set.resolved.length;
        assert.equal(section?.text?.text.split('\n').length, Math.min(all, 10) + (all > 10 ? 1 : 0) + 1);
      }),
    );
  });
});
