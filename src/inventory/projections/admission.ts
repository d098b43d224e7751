import { isDeepStrictEqual } from 'node:util';
import type {
  LabelRequirement,
  PolicyBindingFacts,
  WebhookConfigurationFacts,
  WebhookFacts,
} from '../facts/webhooks.ts';
import type { Projection } from '../store.ts';

const ADMISSION = 'admissionregistration.k8s.io/v1';

interface RawWebhook {
  readonly name: string;
  readonly failurePolicy?: string;
  readonly clientConfig?: { readonly service?: { readonly namespace: string; readonly name: string } };
  readonly namespaceSelector?: {
    readonly matchLabels?: Readonly<Record<string, string>>;
    readonly matchExpressions?: readonly Partial<LabelRequirement>[];
  };
  readonly rules?: readonly Partial<WebhookFacts['rules'][number]>[];
}

function requirementsOf({
  matchLabels = {},
  matchExpressions = [],
}: NonNullable<RawWebhook['namespaceSelector']>): readonly LabelRequirement[] {
  return [
    ...Object.entries(matchLabels).map(([key, value]) => ({ key, operator: 'In', values: [value] })),
    ...matchExpressions.map(({ key = '', operator = '', values = [] }) => ({ key, operator, values })),
  ];
}

function webhookOf({
  name,
  failurePolicy = 'Fail',
  clientConfig,
  namespaceSelector,
  rules = [],
}: RawWebhook): WebhookFacts {
  const service = clientConfig?.service;
  return {
    name,
    failurePolicy,
    service: service === undefined ? undefined : { namespace: service.namespace, name: service.name },
    namespaceSelector: requirementsOf(namespaceSelector ?? {}),
    rules: rules.map(({ operations = [], apiGroups = [], resources = [] }) => ({ operations, apiGroups, resources })),
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
    project: (object, ref) => {
      const webhooks = (object.parse('webhooks') ?? []) as readonly RawWebhook[];
      return { ref, webhooks: webhooks.map(webhookOf) };
    },
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
    validationActions: (object.parse('spec.validationActions') ?? []) as readonly string[],
  }),
  equal: isDeepStrictEqual,
};
