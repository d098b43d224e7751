import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import type { NotifyConfig, Target } from '../../../../src/notify/config/config.ts';
import { loadNotifyConfig, NotifyConfigError } from '../../../../src/notify/config/load.ts';
import { certificate, type Certificate } from '../../../support/certificates.ts';
import { folderForEach } from './folder.ts';

const URL_TEXT = 'https://receiver.example/services/T0PSECRET';
const { write } = folderForEach();

const load = (text: string): NotifyConfig => loadNotifyConfig(write('config.yaml', text)).config;
const withTarget = (fields: object): string =>
  dump({ targets: [{ name: 'ops', type: 'webhook', url: URL_TEXT, ...fields }] });
const loadTarget = (fields: object): Target | undefined => load(withTarget(fields)).targets[0];

function problemsOf(text: string): string {
  const path = write('config.yaml', text);
  try {
    loadNotifyConfig(path);
  } catch (error) {
    assert.ok(error instanceof NotifyConfigError);
    assert.ok(error.message.startsWith(`${path}: `), error.message);
    assert.equal(error.cause, undefined);
    return error.message.slice(path.length + 2);
  }
  return assert.fail('it was taken');
}

describe('the settings of notifications', () => {
  it('have defaults for all but the name, the type and the address', () => {
    assert.deepEqual(load(withTarget({})), {
      targets: [
        {
          name: 'ops',
          type: 'webhook',
          url: URL_TEXT,
          minSeverity: 'High',
          namespaces: [],
          excludeNamespaces: [],
          clusterScoped: true,
          sendResolved: true,
          digestSeconds: 0,
          timeoutSeconds: 10,
          giveUpAfterSeconds: 3600,
          maxQueue: 5000,
          headers: {},
          alertLifetimeSeconds: 86_400,
          tls: { insecureSkipVerify: false },
        },
      ],
    });
  });

  it('are all taken as they are given', () => {
    const text = dump({
      clusterName: 'prod-eu-1',
      externalUrl: 'https://wiki.example/{namespace}/{report}',
      targets: [
        {
          name: 'pager',
          type: 'alertmanager',
          url: 'http://alertmanager.monitoring:9093',
          minSeverity: 'Critical',
          namespaces: ['shop', 'team-?'],
          excludeNamespaces: ['team-x'],
          clusterScoped: true,
          sendResolved: false,
          digestSeconds: 60,
          timeoutSeconds: 3,
          giveUpAfterSeconds: 600,
          maxQueue: 100,
          headers: [{ name: 'X-Scope-OrgID', value: 'ops' }],
          alertLifetimeSeconds: 3600,
        },
      ],
    });
    const { clusterName, externalUrl, targets } = load(text);
    assert.deepEqual([clusterName, externalUrl], ['prod-eu-1', 'https://wiki.example/{namespace}/{report}']);
    assert.deepEqual(targets[0], {
      name: 'pager',
      type: 'alertmanager',
      url: 'http://alertmanager.monitoring:9093/',
      minSeverity: 'Critical',
      namespaces: ['shop', 'team-?'],
      excludeNamespaces: ['team-x'],
      clusterScoped: true,
      sendResolved: false,
      digestSeconds: 60,
      timeoutSeconds: 3,
      giveUpAfterSeconds: 600,
      maxQueue: 100,
      headers: { 'x-scope-orgid': 'ops' },
      alertLifetimeSeconds: 3600,
      tls: { insecureSkipVerify: false },
    });
  });

  it('gather for half a minute what goes to a chat', () => {
    assert.equal(loadTarget({ type: 'slack' })?.digestSeconds, 30);
    assert.equal(loadTarget({ type: 'teams', digestSeconds: 0 })?.digestSeconds, 0);
  });

  it('tell a target that names namespaces nothing of the cluster, unless it asks', () => {
    assert.equal(loadTarget({ namespaces: ['shop'] })?.clusterScoped, false);
    assert.equal(loadTarget({ namespaces: ['shop'], clusterScoped: true })?.clusterScoped, true);
  });

  it('may tell nobody', () => assert.deepEqual(load('targets: []'), { targets: [] }));

  it('take secrets from files beside them, without the newline at their end', () => {
    write('address', `${URL_TEXT}\n`);
    write('token', 'abc.def\n');
    write('org', 'ops\n');
    write('key', '0123456789abcdef\n');
    const made = loadTarget({
      url: undefined,
      urlFile: 'address',
      bearerTokenFile: 'token',
      hmacKeyFile: write('key', '0123456789abcdef\n'),
      headers: [{ name: 'X-Org', valueFile: 'org' }],
    });
    assert.equal(made?.url, URL_TEXT);
    assert.deepEqual(made.headers, { 'x-org': 'ops', authorization: 'Bearer abc.def' });
    assert.equal(made.hmacKey?.toString(), '0123456789abcdef');
  });

  it('take every byte of a key, whatever it is', () => {
    const key = Buffer.from([0, 255, 128, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 200]);
    write('key', key);
    assert.deepEqual(loadTarget({ hmacKeyFile: 'key' })?.hmacKey, key);
  });
});

describe('bad settings of notifications', () => {
  const texts: readonly (readonly [name: string, text: string, problem: string | RegExp])[] = [
    ['nothing', '', 'the document is not YAML at line 1, column 1'],
    ['no YAML', 'targets:\n  - {name: a', /^the document is not YAML at line \d, column \d+$/],
    ['a key twice', 'targets: []\ntargets: []\n', /^the document is not YAML at line 2/],
    ['a list', '[]', 'the document must be an object'],
    ['no targets', 'clusterName: a', 'targets is missing'],
    ['targets that are none', 'targets: {}', 'targets must be a list'],
    ['a target that is none', 'targets: [ops]', 'targets[0] must be an object'],
    [
      'an unknown field',
      'targets: []\nreceivers: []',
      'receivers is unknown here; there are clusterName, externalUrl, targets',
    ],
    [
      'a key that may be a secret',
      'targets: []\nhttps://receiver.example/T0PSECRET: ""',
      '<a key> is unknown here; there are clusterName, externalUrl, targets',
    ],
    ['a cluster without a name', 'targets: []\nclusterName: ""', 'clusterName is empty'],
    [
      'a link to nowhere',
      'targets: []\nexternalUrl: "javascript:alert(1)"',
      /^externalUrl must be an http or https URL; /,
    ],
    [
      'a link with an unknown placeholder',
      'targets: []\nexternalUrl: "https://x.example/{pod}"',
      /^externalUrl must be/,
    ],
    ['a link that would end early', 'targets: []\nexternalUrl: "https://x.example/a|b"', /^externalUrl must be/],
  ];
  for (const [name, text, problem] of texts) {
    it(`are refused with their place: ${name}`, () => {
      if (typeof problem === 'string') assert.equal(problemsOf(text), problem);
      else assert.match(problemsOf(text), problem);
    });
  }

  const targets: readonly (readonly [name: string, fields: object, problem: string])[] = [
    ['no name', { name: undefined }, 'targets[0].name is missing'],
    [
      'a name that is no label',
      { name: 'Ops Team' },
      'targets[0].name must be a DNS label: lower-case letters, digits and -',
    ],
    ['no type', { type: undefined }, 'targets[0].type is missing'],
    ['an unknown type', { type: 'pagerduty' }, 'targets[0].type must be one of webhook, slack, teams, alertmanager'],
    ['no address', { url: undefined }, 'targets[0] must have url or urlFile'],
    ['two addresses', { urlFile: 'x' }, 'targets[0] must have url or urlFile'],
    ['an address that is none', { url: 'receiver.example/T0PSECRET' }, 'targets[0].url must be an http or https URL'],
    [
      'an address of another scheme',
      { url: 'ftp://receiver.example/T0PSECRET' },
      'targets[0].url must be an http or https URL',
    ],
    [
      'an address with a password',
      { url: 'https://a:T0PSECRET@receiver.example' },
      'targets[0].url must not hold a user or a password; give them as a header',
    ],
    [
      'a severity in other letters',
      { minSeverity: 'high' },
      'targets[0].minSeverity must be one of Critical, High, Medium, Low, Info',
    ],
    [
      'a namespace that is none',
      { namespaces: ['Shop'] },
      'targets[0].namespaces[0] must be the name of a namespace, in which * and ? may stand for others',
    ],
    ['one namespace without a list', { excludeNamespaces: 'shop' }, 'targets[0].excludeNamespaces must be a list'],
    ['a word for a truth', { sendResolved: 'no' }, 'targets[0].sendResolved must be true or false'],
    [
      'a time that is too long',
      { timeoutSeconds: 600 },
      'targets[0].timeoutSeconds must be a whole number from 1 to 120',
    ],
    ['a time in words', { digestSeconds: '5m' }, 'targets[0].digestSeconds must be a whole number from 0 to 86400'],
    ['a half second', { timeoutSeconds: 1.5 }, 'targets[0].timeoutSeconds must be a whole number from 1 to 120'],
    ['no room to wait', { maxQueue: 0 }, 'targets[0].maxQueue must be a whole number from 1 to 100000'],
    ['headers as a map', { headers: { 'X-A': 'b' } }, 'targets[0].headers must be a list'],
    ['a header without a value', { headers: [{ name: 'X-A' }] }, 'targets[0].headers[0] must have value or valueFile'],
    [
      'a header with two lines',
      { headers: [{ name: 'X-A', value: 'a\r\nX-B: c' }] },
      'targets[0].headers[0].value must be one line',
    ],
    [
      'a header beyond ASCII',
      { headers: [{ name: 'X-A', value: 'ü' }] },
      'targets[0].headers[0] must have a value of ASCII characters',
    ],
    [
      'a header that is none',
      { headers: [{ name: 'X A', value: 'b' }] },
      'targets[0].headers[0].name must be the name of an HTTP header',
    ],
    [
      'a header of ours',
      { headers: [{ name: 'Plimsoll-Signature', value: 'b' }] },
      'targets[0].headers[0].name must not be plimsoll-signature, which Plimsoll sets itself',
    ],
    [
      'a header that frames',
      { headers: [{ name: 'Content-Length', value: '1' }] },
      'targets[0].headers[0].name must not be content-length, which Plimsoll sets itself',
    ],
    [
      'a header twice',
      {
        headers: [
          { name: 'X-A', value: 'b' },
          { name: 'x-a', value: 'c' },
        ],
      },
      'targets[0].headers[1] repeats x-a',
    ],
    [
      'two authorizations',
      { headers: [{ name: 'Authorization', value: 'b' }], bearerTokenFile: 'x' },
      'targets[0].bearerTokenFile and a header authorization exclude each other',
    ],
    [
      'a file that is not there',
      { bearerTokenFile: 'nowhere' },
      'targets[0].bearerTokenFile names nowhere, which does not exist',
    ],
    [
      'a file that is a folder',
      { bearerTokenFile: '.' },
      'targets[0].bearerTokenFile names ., which cannot be read (EISDIR)',
    ],
    [
      'a key for a chat',
      { type: 'slack', hmacKeyFile: 'x' },
      'targets[0].hmacKeyFile names x, which does not exist; targets[0].hmacKeyFile is for type webhook',
    ],
    [
      'a lifetime of what is no alert',
      { alertLifetimeSeconds: 600 },
      'targets[0].alertLifetimeSeconds is for type alertmanager',
    ],
    ['TLS without TLS', { url: 'http://receiver.example', tls: {} }, 'targets[0].tls is for https URLs'],
    [
      'an unknown field of TLS',
      { tls: { ca: 'x' } },
      'targets[0].tls.ca is unknown here; there are caFile, certFile, keyFile, serverName, insecureSkipVerify',
    ],
    [
      'a certificate without its key',
      { tls: { certFile: 'x' } },
      'targets[0].tls must have certFile and keyFile, or neither',
    ],
    ['nothing where a value belongs', { tls: null }, 'targets[0].tls must be an object'],
  ];
  for (const [name, fields, problem] of targets) {
    it(`are refused with their place: ${name}`, () => {
      const said = problemsOf(withTarget(fields));
      assert.equal(said, problem);
      assert.ok(!said.includes('T0PSECRET'));
    });
  }

  it('are refused for all that is wrong at once', () => {
    const text = dump({
      clusterName: '',
      targets: [
        { name: 'A', type: 'b' },
        { name: 'ops', type: 'slack', url: 7 },
      ],
    });
    assert.equal(
      problemsOf(text),
      'clusterName is empty; targets[0].name must be a DNS label: lower-case letters, digits and -; ' +
        'targets[0].type must be one of webhook, slack, teams, alertmanager; targets[1].url must be a text',
    );
  });

  it('are refused if two targets have one name', () => {
    const one = { name: 'ops', type: 'slack', url: URL_TEXT };
    assert.equal(
      problemsOf(dump({ targets: [one, one] }, { noRefs: true })),
      'targets[1].name is that of targets[0], too',
    );
  });

  const files: readonly (readonly [name: string, content: string, fields: object, problem: string])[] = [
    [
      'an empty address',
      '\n',
      { url: undefined, urlFile: 'file' },
      'targets[0].urlFile names file, which must hold one line',
    ],
    ['an empty file', '', { url: undefined, urlFile: 'file' }, 'targets[0].urlFile names file, which is empty'],
    [
      'an address that is none',
      'T0PSECRET',
      { url: undefined, urlFile: 'file' },
      'targets[0].urlFile: the content of file must be an http or https URL',
    ],
    [
      'a token of two lines',
      'T0P\nSECRET',
      { bearerTokenFile: 'file' },
      'targets[0].bearerTokenFile names file, which must hold one line',
    ],
    [
      'a token with a blank',
      'T0PSECRET x',
      { bearerTokenFile: 'file' },
      'targets[0].bearerTokenFile names file, which holds no token',
    ],
    [
      'a key that is too short',
      'T0PSECRET',
      { hmacKeyFile: 'file' },
      'targets[0].hmacKeyFile names file, which must hold at least 16 bytes',
    ],
    [
      'an authority that is none',
      'T0PSECRET',
      { tls: { caFile: 'file' } },
      'targets[0].tls.caFile names a file that holds no certificates in PEM',
    ],
    [
      'a broken authority',
      '-----BEGIN CERTIFICATE-----\nT0PSECRET\n-----END CERTIFICATE-----',
      { tls: { caFile: 'file' } },
      'targets[0].tls.caFile names a file that holds no certificates in PEM',
    ],
    [
      'a certificate that is none',
      'T0PSECRET',
      { tls: { certFile: 'file', keyFile: 'file' } },
      'targets[0].tls has a certFile and a keyFile that are no certificate in PEM with its key',
    ],
    [
      'a file of megabytes',
      'x'.repeat(300_000),
      { bearerTokenFile: 'file' },
      'targets[0].bearerTokenFile names file, which is larger than 262144 bytes',
    ],
  ];
  for (const [name, content, fields, problem] of files) {
    it(`are refused with the file, and without its content: ${name}`, () => {
      write('file', content);
      assert.equal(problemsOf(withTarget(fields)), problem);
    });
  }

  it('are refused if there is no such file', () => {
    assert.throws(() => loadNotifyConfig('/nowhere/config.yaml'), { message: '/nowhere/config.yaml: does not exist' });
  });

  it('never show a secret, wherever it stands', () => {
    const places = fc.constantFrom(
      'name',
      'type',
      'url',
      'minSeverity',
      'urlFil',
      'headers',
      'tls',
      'digestSeconds',
      'hmacKey',
    );
    const secret = 'https://a:T0PSECRET@b.example/T0PSECRET';
    fc.assert(
      fc.property(
        places,
        fc.constantFrom<unknown>(secret, [secret], { a: secret }, { [secret]: 1 }),
        (place, value) => {
          assert.doesNotMatch(problemsOf(withTarget({ [place]: value })), /T0PSECRET/);
        },
      ),
    );
  });

  it('never show a secret, where the text breaks off', () => {
    const whole = withTarget({ tls: { serverName: 'a' } });
    fc.assert(
      fc.property(fc.nat(whole.length), fc.constantFrom(': ', '\t', '"', '}', '*a', '&a', '!a '), (at, piece) => {
        try {
          load(whole.slice(0, at) + piece + whole.slice(at));
        } catch (error) {
          assert.ok(error instanceof NotifyConfigError);
          assert.doesNotMatch(error.message, /T0PSECRET/);
        }
      }),
    );
  });
});

describe('settings with certificates', () => {
  let [own, other]: readonly (Certificate | undefined)[] = [];
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-certificates-'));
    own = certificate(folder, 'own');
    other = certificate(folder, 'other');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('are read', () => {
    write('ca', own?.cert ?? '');
    write('key', own?.key ?? '');
    const tls = { caFile: 'ca', certFile: 'ca', keyFile: 'key', serverName: 'a.example', insecureSkipVerify: true };
    assert.deepEqual(loadTarget({ tls })?.tls, {
      ca: own?.cert,
      cert: own?.cert,
      key: own?.key,
      serverName: 'a.example',
      insecureSkipVerify: true,
    });
  });

  it('are refused if the key belongs to another certificate', () => {
    write('cert', own?.cert ?? '');
    write('key', other?.key ?? '');
    assert.match(
      problemsOf(withTarget({ tls: { certFile: 'cert', keyFile: 'key' } })),
      /^targets\[0\]\.tls has a certFile/,
    );
  });
});
