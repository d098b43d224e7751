import { finding, namespaceCheck, PASS, SKIP } from '../check.ts';
import { cis } from '../cis.ts';
import { isSystemNamespace } from './system.ts';

/** Without any policy every pod talks to every other. That one exists is asked here, not what it allows. */
export const namespaceWithoutNetworkPolicy = namespaceCheck({
  id: 'namespace-without-network-policy',
  severity: 'Medium',
  title: 'Namespace has no NetworkPolicy',
  why: 'Every pod of the cluster may connect to its pods, so that one broken into reaches all the others.',
  fix:
    'Add a NetworkPolicy that denies all traffic, and one for each connection that is wanted. Policies of other kinds ' +
    '(Cilium, Calico) are not seen: make an exception where they do the work.',
  references: {
    cis: cis('5.3.2'),
    nsa: ['Network policies'],
    checklist: ['network-policies'],
    trivy: ['KSV-0038'],
    kubescape: ['C-0206', 'C-0260'],
  },
  reads: ['NetworkPolicy', 'Pod'],
  evaluate: ({ namespace, hasWorkloads, networkPolicies }) => {
    // What distributions run in the system namespaces belongs to them, and most of it on the network of the node.
    if (isSystemNamespace(namespace.ref.name) || !hasWorkloads) return SKIP;
    return networkPolicies === 0 ? [finding('metadata.name', 'pods run here, and no NetworkPolicy exists')] : PASS;
  },
});

const ENFORCE = 'pod-security.kubernetes.io/enforce';

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
    checklist: ['admission-control'],
    kubescape: ['C-0192'],
    urls: ['https://kubernetes.io/docs/concepts/security/pod-security-admission/'],
  },
  evaluate: ({ namespace }) => {
    if (Object.hasOwn(namespace.podSecurityLabels, ENFORCE)) return PASS;
    return [
      finding(
        'metadata.labels',
        `label ${ENFORCE} is not set`,
        isSystemNamespace(namespace.ref.name) ? { severity: 'Low' } : {},
      ),
    ];
  },
});
