import type { LabelSelector } from './label-selector.ts';
import type { ObjectRef } from './object-ref.ts';

/** One rule of a webhook: of which requests it is asked. */
export interface WebhookRule {
  readonly operations: readonly string[];
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
}

/** One webhook of a configuration. */
export interface WebhookFacts {
  readonly name: string;
  readonly failurePolicy: string;
  /** Absent if it is called by a URL. */
  readonly service: { readonly namespace: string; readonly name: string } | undefined;
  readonly namespaceSelector: LabelSelector;
  readonly rules: readonly WebhookRule[];
}

/** What is kept of a ValidatingWebhookConfiguration or MutatingWebhookConfiguration. */
export interface WebhookConfigurationFacts {
  readonly ref: ObjectRef;
  readonly webhooks: readonly WebhookFacts[];
}

/** What is kept of a ValidatingAdmissionPolicyBinding. */
export interface PolicyBindingFacts {
  readonly name: string;
  readonly policyName: string;
  readonly validationActions: readonly string[];
}
