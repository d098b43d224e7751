import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { WorkloadInput } from '../../../../src/checks/check.ts';
import { podNotIsolated } from '../../../../src/checks/network/workloads.ts';
import type { OtherPolicies } from '../../../../src/inventory/facts/network-policy.ts';
import type { LabelledSpec } from '../../../../src/inventory/facts/workload.ts';
import type { Json } from '../../../support/objects.ts';
import { labels, policy, specFacts, workload as workloadInput } from '../inputs.ts';
import { fails, verdicts } from '../verdicts.ts';

const web: LabelledSpec = { labels: labels({ app: 'web' }), spec: specFacts() };
const onHost: LabelledSpec = { labels: labels({ app: 'web' }), spec: specFacts({ hostNetwork: true }) };

const workload = (
  specs: readonly Json[],
  labelled: readonly LabelledSpec[] = [web],
  others: OtherPolicies = 'None',
): WorkloadInput =>
  workloadInput({
    labelled,
    policies: () => ({ networkPolicies: specs.map((spec) => policy(spec)), others }),
  });

const both = ['Ingress', 'Egress'];
const forWeb = { podSelector: { matchLabels: { app: 'web' } }, policyTypes: both };
const system = {
  ...workload([{ podSelector: { matchLabels: { app: 'api' } } }]),
  subject: { ...workloadInput().subject, namespace: 'kube-system' },
};

verdicts(podNotIsolated, [
  ['a policy that selects it', workload([forWeb]), PASS],
  ['a policy for all pods', workload([{ podSelector: {}, policyTypes: both }]), PASS],
  [
    'one policy for each direction',
    workload([
      { ...forWeb, policyTypes: ['Ingress'] },
      { podSelector: {}, policyTypes: ['Egress'] },
    ]),
    PASS,
  ],
  [
    'a policy that selects by an expression',
    workload([
      { podSelector: { matchExpressions: [{ key: 'app', operator: 'NotIn', values: ['api'] }] }, policyTypes: both },
    ]),
    PASS,
  ],
  ['a pod on the network of its node', workload([], [onHost]), SKIP],
  ['a mirror pod', workload([], [{ ...web, spec: specFacts({ isMirror: true }) }]), SKIP],
  ['policies of other kinds, which may select it', workload([], [web], 'Cluster'), SKIP],
  [
    'no policy at all, mildly, as that is said of the namespace',
    workload([]),
    fails({ severity: 'Low', message: 'no NetworkPolicy restricts its ingress and egress' }),
  ],
  [
    'policies for others',
    workload([{ podSelector: { matchLabels: { app: 'api' } } }]),
    fails({ severity: 'Medium', path: 'metadata.labels' }),
  ],
  [
    'ingress only, mildly',
    workload([{ ...forWeb, policyTypes: ['Ingress'] }]),
    fails({ severity: 'Low', message: 'no NetworkPolicy restricts its egress' }),
  ],
  [
    'egress only',
    workload([{ ...forWeb, policyTypes: ['Egress'] }]),
    fails({ severity: 'Medium', message: 'no NetworkPolicy restricts its ingress' }),
  ],
  [
    'one of its pods that has another label',
    workload([forWeb], [web, { ...web, labels: labels({ app: 'debug' }) }]),
    fails({ severity: 'Medium' }),
  ],
  [
    'a policy for one pod of a StatefulSet',
    workload([{ podSelector: { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'web-0' } }, policyTypes: both }]),
    fails('metadata.labels'),
  ],
  ['a workload of the system, mildly', system, fails({ severity: 'Low' })],
]);
