import { finding, namespaceCheck, PASS, SKIP } from '../check.ts';
import { cis } from '../cis.ts';
import { enforcing, INHABITED, namespaceCalled, objects } from '../example-objects.ts';
import { deniedDirections, otherDirections } from '../network/isolation.ts';
import { KUBESCAPE_ADMISSION, labelOf } from './pod-security-labels.ts';

const networkPolicy = (name: string, namespace: string, podSelector = ''): string => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: ${name}, namespace: ${namespace}}
spec: {podSelector: {${podSelector}}, policyTypes: [Ingress, Egress]}`;

const denyAll = (namespace: string): string => networkPolicy('default-deny', namespace);

/**
 * Without any policy every pod talks to every other. That one exists is asked here, not what it allows. One of Cilium or Calico
 * in the namespace counts; whether one for the whole cluster is about this namespace is not known, and neither a finding nor a
 * pass.
 */
export const namespaceWithoutNetworkPolicy = namespaceCheck({
  id: 'namespace-without-network-policy',
  severity: 'Medium',
  title: 'Namespace has no NetworkPolicy',
  why: 'Every pod of the cluster may connect to its pods, so that one broken into reaches all the others.',
  fix: 'Add a NetworkPolicy that denies all traffic, and one for each connection that is wanted.',
  references: {
    cis: cis('5.3.2'),
    nsa: ['Network policies'],
    kubescape: ['C-0206', 'C-0049', 'C-0054'],
    kyverno: ['add-network-policy'],
    checklist: ['network-policies'],
  },
  reads: ['NetworkPolicy', 'Pod'],
  parameters: ['systemNamespaces'],
  maySkip: true,
  evaluate: ({ namespace, hasWorkloads, policies: { networkPolicies, others }, parameters }) => {
    // What distributions run in the system namespaces belongs to them, and most of it on the network of the node.
    if (parameters.isSystemNamespace(namespace.ref.name) || !hasWorkloads) return SKIP;
    if (networkPolicies.length > 0 || others === 'Namespace') return PASS;
    return others === 'Cluster' ? SKIP : [finding('metadata.name', 'pods run here, and no NetworkPolicy exists')];
  },
  example: {
    before: objects(INHABITED, denyAll('another')),
    after: objects(INHABITED, denyAll('shop')),
  },
});

/**
 * Judged by what the policies do together (see `deniedDirections`): a policy for all pods with rules is as good as one without
 * and another with these rules, and one that lets everybody through undoes it.
 */
export const namespaceWithoutDefaultDeny = namespaceCheck({
  id: 'namespace-without-default-deny',
  severity: 'Medium',
  title: 'Namespace allows traffic that no policy names',
  why: 'A new pod, or one whose labels were mistyped, is open to all until somebody thinks of it.',
  fix: 'Add a NetworkPolicy with an empty podSelector, policyTypes Ingress and Egress, and no rules.',
  references: {
    cis: cis('5.3.2'),
    nsa: ['Network policies'],
    kubescape: ['C-0030'],
    checklist: ['network-policies'],
    urls: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies'],
  },
  reads: ['NetworkPolicy', 'Pod'],
  parameters: ['systemNamespaces'],
  maySkip: true,
  evaluate: ({ namespace, hasWorkloads, policies: { networkPolicies, others }, parameters }) => {
    if (parameters.isSystemNamespace(namespace.ref.name) || !hasWorkloads) return SKIP;
    const denied = deniedDirections(networkPolicies);
    const open = otherDirections(denied);
    if (open === '') return PASS;
    if (others !== 'None') return SKIP;
    const severity = denied.includes('ingress') ? 'Low' : 'Medium';
    return [finding('metadata.name', `no NetworkPolicy denies all other ${open} of its pods`, { severity })];
  },
  example: {
    before: objects(INHABITED, networkPolicy('web', 'shop', 'matchLabels: {app: web}')),
    after: objects(INHABITED, denyAll('shop')),
  },
});

const ENFORCE = labelOf('enforce');

/**
 * System namespaces are judged too, as anyone who may create pods there owns the cluster, but mildly: all that their own pods
 * allow for is the label `privileged`, which says no more than that somebody has decided. An invalid level is enforced as
 * `restricted` by the API server, so that it counts as enforced here.
 */
export const namespacePsaNotEnforced = namespaceCheck({
  id: 'namespace-psa-not-enforced',
  severity: 'High',
  title: 'Namespace enforces no Pod Security level',
  why: 'Who may create a pod here may create a privileged one, and with it own the node.',
  fix:
    `Label the namespace ${ENFORCE}=restricted (or baseline, or privileged where it must be). A default in the ` +
    'admission configuration of the API server, and policy engines, are not seen: make an exception where they do the work.',
  references: {
    cis: cis('5.2.1'),
    nsa: ['Pod security'],
    kubescape: ['C-0192', ...KUBESCAPE_ADMISSION],
    kyverno: ['add-psa-labels'],
    checklist: ['admission-control'],
    urls: ['https://kubernetes.io/docs/concepts/security/pod-security-admission/'],
  },
  parameters: ['systemNamespaces'],
  evaluate: ({ namespace, parameters }) => {
    if (Object.hasOwn(namespace.podSecurityLabels, ENFORCE)) return PASS;
    return [
      finding(
        'metadata.labels',
        `label ${ENFORCE} is not set`,
        parameters.isSystemNamespace(namespace.ref.name) ? { severity: 'Low' } : {},
      ),
    ];
  },
  example: { before: objects(namespaceCalled('shop')), after: enforcing('restricted') },
});
