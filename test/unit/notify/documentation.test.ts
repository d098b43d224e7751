import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { parseNotifyConfig } from '../../../src/notify/config/load.ts';
import { DocumentError } from '../../../src/notify/config/readers.ts';
import type { SecretFiles } from '../../../src/notify/config/secret-files.ts';
import { signatureOf } from '../../../src/notify/formats/signature.ts';
import { webhookBody } from '../../../src/notify/formats/webhook.ts';
import { messageOf } from '../../../src/notify/message/message.ts';
import { changes } from '../../support/change-sets.ts';
import { ROOT } from '../config/manifests.ts';

const page = readFileSync(join(ROOT, 'docs/notifications.md'), 'utf8');

function blocks(language: string): readonly string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'))].map(([, text = '']) => text);
}

/** Every file that an example names holds what fits there. */
const files: SecretFiles = {
  bytes: () => Buffer.from('0123456789abcdef'),
  line: (_file, path) => (path.endsWith('urlFile') ? 'https://receiver.example/x' : 'x'),
};

/** The fields that are taken at a place, as the message about an unknown one lists them. */
function knownFields(document: unknown): readonly string[] {
  try {
    parseNotifyConfig(document, files);
  } catch (error) {
    if (error instanceof DocumentError) return /there are ([\w, ]+)/.exec(error.message)?.[1]?.split(', ') ?? [];
  }
  return assert.fail('the unknown field was taken');
}

describe('the page on notifications', () => {
  it('explains every setting', () => {
    const all = [{ x: 1 }, { targets: [{ x: 1 }] }, { targets: [{ tls: { x: 1 } }] }].flatMap(knownFields);
    assert.equal(all.length, 26);
    const table = page.slice(page.indexOf('| field |'), page.indexOf('## Webhook'));
    assert.deepEqual(
      all.filter((field) => !new RegExp(`\\b${field}\\b`).test(table)),
      [],
    );
  });

  it('has examples of targets that are taken as they are', () => {
    const examples = blocks('yaml')
      .map((text) => load(text))
      .filter((value) => Array.isArray(value));
    assert.equal(examples.length, 4);
    for (const targets of examples) {
      // Certificates are tried out, and those of an example are none.
      const bare = (targets as readonly object[]).map((target) => ({ ...target, tls: {} }));
      const own = bare.map((target) =>
        JSON.stringify(target).includes('http://') ? { ...target, tls: undefined } : target,
      );
      assert.equal(parseNotifyConfig(JSON.parse(JSON.stringify({ targets: own })), files).targets.length, 1);
    }
  });

  it('shows what a webhook receives', () => {
    const [shown = ''] = blocks('json');
    const sent = JSON.parse(JSON.stringify(webhookBody(messageOf([changes()], { clusterName: 'prod-eu' })))) as object;
    assert.deepEqual(JSON.parse(shown), sent);
  });

  it('shows how to verify a signature', async () => {
    const [code = ''] = blocks('js');
    const { isFromPlimsoll } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
      isFromPlimsoll: (header: string | undefined, body: string, key: string, nowSeconds: number) => boolean;
    };
    const [key, body] = ['0123456789abcdef', '{"name":"ü"}'];
    const header = signatureOf(body, Buffer.from(key), 1000);
    assert.equal(isFromPlimsoll(header, body, key, 1200), true);
    assert.equal(isFromPlimsoll(header, body, key, 1400), false);
    assert.equal(isFromPlimsoll(header, `${body} `, key, 1200), false);
    assert.equal(isFromPlimsoll(undefined, body, key, 1200), false);
  });
});
