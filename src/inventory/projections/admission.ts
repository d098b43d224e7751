import { isDeepStrictEqual } from 'node:util';
import type { PolicyBindingFacts, WebhookConfigurationFacts, WebhookFacts, WebhookRule } from '../facts/webhooks.ts';
import { listOf, objectOf, requiredTextOf, textOf, textsOf } from '../json-shape.ts';
import type { Projection } from '../store.ts';
import { labelSelectorOf } from './label-selector.ts';

const ADMISSION = 'admissionregistration.k8s.io/v1';

function ruleOf(value: unknown, path: string): WebhookRule {
  const rule = objectOf(value, path);
  const texts = (field: keyof WebhookRule): readonly string[] => textsOf(rule[field], `${path}.${field}`);
  return { operations: texts('operations'), apiGroups: texts('apiGroups'), resources: texts('resources') };
}

function serviceOf(clientConfig: unknown, path: string): WebhookFacts['service'] {
  const { service } = objectOf(clientConfig, path);
  if (service === undefined || service === null) return undefined;
  const { namespace, name } = objectOf(service, `${path}.service`);
  return {
    namespace: requiredTextOf(namespace, `${path}.service.namespace`),
    name: requiredTextOf(name, `${path}.service.name`),
  };
}

function webhookOf(value: unknown, path: string): WebhookFacts {
  const { name, failurePolicy, clientConfig, namespaceSelector, rules } = objectOf(value, path);
  return {
    name: requiredTextOf(name, `${path}.name`),
    failurePolicy: textOf(failurePolicy, `${path}.failurePolicy`) ?? 'Fail',
    service: serviceOf(clientConfig, `${path}.clientConfig`),
    namespaceSelector: labelSelectorOf(namespaceSelector, `${path}.namespaceSelector`),
    rules: listOf(rules, `${path}.rules`, ruleOf),
  };
}

/** Webhook configurations; the bundles of authorities in them are renewed all the time, and not read. */
export function webhookConfigurationProjection(
  kind: 'ValidatingWebhookConfiguration' | 'MutatingWebhookConfiguration',
): Projection<WebhookConfigurationFacts> {
  return {
    apiVersion: ADMISSION,
    kind,
    relevant: ['webhooks'],
    project: (object, ref) => ({ ref, webhooks: listOf(object.parse('webhooks'), 'webhooks', webhookOf) }),
    equal: isDeepStrictEqual,
  };
}

export const policyBindingProjection: Projection<PolicyBindingFacts> = {
  apiVersion: ADMISSION,
  kind: 'ValidatingAdmissionPolicyBinding',
  relevant: ['spec.policyName', 'spec.validationActions'],
  project: (object, { name }) => ({
    name,
    policyName: object.text('spec.policyName') ?? '',
    validationActions: textsOf(object.parse('spec.validationActions'), 'spec.validationActions'),
  }),
  equal: isDeepStrictEqual,
};
