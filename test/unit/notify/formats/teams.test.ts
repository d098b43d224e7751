import assert from 'node:assert/strict';
import fc from 'fast-check';
import { teamsBody } from '../../../../src/notify/formats/teams.ts';
import { messageOf } from '../../../../src/notify/message/message.ts';
import { changes, finding, hostileChanges } from '../../../support/change-sets.ts';
import { assertGolden } from './goldens.ts';
import { ALONE, CROWD, DIGEST } from './samples.ts';

/** Of all objects in a card, those that say what kind of element they are. */
function elements(value: unknown): readonly { readonly type: string; readonly text?: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(elements);
  return 'type' in value && typeof value.type === 'string' ? [value as { type: string }, ...inner] : inner;
}

const bytesOf = (body: object): number => Buffer.byteLength(JSON.stringify(body));
const LIMIT = 28 * 1000;

describe('what Teams shows', () => {
  it('is the workload, what is wrong, and how to look closer', () => assertGolden('teams', teamsBody(ALONE)));
  it('names each workload in a digest', () => assertGolden('teams-digest', teamsBody(DIGEST)));

  it('shrinks to what Teams takes, and counts the rest', () => {
    const body = teamsBody(CROWD);
    assert.ok(bytesOf(body) <= LIMIT, `${bytesOf(body)} bytes`);
    assert.match(JSON.stringify(body), /"and 2\d more"/);
    assert.match(JSON.stringify(body), /"and 3\d more changes"/);
  });

  it('fits even if each character takes four bytes', () => {
    const opened = Array.from({ length: 20 }, () => finding({ message: '😀'.repeat(1000), check: '😀'.repeat(100) }));
    const sets = Array.from({ length: 20 }, (_, index) =>
      changes({ opened, subject: { apiVersion: 'v1', kind: 'User', name: `${index}${'😀'.repeat(900)}` } }),
    );
    const body = teamsBody(messageOf(sets, {}));
    assert.ok(bytesOf(body) <= LIMIT);
    assert.match(JSON.stringify(body), /Critical /);
  });

  it('has nothing in which Markdown means anything, and links nowhere, whatever names and messages say', () => {
    fc.assert(
      fc.property(fc.array(hostileChanges, { minLength: 1, maxLength: 20 }), (sets) => {
        const body = teamsBody(messageOf(sets, {}));
        const types = new Set(elements(body).map(({ type }) => type));
        assert.deepEqual([...types].sort(), ['AdaptiveCard', 'RichTextBlock', 'TextRun', 'message']);
        assert.ok(bytesOf(body) <= LIMIT);
        for (const { type, text } of elements(body)) {
          if (type === 'TextRun') assert.match(text ?? '', /^[^\p{Cc}\p{Cs}\u2028\u2029\u202E]*$/u);
        }
      }),
    );
  });
});
