import assert from 'node:assert/strict';
import { startWebhookReceiver, type WebhookReceiver } from '../../monitoring/webhook-receiver.ts';

describe('A receiver of webhooks', () => {
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    receiver = await startWebhookReceiver();
  });
  afterEach(async () => receiver.stop());
  const send = async (path: string, body: string): Promise<Response> =>
    fetch(`${receiver.url}${path}`, { method: 'POST', body, headers: { 'X-Delivery': '1' } });

  it('keeps what it is sent, in order, until it is cleared', async () => {
    await send('/one', 'a');
    await send('/two?x=1', 'b');
    assert.deepEqual(
      receiver.requests().map(({ method, path, headers, body }) => [method, path, headers['x-delivery'], body]),
      [
        ['POST', '/one', '1', 'a'],
        ['POST', '/two?x=1', '1', 'b'],
      ],
    );
    receiver.clear();
    assert.deepEqual(receiver.requests(), []);
  });

  it('answers as it is told, and keeps what it refuses', async () => {
    assert.equal((await send('/', 'a')).status, 200);
    receiver.answer(429, { 'Retry-After': '2' });
    const refused = await send('/', 'b');
    assert.deepEqual([refused.status, refused.headers.get('Retry-After')], [429, '2']);
    assert.equal(receiver.requests().length, 2);
  });
});
