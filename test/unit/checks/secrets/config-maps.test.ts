import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { PASS } from '../../../../src/checks/check.ts';
import type { ConfigMapInput } from '../../../../src/checks/check.ts';
import { configMapContainsSecret, credentialBy } from '../../../../src/checks/secrets/config-maps.ts';
import { configMapProjection } from '../../../../src/inventory/projections/config-maps.ts';
import { raw, type Json } from '../../../support/objects.ts';
import { webRef } from '../inputs.ts';
import { fails, verdicts } from '../verdicts.ts';
import { UNTOLD } from '../../../support/parameters.ts';

const configMap = (data: Json, binaryData: Json = {}): ConfigMapInput => ({
  configMap: configMapProjection(credentialBy(UNTOLD)).project(raw({ data, binaryData }), webRef('v1', 'ConfigMap')),
});
const base64 = (text: string): string => Buffer.from(text).toString('base64');
const KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIE';

/** What kubeadm puts into its clusters. */
const kubeadm = {
  'ca.crt': '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n',
  'jws-kubeconfig-abcdef': 'eyJhbGciOiJIUzI1NiIsImtpZCI6ImFiY2RlZiJ9..q3n1p0Y3Xr8Y6rW6t7W1m0c3',
  kubeconfig: 'apiVersion: v1\nclusters:\n- cluster:\n    server: https://10.0.0.1:6443\nkind: Config\nusers: []\n',
  kubelet: 'authentication:\n  x509:\n    clientCAFile: /etc/kubernetes/pki/ca.crt\nrotateCertificates: true\n',
  Corefile: '.:53 {\n    errors\n    kubernetes cluster.local {\n       pods insecure\n    }\n}\n',
  'config.conf':
    'clientConnection:\n  kubeconfig: /var/lib/kube-proxy/kubeconfig.conf\n  tokenFile: /var/run/secrets/token\n',
};

verdicts(configMapContainsSecret, [
  ['plain settings', configMap({ LOG_LEVEL: 'info', TOKEN_TTL: '1h', PASSWORD_FILE: '/run/secrets/db' }), PASS],
  ['what kubeadm puts into its clusters', configMap(kubeadm), PASS],
  [
    'a file that only names Secrets',
    configMap({ 'values.yaml': 'existingSecret: db\nsecretName: tls\npassword: ""\n' }),
    PASS,
  ],
  ['placeholders', configMap({ DB_PASSWORD: '${DB_PASSWORD}', 'app.ini': 'password = {{ .password }}\n' }), PASS],
  ['no data at all', configMap({}), PASS],
  [
    'a key that is called like a credential',
    configMap({ DB_PASSWORD: 'correct-horse' }),
    fails({ path: 'data[DB_PASSWORD]', key: 'DB_PASSWORD', message: 'key DB_PASSWORD is called like a credential' }),
  ],
  [
    'a value that looks like one',
    configMap({ url: 'postgres://shop:correct-horse@db/shop' }),
    fails({ key: 'url', message: 'key url holds what looks like a URL with a password' }),
  ],
  [
    'a line of properties',
    configMap({ 'app.properties': 'log=info\nspring.datasource.password=correct-horse\n' }),
    fails({ key: 'app.properties', message: 'key app.properties has a line that is called like a credential' }),
  ],
  [
    'a line of YAML',
    configMap({ 'app.yaml': 'db:\n  user: shop\n  password: "correct-horse"\n' }),
    fails({ key: 'app.yaml' }),
  ],
  ['a single line', configMap({ config: 'password: correct-horse' }), fails({ key: 'config' })],
  [
    'a private key among binary data',
    configMap({}, { store: base64(KEY) }),
    fails({ key: 'store', message: 'key store holds what looks like a private key' }),
  ],
]);

describe('judging the values of a ConfigMap', () => {
  it('never repeats a value', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), (value) => {
        const { credentials } = configMap({ password: value }).configMap;
        assert.ok(credentials.every(({ evidence }) => !evidence.includes(value)));
      }),
    );
  });

  it('refuses data that are no texts', () => {
    assert.throws(() => configMap({ a: 1 }), { code: 'Malformed' });
  });
});
