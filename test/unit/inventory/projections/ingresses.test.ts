import assert from 'node:assert/strict';
import type { IngressFacts } from '../../../../src/inventory/facts/ingress.ts';
import { ingressProjection } from '../../../../src/inventory/projections/ingresses.ts';
import { raw, type Json } from '../../../support/objects.ts';

const ref = { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', namespace: 'shop', name: 'web', uid: 'uid' };
const facts = (spec: Json, annotations: Json = {}): IngressFacts =>
  ingressProjection.project(raw({ metadata: { annotations }, spec }), ref);
const unsafe = (annotation: string, value: string): readonly string[] =>
  facts({}, { [annotation]: value }).unsafeAnnotations.map(({ how }) => how);

const backend = { service: { name: 'web', port: { number: 80 } } };

describe('the facts of an Ingress', () => {
  it('hold each host once', () => {
    assert.deepEqual(facts({ rules: [{ host: 'b' }, { host: 'a' }, { host: 'b' }, {}] }).hosts, ['', 'a', 'b']);
  });

  it('take a default backend for every host if it is alone', () => {
    assert.deepEqual(facts({ defaultBackend: backend }).hosts, ['']);
    assert.deepEqual(facts({ defaultBackend: backend, rules: [{ host: 'a' }] }).hosts, ['a']);
    assert.deepEqual(facts({}).hosts, []);
  });

  it('take a TLS entry without hosts for all of them', () => {
    assert.deepEqual(facts({ tls: [{ secretName: 'x' }, { hosts: ['a'] }] }).tlsHosts, ['', 'a']);
    assert.deepEqual(facts({ tls: [] }).tlsHosts, []);
  });

  it('know certificates that come by annotation', () => {
    assert.ok(facts({}, { 'alb.ingress.kubernetes.io/certificate-arn': 'arn:aws:acm:x' }).isTlsByAnnotation);
    assert.ok(facts({}, { 'traefik.ingress.kubernetes.io/router.tls': 'true' }).isTlsByAnnotation);
    assert.ok(!facts({}, { 'traefik.ingress.kubernetes.io/router.tls': 'false' }).isTlsByAnnotation);
  });

  it('hold snippets whatever they say, and other annotations of ingress-nginx if they break out', () => {
    assert.deepEqual(unsafe('nginx.ingress.kubernetes.io/server-snippet', ''), ['Snippet']);
    assert.deepEqual(
      unsafe('nginx.ingress.kubernetes.io/auth-url', 'https://auth.example.com/start?rd=$escaped_request_uri'),
      [],
    );
    assert.deepEqual(unsafe('nginx.ingress.kubernetes.io/auth-url', 'http://a/#;\nssl_engine x'), ['Value']);
    assert.deepEqual(unsafe('nginx.ingress.kubernetes.io/auth-tls-match-cn', 'CN=abc #(\n){}\n }'), ['Value']);
    assert.deepEqual(unsafe('nginx.ingress.kubernetes.io/rewrite-target', '/$2'), []);
    for (const name of ['auth-method', 'auth-proxy-set-headers', 'rewrite-target', 'permanent-redirect'])
      assert.deepEqual(unsafe(`nginx.ingress.kubernetes.io/${name}`, 'x;\nproxy_pass http://y'), ['Value'], name);
    assert.deepEqual(unsafe('nginx.ingress.kubernetes.io/auth-proxy-set-headers', 'auth/headers'), []);
    assert.deepEqual(unsafe('nginx.ingress.kubernetes.io/auth-method', 'HEAD'), []);
    assert.deepEqual(unsafe('example.com/server-snippet', 'x'), []);
  });

  it('are refused where the object is malformed', () => {
    for (const spec of [{ rules: {} }, { rules: [{ host: 1 }] }, { tls: [{ hosts: 'a' }] }])
      assert.throws(() => facts(spec), { code: 'Malformed' });
  });
});
