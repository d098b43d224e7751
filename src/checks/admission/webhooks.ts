import type { LabelRequirement } from '../../inventory/facts/label-selector.ts';
import type { WebhookFacts } from '../../inventory/facts/webhooks.ts';
import { admissionWebhookCheck, finding, SKIP, verdict } from '../check.ts';
import type { Violation } from '../check.ts';
import type { CompiledParameters } from '../parameters.ts';
import { engineOf } from './policy-engines.ts';

const configuration = (failurePolicy: string): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: gatekeeper-validating-webhook-configuration
webhooks:
  - name: validation.gatekeeper.sh
    failurePolicy: ${failurePolicy}
    sideEffects: None
    admissionReviewVersions: [v1]
    clientConfig:
      service:
        namespace: gatekeeper-system
        name: gatekeeper-webhook-service
    rules:
      - operations: [CREATE, UPDATE]
        apiGroups: ['*']
        apiVersions: ['*']
        resources: ['*']`;

/**
 * A label by which a namespace opts out (`DoesNotExist`, `NotIn`) is the engine's own affair; one that it must have first
 * leaves every new namespace unguarded. Whether anything answers behind its Service is not looked at: EndpointSlices change with
 * every pod, and where nothing answers, `Fail` lets nothing through and `Ignore` is found anyway.
 */
export const admissionWebhookFailOpen = admissionWebhookCheck({
  id: 'admission-webhook-fail-open',
  severity: 'Medium',
  title: 'Webhook of a policy engine lets through what it should judge',
  why: 'Policies hold only as long as nobody makes the engine fail, or works in a namespace that it does not look at.',
  fix: 'Set failurePolicy: Fail with enough replicas of the engine, and let its selector leave out system namespaces only.',
  references: {
    nsa: ['Pod security'],
    checklist: ['admission-control'],
    urls: ['https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/'],
  },
  parameters: ['systemNamespaces'],
  example: { before: configuration('Ignore'), after: configuration('Fail') },
  maySkip: true,
  evaluate: ({ configuration: { webhooks }, parameters }) => {
    const engines = webhooks.filter((webhook) => engineOf(webhook) !== undefined);
    if (engines.length === 0) return SKIP;
    const violations = engines.flatMap((webhook) => violationsOf(webhook, parameters));
    // Only in files can two webhooks have one name; which of them is told of must not hang on their order.
    const sorted = violations.toSorted((one, other) => (one.message < other.message ? -1 : 1));
    return verdict([...new Map(sorted.map((violation) => [violation.key, violation])).values()]);
  },
});

function violationsOf(webhook: WebhookFacts, parameters: CompiledParameters): readonly Violation[] {
  const { name, failurePolicy } = webhook;
  const at = (field: string, message: string): Violation =>
    finding(`webhooks[${name}].${field}`, `${name}: ${message}`, { key: `${name} ${field}` });
  const unguarded = unguardedNamespaces(webhook, parameters);
  return [
    ...(failurePolicy === 'Ignore' ? [at('failurePolicy', 'what it cannot be asked about is let through')] : []),
    ...(unguarded === undefined ? [] : [at('namespaceSelector', unguarded)]),
  ];
}

const NAME_LABEL = 'kubernetes.io/metadata.name';

/** In words, which namespaces of users a webhook does not look at; undefined if it looks at all. */
function unguardedNamespaces(
  { namespaceSelector, service }: WebhookFacts,
  { isSystemNamespace }: CompiledParameters,
): string | undefined {
  const demanded = namespaceSelector.filter(({ operator }) => operator === 'In' || operator === 'Exists');
  if (demanded.length > 0) {
    const labels = [...new Set(demanded.map(({ key }) => key))].sort();
    return `namespaces without the label ${labels.join(' or ')} are not looked at`;
  }
  const left = namespaceSelector
    .flatMap(namesLeftOut)
    // An engine may leave out itself, and what the cluster needs to start.
    .filter((name) => !isSystemNamespace(name) && name !== service?.namespace);
  return left.length === 0 ? undefined : `the namespaces ${[...new Set(left)].sort().join(', ')} are not looked at`;
}

const namesLeftOut = ({ key, operator, values }: LabelRequirement): readonly string[] =>
  key === NAME_LABEL && operator === 'NotIn' ? values : [];
