import assert from 'node:assert/strict';
import type { V1EnvVar } from '@kubernetes/client-node';
import * as fc from 'fast-check';
import { PASS } from '../../../../src/checks/check.ts';
import type { PodInput } from '../../../../src/checks/check.ts';
import { secretEnvReference, secretInPlainEnv } from '../../../../src/checks/secrets/environment.ts';
import { container, fails, pod, undecided, verdicts } from '../verdicts.ts';

const withEnv = (...env: readonly V1EnvVar[]): PodInput => pod({ containers: [container({ env: [...env] })] });
const variable = (name: string, value: string): PodInput => withEnv({ name, value });

/** Joined here, so that scanners of this repository do not take them for real. */
const joined = (...parts: readonly string[]): string => parts.join('');
const PRIVATE_KEY = joined('-----BEGIN RSA PRIVATE', ' KEY-----\nMIIE');
const JWT = joined('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0NTY3ODkwIn0', '.dozjgNryP4J3jVmNHl0w5N');

const CREDENTIALS: readonly (readonly [name: string, value: string])[] = [
  ['DB_PASSWORD', 'hunter22'],
  ['PGPASSWORD', 'hunter22'],
  ['db-password', 'hunter22'],
  ['dbPassword', 'hunter22'],
  ['accessKey', 'hunter22'],
  ['DB_PASS', 'hunter22'],
  ['DB_PWD', 'hunter22'],
  ['pwd', 'hunter22'],
  ['PASSWORD_OLD', 'hunter22'],
  ['PASSWORD2', 'hunter22'],
  ['ADMIN_PASSPHRASE', 'correct horse'],
  ['OAUTH2_CLIENT_SECRET', 's3cr3t'],
  ['SECRET_KEY_BASE', 'abcdef'],
  ['GITHUB_TOKEN', 'abcdef'],
  ['API_KEY', 'abcdef'],
  ['STRIPE_APIKEY', 'abcdef'],
  ['AWS_SECRET_ACCESS_KEY', '/wJalrXUtnFEMI/K7MDENG'],
  ['ENCRYPTION_KEY', 'abcdef'],
  ['AZURE_BATCH_KEY', 'abcdef'],
  ['AZURE_BATCHAI_STORAGE_KEY', 'abcdef'],
  ['DB_PASSWORD', 'pre-$(SUFFIX)'],
  ['AZURE_BATCH_KEY', 'abcdef'],
  ['OCI_CLI_KEY_CONTENT', 'abcdef'],
  ['API_BEARER', 'abcdef'],
  ['TLS', PRIVATE_KEY],
  ['SSH', joined('---- BEGIN SSH2 ENCRYPTED PRIVATE', ' KEY ----\nMIIE')],
  ['SSH', joined('---BEGIN OPENSSH PRIVATE', ' KEY---\nMIIE')],
  ['AWS_ACCESS_KEY_ID', joined('AKIA', 'IOSFODNN7EXAMPLE')],
  ['CI', joined('ghp_', 'a'.repeat(36))],
  ['CI', joined('glpat-', 'a'.repeat(20))],
  ['CHAT', joined('xoxb-', '1234567890-abc')],
  ['CHAT_URL', joined('https://hooks.slack', '.com/services/T0/B0/x')],
  ['SESSION', JWT],
  ['HEADERS', joined('Authorization: bear', 'er 3f9c1b7de05a4e6a8b21')],
  ['DATABASE_URL', 'postgres://shop:hunter22@db:5432/shop'],
  ['BROKERS', 'amqp://a,amqp://:hunter22@b'],
  ['TOKEN_FILE', 'redis://:hunter22@cache'],
];

const HARMLESS: readonly (readonly [name: string, value: string])[] = [
  ['LOG_LEVEL', 'debug'],
  ['PWD', '/app'],
  ['OLDPWD', 'app'],
  ['AUTH', 'bearer authentication-by-the-proxy, see RFC 6750'],
  ['HEADERS', 'Authorization: Bearer $(API_TOKEN_OF_THE_SHOP_2)'],
  ['PASSWORD_FILE', 'db'],
  ['DB_PASSWORD_PATH', 'x/y'],
  ['TOKEN_TTL', '1h30m'],
  ['PASSWORD_MIN_LENGTH', 'twelve'],
  ['SECRET_NAME', 'shop-db'],
  ['TOKEN_URL', 'https://login.example/token'],
  ['AUTH_TOKEN_ENDPOINT', '/oauth/token'],
  ['REQUIRE_PASSWORD', 'true'],
  ['ALLOW_EMPTY_PASSWORD', 'yes'],
  ['MAX_TOKENS', '4096'],
  ['REFRESH_TOKEN', '10m'],
  ['DB_PASSWORD', ''],
  ['DB_PASSWORD', '$(DB_PASSWORD_FROM_SECRET)'],
  ['DB_PASSWORD', '${DB_PASSWORD}'],
  ['DB_PASSWORD', '<fill-in>'],
  ['DB_PASSWORD', 'vault:secret/data/db#password'],
  ['GITHUB_TOKEN', '/var/run/secrets/github/token'],
  ['GOOGLE_APPLICATION_CREDENTIALS', '/etc/gcp/key.json'],
  ['SECRET_PROVIDER', 'vault'],
  ['TOKEN_PUBLIC_KEY', 'MIIB'],
  ['AZURE_KEYBOARD', 'dvorak'],
  ['CACHE_KEY', 'shop'],
  ['BEARER_FORMAT', 'opaque'],
  ['TOKENIZER', 'wordpiece'],
  ['MONKEY', 'business'],
  ['BYPASS', 'localhost'],
  ['DATABASE_URL', 'postgres://db:5432/shop'],
  ['DATABASE_URL', 'postgres://shop@db:5432/shop'],
  ['DATABASE_URL', 'postgres://shop:$(PASSWORD)@db:5432/shop'],
  ['TLS_CERT', '-----BEGIN CERTIFICATE-----\nMIIE'],
];

verdicts(secretInPlainEnv, [
  ['a container without an environment', pod(), PASS],
  [
    'a value that comes from a Secret',
    withEnv({ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'p' } } }),
    PASS,
  ],
  ...HARMLESS.map(([name, value]) => [`${name}=${value}`, variable(name, value), PASS] as const),
  ...CREDENTIALS.map(
    ([name, value]) => [`${name}=${value}`, variable(name, value), fails({ container: 'app', key: name })] as const,
  ),
  [
    'each variable on its own',
    withEnv({ name: 'A_TOKEN', value: 'x1' }, { name: 'B', value: 'x' }, { name: 'C_TOKEN', value: 'x2' }),
    fails({ path: 'spec.containers[app].env[A_TOKEN].value' }, { path: 'spec.containers[app].env[C_TOKEN].value' }),
  ],
  [
    'a value of a wrong type',
    withEnv(Object.assign({ name: 'PASSWORD', value: '' }, { value: 5 })),
    undecided('Malformed'),
  ],
]);

describe('secret-in-plain-env', () => {
  it('never repeats a value', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/);
    const credential = fc.oneof(
      secret.map((text) => ['PASSWORD', text, text] as const),
      secret.map((text) => ['X', `https://user:${text}@host`, text] as const),
      secret.map((text) => ['X', `${PRIVATE_KEY}${text}`, text] as const),
    );
    fc.assert(
      fc.property(credential, ([name, value, text]) => {
        const outcome = secretInPlainEnv.evaluate(variable(name, value));
        assert.ok(Array.isArray(outcome) && !JSON.stringify(outcome).includes(text));
      }),
    );
  });

  for (const [name, piece] of [
    ['URLs', 'a://a:'],
    ['tokens', 'eyJaaaaaaaa.eyJaaaaaaaa.'],
    ['placeholders', '${{<$('],
    ['schemes', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ] as const) {
    it(`does not get stuck on a megabyte of half ${name}`, () => {
      secretInPlainEnv.evaluate(variable('X', piece.repeat(1_000_000 / piece.length)));
    });
  }
});

verdicts(secretEnvReference, [
  ['a plain value', variable('A', 'b'), PASS],
  ['a ConfigMap', pod({ containers: [container({ envFrom: [{ configMapRef: { name: 'settings' } }] })] }), PASS],
  [
    'a variable that comes from a Secret',
    withEnv({ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'p' } } }),
    fails({ container: 'app', key: 'env/PASSWORD', message: 'PASSWORD is filled from Secret db' }),
  ],
  [
    'a reference without a name, as the API still lets pass',
    withEnv({ name: 'PASSWORD', valueFrom: { secretKeyRef: { key: 'p' } } }),
    fails({ key: 'env/PASSWORD' }),
  ],
  [
    'a Secret that is taken over whole',
    pod({ containers: [container({ envFrom: [{ secretRef: { name: 'db' } }] })] }),
    fails({ container: 'app', key: 'envFrom/db', path: 'spec.containers[app].envFrom[db].secretRef' }),
  ],
  [
    'an environment that is no list',
    pod({ containers: [Object.assign(container(), { env: 'x' })] }),
    undecided('Malformed'),
  ],
]);
