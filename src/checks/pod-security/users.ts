import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { controlCheck } from './control.ts';
import type { Control } from './control.ts';
import { isInUserNamespace } from './exemptions.ts';
import { containerWith, podWith } from '../example-pods.ts';
import { booleanAt, containersOf, numberAt, podOf, settersOf, violationAt } from '../fields.ts';

const NON_ROOT = 'securityContext.runAsNonRoot';
const USER = 'securityContext.runAsUser';

/** Windows pods are not exempt, although the user id means nothing there. */
export const runAsNonRoot: Control = {
  id: 'runAsNonRoot',
  level: 'restricted',
  versions: [
    { from: 0, evaluate: maybeRoot },
    { from: 35, evaluate: maybeRoot, exempts: isInUserNamespace },
  ],
};

export const runAsUser: Control = {
  id: 'runAsUser',
  level: 'restricted',
  versions: [
    { from: 23, evaluate: userZero },
    { from: 35, evaluate: userZero, exempts: isInUserNamespace },
  ],
};

export const runAsRootAllowed = controlCheck(runAsNonRoot, {
  id: 'run-as-root-allowed',
  severity: 'Medium',
  title: 'Container may run as root',
  why: 'If the image runs as root, whoever breaks out of the container is root on the node.',
  fix: 'Set securityContext.runAsNonRoot to true on the pod, and use an image with a numeric user other than 0.',
  references: {
    cis: cis('5.2.7'),
    nsa: ['Pod security'],
    trivy: ['KSV-0012'],
    kubescape: ['C-0013'],
    polaris: ['runAsRootAllowed'],
    kubeLinter: ['run-as-non-root'],
    checkov: ['CKV_K8S_23'],
    kubesec: ['RunAsNonRoot'],
    kyverno: ['require-run-as-nonroot'],
  },
  example: { before: containerWith(), after: podWith('securityContext:\n  runAsNonRoot: true') },
});

export const runAsUserZero = controlCheck(runAsUser, {
  id: 'run-as-user-zero',
  severity: 'High',
  title: 'Container runs as root',
  why: 'Whoever breaks out of the container is root on the node.',
  fix: 'Set securityContext.runAsUser to another id, or leave it out and let the image name a user other than 0.',
  references: {
    cis: cis('5.2.7'),
    nsa: ['Pod security'],
    trivy: ['KSV-0105'],
    kubescape: ['C-0013'],
    polaris: ['runAsRootAllowed'],
    kubeLinter: ['run-as-non-root'],
    kyverno: ['require-run-as-non-root-user'],
  },
  example: {
    before: podWith('securityContext:\n  runAsUser: 0'),
    after: podWith('securityContext:\n  runAsUser: 20000'),
  },
});

/**
 * An explicit false counts wherever it stands, even if every container overrides it; an unset container takes the value
 * of its pod.
 */
function maybeRoot(pod: PodView): readonly Violation[] {
  const ofPod = booleanAt(podOf(pod), NON_ROOT);
  const allowed = settersOf(pod)
    .filter((setter) => booleanAt(setter, NON_ROOT) === false)
    .map((setter) => violationAt(setter, NON_ROOT, 'runAsNonRoot is false'));
  if (ofPod !== undefined) return allowed;
  const unset = containersOf(pod)
    .filter((container) => booleanAt(container, NON_ROOT) === undefined)
    .map((container) => violationAt(container, NON_ROOT, 'runAsNonRoot is set neither here nor on the pod'));
  return [...allowed, ...unset];
}

function userZero(pod: PodView): readonly Violation[] {
  return settersOf(pod)
    .filter((setter) => numberAt(setter, USER) === 0)
    .map((setter) => violationAt(setter, USER, 'runs as user 0'));
}
