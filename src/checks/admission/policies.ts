import { clusterCheck, finding, PASS, SKIP } from '../check.ts';
import type { ClusterInput } from '../check.ts';
import { cis } from '../cis.ts';
import { enginesOf, FORBIDDING_LEVELS, ownBindings } from './policy-engines.ts';

const namespace = (...labels: readonly string[]): string =>
  ['apiVersion: v1', 'kind: Namespace', 'metadata:', '  name: shop', ...labels].join('\n');

const policy = (...actions: readonly string[]): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata:
  name: no-latest-tag
spec:
  matchConstraints:
    resourceRules:
      - apiGroups: ['']
        apiVersions: [v1]
        operations: [CREATE]
        resources: [pods]
  validations:
    - expression: object.spec.containers.all(c, !c.image.endsWith(':latest'))
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata:
  name: no-latest-tag
spec:
  policyName: no-latest-tag
  validationActions: [${actions.join(', ')}]`;

/** What forbids anything, or would. */
function meansOf({ cluster }: ClusterInput): {
  readonly engines: readonly string[];
  readonly bindings: ReturnType<typeof ownBindings>;
  readonly enforcesLevels: boolean;
} {
  return {
    engines: enginesOf(cluster.webhookConfigurations),
    bindings: ownBindings(cluster.policyBindings),
    enforcesLevels: cluster.enforcedLevels.some((level) => FORBIDDING_LEVELS.has(level)),
  };
}

/** A single namespace with a level is enough here: which of them have none is the matter of another check. */
export const admissionPolicyEngineMissing = clusterCheck({
  id: 'admission-policy-engine-missing',
  severity: 'High',
  title: 'Nothing judges what is created in the cluster',
  why: 'Whoever may create a pod may create a privileged one, and every rule of yours rests on good will.',
  fix:
    'Label namespaces with Pod Security levels, bind a ValidatingAdmissionPolicy, or install an engine such as Kyverno or ' +
    'Gatekeeper. A default in the admission configuration of the API server is not seen.',
  references: {
    cis: cis('5.2.1'),
    nsa: ['Pod security'],
    kubescape: ['C-0192'],
    checklist: ['admission-control'],
    urls: ['https://kubernetes.io/docs/concepts/security/pod-security-admission/'],
  },
  reads: [
    'Namespace',
    'ValidatingWebhookConfiguration',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
  ],
  parameters: ['systemNamespaces'],
  example: {
    before: namespace(),
    after: namespace('  labels:', '    pod-security.kubernetes.io/enforce: baseline'),
  },
  evaluate: (input) => {
    const { engines, bindings, enforcesLevels } = meansOf(input);
    if (enforcesLevels || engines.length > 0 || bindings.length > 0) return PASS;
    return [
      finding('admission', 'no policy engine, no bound admission policy, and no enforced Pod Security level is known'),
    ];
  },
});

/** What an engine does with its policies stands in kinds of its own, which are not read. */
export const policyEngineAuditOnly = clusterCheck({
  id: 'policy-engine-audit-only',
  severity: 'Low',
  title: 'Policies only warn and record',
  why: 'What they complain of is created all the same.',
  fix: 'Once nobody violates them any more, enforce the levels of namespaces, and bind policies with Deny.',
  references: {
    cis: cis('5.2.1'),
    nsa: ['Pod security'],
    checklist: ['admission-control'],
  },
  reads: [
    'Namespace',
    'ValidatingWebhookConfiguration',
    'MutatingWebhookConfiguration',
    'ValidatingAdmissionPolicy',
    'ValidatingAdmissionPolicyBinding',
  ],
  parameters: ['systemNamespaces'],
  example: { before: policy('Warn', 'Audit'), after: policy('Deny') },
  maySkip: true,
  mayBeUndecided: true,
  evaluate: (input) => {
    const { engines, bindings, enforcesLevels } = meansOf(input);
    if (enforcesLevels || bindings.some(({ validationActions }) => validationActions.includes('Deny'))) return PASS;
    const [engine] = engines;
    if (engine !== undefined) {
      return {
        reason: 'NotProvided',
        message: `whether the policies of ${engine} deny stands in its own kinds, which are not read`,
      };
    }
    if (bindings.length === 0 && !input.cluster.auditsPodSecurity) return SKIP;
    return [finding('admission', 'no Pod Security level is enforced, and no bound admission policy denies')];
  },
});
