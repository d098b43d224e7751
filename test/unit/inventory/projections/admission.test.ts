import assert from 'node:assert/strict';
import type { WebhookConfigurationFacts } from '../../../../src/inventory/facts/webhooks.ts';
import { webhookConfigurationProjection } from '../../../../src/inventory/projections/admission.ts';
import { raw, type Json } from '../../../support/objects.ts';

const kind = 'ValidatingWebhookConfiguration';
const REF = { apiVersion: 'admissionregistration.k8s.io/v1', kind, name: 'policies', uid: 'u' };

const facts = (webhook: Json): WebhookConfigurationFacts['webhooks'][number] | undefined =>
  webhookConfigurationProjection(kind).project(raw({ webhooks: [webhook] }), REF).webhooks[0];

const MALFORMED: readonly (readonly [string, Json, string])[] = [
  ['no name', {}, 'webhooks[0].name is not a string'],
  ['a Service without a name', { name: 'a', clientConfig: { service: { namespace: 'x' } } }, 'service.name is not'],
  ['rules that are no list', { name: 'a', rules: {} }, 'webhooks[0].rules is not a list'],
  ['a selector that is a text', { name: 'a', namespaceSelector: 'b' }, 'namespaceSelector is not an object'],
];

describe('what is kept of a webhook', () => {
  it('is what the API server takes it for where fields are unset or null', () => {
    const fields = { failurePolicy: null, clientConfig: { service: null }, namespaceSelector: { matchLabels: null } };
    assert.deepEqual(facts({ name: 'a.b.c', ...fields }), {
      name: 'a.b.c',
      failurePolicy: 'Fail',
      service: undefined,
      namespaceSelector: [],
      rules: [],
    });
  });

  for (const [what, webhook, message] of MALFORMED) {
    it(`is nothing if it has ${what}`, () =>
      assert.throws(
        () => facts(webhook),
        (error: Error) => error.message.includes(message),
      ));
  }
});
