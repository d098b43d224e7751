import { DIRECTIONS } from '../../inventory/facts/network-policy.ts';
import { finding, PASS, SKIP, workloadCheck } from '../check.ts';
import type { Decision, WorkloadInput } from '../check.ts';
import { cis } from '../cis.ts';
import { LABELLED_POD, objects } from '../example-objects.ts';
import { isolatedDirections, otherDirections } from './isolation.ts';

/** A policy that allows nothing to the pods that it selects. */
const isolating = (name: string, podSelector: string): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: shop}
spec:
  podSelector: ${podSelector}
  policyTypes: [Ingress, Egress]`;

/**
 * Pods on the network of their node are beyond the reach of any policy. Where no policy exists at all, that is said of the
 * namespace, and here mildly; where others are isolated and this one is not, somebody has overlooked it.
 */
export const podNotIsolated = workloadCheck({
  id: 'pod-not-isolated',
  severity: 'Medium',
  title: 'No NetworkPolicy isolates the workload',
  why: 'Whoever breaks into any pod of the cluster can connect to it, or be connected to from it.',
  fix: 'Add a NetworkPolicy that denies all traffic of the namespace, and one for each connection that is wanted.',
  references: {
    cis: cis('5.3.2'),
    nsa: ['Network policies'],
    mitre: ['T1046'],
    kubescape: ['C-0260', 'C-0030'],
    polaris: ['missingNetworkPolicy'],
    kubeLinter: ['non-isolated-pod'],
    kubeScore: ['pod-networkpolicy'],
    checkov: ['CKV2_K8S_6'],
    checklist: ['network-policies'],
  },
  reads: ['NetworkPolicy'],
  parameters: ['systemNamespaces'],
  maySkip: true,
  evaluate: judge,
  example: {
    before: objects(LABELLED_POD, isolating('database', '{matchLabels: {app: database}}')),
    after: objects(LABELLED_POD, isolating('default-deny', '{}')),
  },
});

function judge({ subject, labelled, policies, parameters }: WorkloadInput): Decision | typeof SKIP {
  const reachable = labelled.filter(({ spec }) => !spec.hostNetwork && !spec.isMirror);
  if (reachable.length === 0) return SKIP;
  const { networkPolicies, others } = policies();
  const isolated = reachable.map(({ labels }) => isolatedDirections(networkPolicies, labels));
  // All of its pods, as each is a way in.
  const common = DIRECTIONS.filter((direction) => isolated.every((directions) => directions.includes(direction)));
  const open = otherDirections(common);
  if (open === '') return PASS;
  // What policies of other kinds say is not known: neither is it a finding nor a pass.
  if (others !== 'None') return SKIP;
  const isEgressOnly = common.includes('ingress');
  const isOfSystem = parameters.isSystemNamespace(subject.namespace ?? '');
  const isMild = isEgressOnly || networkPolicies.length === 0 || isOfSystem;
  const message = `no NetworkPolicy restricts its ${open}`;
  return [finding('metadata.labels', message, { severity: isMild ? 'Low' : 'Medium' })];
}
