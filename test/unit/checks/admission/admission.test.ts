import assert from 'node:assert/strict';
import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { AdmissionWebhookInput, ClusterInput } from '../../../../src/checks/check.ts';
import { admissionPolicyEngineMissing, policyEngineAuditOnly } from '../../../../src/checks/admission/policies.ts';
import { admissionWebhookFailOpen } from '../../../../src/checks/admission/webhooks.ts';
import type { LabelRequirement } from '../../../../src/inventory/facts/label-selector.ts';
import type { WebhookConfigurationFacts, WebhookFacts } from '../../../../src/inventory/facts/webhooks.ts';
import { cluster } from '../cluster/facts.ts';
import { fails, undecided, verdicts } from '../verdicts.ts';
import { UNTOLD } from '../../../support/parameters.ts';

const PODS = { operations: ['CREATE'], apiGroups: [''], resources: ['pods'] };
const ref: WebhookConfigurationFacts['ref'] = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  name: 'policies',
  uid: 'uid',
};

const webhook = (more: Partial<WebhookFacts> = {}): WebhookFacts => ({
  name: 'validation.gatekeeper.sh',
  failurePolicy: 'Fail',
  service: { namespace: 'gatekeeper-system', name: 'gatekeeper-webhook-service' },
  namespaceSelector: [],
  rules: [PODS],
  ...more,
});

const configuration = (...webhooks: readonly WebhookFacts[]): AdmissionWebhookInput => ({
  configuration: { ref, webhooks },
  parameters: UNTOLD,
});
const selecting = (
  key: string,
  operator: LabelRequirement['operator'],
  ...values: readonly string[]
): AdmissionWebhookInput => configuration(webhook({ namespaceSelector: [{ key, operator, values }] }));
const NAME = 'kubernetes.io/metadata.name';

verdicts(admissionWebhookFailOpen, [
  ['one that fails closed everywhere', configuration(webhook()), PASS],
  [
    'one that is no policy engine',
    configuration(webhook({ name: 'inject.example.org', service: undefined, failurePolicy: 'Ignore' })),
    SKIP,
  ],
  [
    'one of an engine that only guards its own kinds',
    configuration(
      webhook({
        failurePolicy: 'Ignore',
        rules: [{ operations: ['CREATE'], apiGroups: ['kyverno.io'], resources: ['*'] }],
      }),
    ),
    SKIP,
  ],
  [
    'one of an engine that is not asked before anything is created',
    configuration(webhook({ failurePolicy: 'Ignore', rules: [{ ...PODS, operations: ['DELETE'] }] })),
    SKIP,
  ],
  [
    'one that fails open',
    configuration(webhook({ failurePolicy: 'Ignore' })),
    fails({ path: 'webhooks[validation.gatekeeper.sh].failurePolicy', key: 'validation.gatekeeper.sh failurePolicy' }),
  ],
  [
    'the one of several that fails open, known by its Service',
    configuration(
      webhook(),
      webhook({
        name: 'a.b.c',
        failurePolicy: 'Ignore',
        rules: [{ operations: ['*'], apiGroups: ['*'], resources: ['*'] }],
      }),
    ),
    fails({ key: 'a.b.c failurePolicy' }),
  ],
  ['one that leaves out the system, and itself', selecting(NAME, 'NotIn', 'kube-system', 'gatekeeper-system'), PASS],
  [
    'one that leaves out a namespace of users',
    selecting(NAME, 'NotIn', 'kube-system', 'shop', 'bank'),
    fails({ message: 'validation.gatekeeper.sh: the namespaces bank, shop are not looked at' }),
  ],
  ['one that namespaces may opt out of', selecting('admission.gatekeeper.sh/ignore', 'DoesNotExist'), PASS],
  [
    'one that namespaces must opt into',
    selecting('policies', 'In', 'on'),
    fails({ key: 'validation.gatekeeper.sh namespaceSelector' }),
  ],
]);

describe('Two webhooks of one name, which only a file can hold', () => {
  it('are told of alike in whatever order they stand', () => {
    const [one, other] = ['team', 'zone'].map((key) =>
      webhook({ namespaceSelector: [{ key, operator: 'Exists', values: [] }] }),
    );
    assert.ok(one !== undefined && other !== undefined);
    const { evaluate } = admissionWebhookFailOpen;
    assert.deepEqual(evaluate(configuration(one, other)), evaluate(configuration(other, one)));
  });
});

const engine = cluster({ webhookConfigurations: [{ ref, webhooks: [webhook()] }] });
const binding = (...validationActions: readonly string[]): ClusterInput['cluster']['policyBindings'][number] => ({
  name: 'b',
  policyName: 'no-latest-tag',
  validationActions,
});

verdicts(admissionPolicyEngineMissing, [
  ['an engine', engine, PASS],
  ['a bound admission policy', cluster({ policyBindings: [binding('Warn')] }), PASS],
  ['a level that is enforced somewhere', cluster({ enforcedLevels: ['privileged', 'baseline'] }), PASS],
  ['a level that forbids nothing', cluster({ enforcedLevels: ['privileged'] }), fails('admission')],
  [
    'a policy that a distribution brings along',
    cluster({ policyBindings: [{ ...binding('Deny'), policyName: 'openshift-machine-config' }] }),
    fails('admission'),
  ],
  [
    'a webhook that is no engine',
    cluster({ webhookConfigurations: [{ ref, webhooks: [webhook({ name: 'x.y', service: undefined })] }] }),
    fails('admission'),
  ],
  ['nothing', cluster(), fails('admission')],
]);

verdicts(policyEngineAuditOnly, [
  ['nothing, which another check finds', cluster(), SKIP],
  ['a policy that denies, among others', cluster({ policyBindings: [binding('Warn'), binding('Deny')] }), PASS],
  ['a level that is enforced', cluster({ enforcedLevels: ['restricted'], policyBindings: [binding('Warn')] }), PASS],
  ['policies that only warn', cluster({ policyBindings: [binding('Warn', 'Audit')] }), fails('admission')],
  ['levels that only warn', cluster({ auditsPodSecurity: true }), fails('admission')],
  ['an engine whose policies are not read', engine, undecided('NotProvided')],
]);
