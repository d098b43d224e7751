import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readCertificate } from '../../../../src/metrics/serving/certificate.ts';
import { selfSignedCertificate } from '../../../../src/metrics/serving/self-signed.ts';

const NOW = new Date('2026-11-24T12:00:00Z');
const made = selfSignedCertificate({ name: 'metrics.example', now: NOW });

describe('a certificate that is made', () => {
  const x509 = new X509Certificate(made.cert);

  it('is signed by its own key, for its name, and is no authority', () => {
    assert.ok(x509.verify(x509.publicKey));
    assert.ok(x509.checkIssued(x509));
    assert.equal(x509.subject, 'CN=metrics.example');
    assert.equal(x509.checkHost('metrics.example'), 'metrics.example');
    assert.equal(x509.ca, false);
  });

  it('has a curve that every client knows', () => {
    assert.deepEqual(
      [x509.publicKey.asymmetricKeyType, x509.publicKey.asymmetricKeyDetails],
      ['ec', { namedCurve: 'prime256v1' }],
    );
  });

  it('is good from an hour ago for ten years', () => {
    assert.equal(x509.validFromDate.toISOString(), '2026-11-24T11:00:00.000Z');
    assert.equal(x509.validToDate.toISOString(), '2036-11-21T12:00:00.000Z');
  });

  it('has a number and a key of its own', () => {
    const other = new X509Certificate(selfSignedCertificate({ name: 'metrics.example', now: NOW }).cert);
    assert.notEqual(other.serialNumber, x509.serialNumber);
    assert.ok(!other.publicKey.equals(x509.publicKey));
  });

  it('is one to OpenSSL too, down to the encoding', () => {
    const text = execFileSync('openssl', ['x509', '-noout', '-text'], { input: made.cert, encoding: 'utf8' });
    for (const phrase of [
      'Version: 3',
      'ecdsa-with-SHA256',
      'CA:FALSE',
      'TLS Web Server Authentication',
      'DNS:metrics.example',
    ])
      assert.ok(text.includes(phrase), phrase);
  });
});

describe('a certificate in a folder', () => {
  let folder = '';
  const write = (files: { readonly cert?: string; readonly key?: string }): void => {
    if (files.cert !== undefined) writeFileSync(join(folder, 'tls.crt'), files.cert);
    if (files.key !== undefined) writeFileSync(join(folder, 'tls.key'), files.key);
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-certificate-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is read with its key, its names and its end', async () => {
    write(made);
    const { cert, key, subject, expires } = await readCertificate(folder);
    assert.deepEqual({ cert, key }, made);
    assert.equal(subject, 'DNS:metrics.example');
    assert.equal(expires.toISOString(), '2036-11-21T12:00:00.000Z');
  });

  it('may be RSA, with a chain, and may name no host', async () => {
    const [key, cert] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
    const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/O=shop/CN=plain'];
    execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    write({ cert: readFileSync(cert, 'utf8') + made.cert });
    assert.equal((await readCertificate(folder)).subject, 'O=shop, CN=plain');
  });

  it('has another digest with another key or another certificate, and the same while it is the same', async () => {
    write(made);
    const { digest } = await readCertificate(folder);
    assert.equal((await readCertificate(folder)).digest, digest);
    write({ cert: `${made.cert}\n` });
    assert.notEqual((await readCertificate(folder)).digest, digest);
    write({ cert: made.cert, key: `${made.key}\n` });
    assert.notEqual((await readCertificate(folder)).digest, digest);
  });

  const other = selfSignedCertificate({ name: 'other.example', now: NOW });
  const encrypted = execFileSync('openssl', ['pkcs8', '-topk8', '-passout', 'pass:secret'], {
    input: made.key,
    encoding: 'utf8',
  });
  const bad: readonly (readonly [name: string, { readonly cert?: string; readonly key?: string }, says: RegExp])[] = [
    ['no certificate', { key: made.key }, /^cannot read .*tls\.crt: ENOENT/],
    ['no key', { cert: made.cert }, /^cannot read .*tls\.key: ENOENT/],
    ['an empty certificate', { cert: '', key: made.key }, /tls\.crt does not hold a certificate in PEM: /],
    ['half a certificate', { ...made, cert: made.cert.slice(0, 200) }, /tls\.crt does not hold a certificate in PEM: /],
    ['a key for a certificate', { ...made, cert: made.key }, /tls\.crt does not hold a certificate in PEM: /],
    [
      'no PEM for a key',
      { ...made, key: 'key' },
      /tls\.key does not hold a private key in PEM, without a passphrase: /,
    ],
    ['a key with a passphrase', { ...made, key: encrypted }, /tls\.key does not hold a private key in PEM, without/],
    ['the key of another', { ...made, key: other.key }, /tls\.key is not the key of .*tls\.crt$/],
  ];
  for (const [name, files, says] of bad) {
    it(`is refused, and the message says why: ${name}`, async () => {
      write(files);
      await assert.rejects(readCertificate(folder), (error: Error) => {
        assert.match(error.message, says);
        assert.ok(!error.message.includes('PRIVATE KEY'), 'the key stays out of it');
        return 'code' in error && error.code === 'Certificate';
      });
    });
  }

  it('is refused if its key is too short for OpenSSL', async () => {
    const [key, cert] = [join(folder, 'tls.key'), join(folder, 'tls.crt')];
    const request = ['req', '-x509', '-newkey', 'rsa:1024', '-nodes', '-days', '2', '-subj', '/CN=short'];
    execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    await assert.rejects(readCertificate(folder), {
      message: /tls\.crt does not hold a certificate that can be served: .*key too small/,
    });
  });
});
