import { isUnreadable } from '../../inventory/facts/unreadable.ts';
import { finding, PASS, SKIP, workloadCheck } from '../check.ts';
import type { Decision, Undecided, WorkloadInput } from '../check.ts';
import { podWith } from '../example-pods.ts';
import { withImages } from './repositories.ts';
import { isSystemAddOn } from './system-add-ons.ts';

/** Off by default: it costs availability more than security. */
export const nakedPod = workloadCheck({
  id: 'naked-pod',
  severity: 'Low',
  title: 'Pod has no controller',
  why: 'Nobody starts it again when its node goes, and no rollout ever replaces what it was started with.',
  fix: 'Create it by a Deployment, StatefulSet, DaemonSet or Job.',
  references: { kubescape: ['C-0073'], kyverno: ['prevent-bare-pods'] },
  isOptIn: true,
  unmapped: 'it is a matter of availability, of which the frameworks do not speak',
  example: {
    before: `apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: app
      image: registry.example/app:1.0`,
    after: `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: app
          image: registry.example/app:1.0`,
  },
  maySkip: true,
  evaluate: ({ subject, specs }) => {
    if (subject.kind !== 'Pod') return PASS;
    return isMirror(specs) ? SKIP : [finding('metadata.ownerReferences', 'the pod has no controller')];
  },
});

/** What belongs to the cluster is known by name and image; a mirror pod was put there by who has the node. */
export const workloadInSystemNamespace = workloadCheck({
  id: 'workload-in-system-namespace',
  severity: 'Medium',
  title: 'Workload runs among the parts of the cluster itself',
  why: 'Policies make exceptions for these namespaces, and who may work in one can take the secrets and rights that the cluster runs on.',
  fix: 'Move it to a namespace of its own; make an exception for an add-on that belongs there and is not known here.',
  references: {
    nsa: ['Namespaces'],
    trivy: ['KSV-0037'],
  },
  parameters: ['systemNamespaces'],
  example: { before: inNamespace('kube-system'), after: inNamespace('shop') },
  maySkip: true,
  mayBeUndecided: true,
  evaluate: (workload) => {
    const { namespace = '' } = workload.subject;
    if (!workload.parameters.isSystemNamespace(namespace)) return PASS;
    if (isMirror(workload.specs)) return SKIP;
    return unlessAddOn(workload, [finding('metadata.namespace', `the namespace is ${namespace}`)]);
  },
});

/**
 * Off by default: agents that serve every node tolerate this taint for good reasons. DaemonSets in the namespaces of the system
 * are let off, as are the known parts of a cluster there.
 */
export const controlPlaneToleration = workloadCheck({
  id: 'control-plane-toleration',
  severity: 'Low',
  title: 'Workload may run on control-plane nodes',
  why: 'Whoever breaks out of it there reaches the keys of the cluster and its database.',
  fix: 'Remove the toleration, or name the taints that it is for; one with operator Exists and no key tolerates all of them.',
  references: { kyverno: ['restrict-controlplane-scheduling'] },
  parameters: ['systemNamespaces'],
  isOptIn: true,
  unmapped: 'the frameworks speak of the isolation of control-plane nodes, and not of tolerations',
  example: {
    before: podWith('tolerations:\n  - operator: Exists'),
    after: podWith('tolerations:\n  - key: example.com/gpu\n    operator: Exists'),
  },
  maySkip: true,
  mayBeUndecided: true,
  evaluate: (workload) => {
    const { subject, specs, parameters } = workload;
    const isOfSystem = parameters.isSystemNamespace(subject.namespace ?? '');
    if (isMirror(specs) || (isOfSystem && subject.kind === 'DaemonSet')) return SKIP;
    const tolerations = specs.map(({ traits }) => traits.toleratesControlPlane);
    const unreadable = tolerations.find(isUnreadable);
    if (unreadable !== undefined) return { reason: 'Malformed', message: unreadable.malformed };
    if (!tolerations.includes(true)) return PASS;
    const found = [finding('spec.tolerations', 'the taint of control-plane nodes is tolerated')];
    return isOfSystem ? unlessAddOn(workload, found) : found;
  },
});

const isMirror = (specs: WorkloadInput['specs']): boolean => specs.some((spec) => spec.isMirror);

/** A pass for a known part of the cluster. */
function unlessAddOn({ subject, specs }: WorkloadInput, found: Decision): Decision | Undecided {
  return withImages(specs, (repositories) => (isSystemAddOn(subject.name, repositories) ? PASS : found));
}

function inNamespace(namespace: string): string {
  return `metadata:\n  namespace: ${namespace}`;
}
