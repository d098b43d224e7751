import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Target, TargetTls } from '../../../../src/notify/config/config.ts';
import type { Answer } from '../../../../src/notify/sending/post.ts';
import { createTargetSender } from '../../../../src/notify/sending/target-sender.ts';
import { certificate, type Certificate } from '../../../support/certificates.ts';
import { changes, target } from '../../../support/change-sets.ts';
import { answer, startReceiver } from '../../../support/receiver.ts';

describe('a receiver with TLS', () => {
  let folder = '';
  let own: Certificate;
  let strange: Certificate;
  let elsewhere: Certificate;
  const cleanups: (() => Promise<unknown>)[] = [];

  before(function make() {
    this.timeout(30_000);
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-tls-'));
    own = certificate(folder, 'own');
    strange = certificate(folder, 'strange');
    elsewhere = certificate(folder, 'elsewhere', 'DNS:receiver.example');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });

  async function send(served: ServerOptions | undefined, tls: Partial<TargetTls>): Promise<Answer> {
    const receiver = await startReceiver(answer(200), served);
    cleanups.push(receiver.close);
    const to: Target = target({
      url: `${receiver.url.replace('http:', 'https:')}/hook`,
      tls: { insecureSkipVerify: false, ...tls },
    });
    const sender = createTargetSender(to, {}, { userAgent: 'x', proxies: {}, wallMs: Date.now });
    cleanups.push(sender.destroy);
    return sender.send([changes()], new AbortController().signal);
  }

  const delivered: readonly (readonly [name: string, served: () => ServerOptions, tls: () => Partial<TargetTls>])[] = [
    ['its authority is given', () => own, () => ({ ca: own.cert })],
    ['its authority is among those given', () => own, () => ({ ca: strange.cert + own.cert })],
    ['its other name is given', () => elsewhere, () => ({ ca: elsewhere.cert, serverName: 'receiver.example' })],
    ['nothing is verified', () => strange, () => ({ insecureSkipVerify: true })],
    [
      'it wants a certificate and gets a good one',
      () => ({ ...own, requestCert: true, rejectUnauthorized: true, ca: strange.cert }),
      () => ({ ca: own.cert, cert: strange.cert, key: strange.key }),
    ],
  ];
  for (const [name, served, tls] of delivered) {
    it(`takes what is sent if ${name}`, async () => {
      assert.deepEqual(await send(served(), tls()), { outcome: 'delivered' });
    });
  }

  const failed: readonly (readonly [
    name: string,
    served: () => ServerOptions | undefined,
    tls: () => Partial<TargetTls>,
    why: RegExp,
  ])[] = [
    [
      'it is unknown',
      () => own,
      () => ({}),
      /its certificate is signed by itself; .* tls\.caFile \(DEPTH_ZERO_SELF_SIGNED_CERT\)/,
    ],
    ['it is of another authority', () => own, () => ({ ca: strange.cert }), /its certificate is signed by itself/],
    [
      'it is for another host',
      () => elsewhere,
      () => ({ ca: elsewhere.cert }),
      /its certificate is for another host; .* tls\.serverName \(ERR_TLS_CERT_ALTNAME_INVALID\)/,
    ],
    [
      'it wants a certificate and gets none',
      () => ({ ...own, requestCert: true, rejectUnauthorized: true, ca: strange.cert }),
      () => ({ ca: own.cert }),
      /TLS failed; it may want a certificate|the connection was (reset|closed)/,
    ],
    [
      'it wants a certificate and gets that of somebody else',
      () => ({ ...own, requestCert: true, rejectUnauthorized: true, ca: strange.cert }),
      () => ({ ca: own.cert, cert: elsewhere.cert, key: elsewhere.key }),
      /TLS failed; it may want a certificate|the connection was (reset|closed)/,
    ],
    [
      'it speaks no TLS',
      () => undefined,
      () => ({ ca: own.cert }),
      /TLS failed; it may want a certificate, or speak no TLS at all/,
    ],
  ];
  for (const [name, served, tls, why] of failed) {
    it(`gets nothing, and people hear why, if ${name}`, async () => {
      const got = await send(served(), tls());
      assert.equal(got.outcome, 'unavailable');
      assert.match('why' in got ? got.why : '', why);
    });
  }
});
