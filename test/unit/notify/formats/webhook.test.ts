import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { render } from '../../../../src/notify/formats/render.ts';
import { signatureOf } from '../../../../src/notify/formats/signature.ts';
import { webhookBody } from '../../../../src/notify/formats/webhook.ts';
import { messageOf } from '../../../../src/notify/message/message.ts';
import { changes, hostileChanges, target } from '../../../support/change-sets.ts';
import { assertGolden } from './goldens.ts';
import { ALONE, DIGEST, NOW_MS } from './samples.ts';

describe('what a webhook receives', () => {
  it('is all of a change, with ids by which to know it again', () => assertGolden('webhook', webhookBody(ALONE)));

  it('has the same shape in a digest', () => assertGolden('webhook-digest', webhookBody(DIGEST)));

  it('keeps names and messages as they are', () => {
    fc.assert(
      fc.property(hostileChanges, (set) => {
        const { body } = render(messageOf([set], {}), target(), NOW_MS);
        const [received] = (JSON.parse(body) as { changes: Pick<typeof set, 'subject' | 'opened'>[] }).changes;
        const wellFormed = JSON.parse(JSON.stringify(set)) as typeof set;
        assert.deepEqual(received?.subject, wellFormed.subject);
        assert.deepEqual(
          received?.opened.map(({ message }) => message),
          wellFormed.opened.map(({ message }) => message),
        );
      }),
    );
  });

  it('carries its id in both headers', () => {
    const { headers } = render(ALONE, target({ headers: { 'x-team': 'ops' } }), NOW_MS);
    assert.deepEqual(headers, {
      'content-type': 'application/json',
      'x-team': 'ops',
      'idempotency-key': ALONE.id,
      'plimsoll-delivery': ALONE.id,
    });
  });

  it('has the same body whenever it is sent', () => {
    const bodies = [NOW_MS, NOW_MS + 86_400_000].map((nowMs) => render(ALONE, target(), nowMs).body);
    assert.equal(bodies[0], bodies[1]);
  });
});

/** As the documentation tells receivers to do it. */
function verify(header: string, body: string, key: string): boolean {
  const [, time, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  return createHmac('sha256', key).update(`${time}.`).update(body).digest('hex') === mac;
}

describe('the signature of what a webhook receives', () => {
  const hmacKey = Buffer.from('a key of more than sixteen bytes');
  const signed = render(
    messageOf([changes({ subject: { apiVersion: 'v1', kind: 'Pod', name: 'ünïcode 😀' } })], {}),
    target({ hmacKey }),
    NOW_MS,
  );
  const header = signed.headers['plimsoll-signature'] ?? '';

  it('is verified with the key', () => assert.ok(verify(header, signed.body, hmacKey.toString())));
  it('says when it was made', () => assert.ok(header.startsWith(`t=${NOW_MS / 1000},v1=`)));
  it('is not verified with another key', () =>
    assert.ok(!verify(header, signed.body, 'another key, of whatever length')));
  it('is not verified for another body', () => assert.ok(!verify(header, `${signed.body} `, hmacKey.toString())));
  it('is not verified for another time', () => {
    assert.ok(!verify(header.replace('t=1', 't=2'), signed.body, hmacKey.toString()));
  });

  it('is that which openssl makes', () => {
    // printf '1700000000.{}' | openssl dgst -sha256 -hmac 0123456789abcdef
    const key = Buffer.from('0123456789abcdef');
    assert.equal(
      signatureOf('{}', key, 1_700_000_000),
      't=1700000000,v1=e4f8e2ecae2295b2ddb2f0b5584c8275e226c0ebe9b3b819e70156bb67122e3e',
    );
  });
});
