import type { V1Container } from '@kubernetes/client-node';
import type { PodView } from '../../inventory/facts/pod-view.ts';
import { podCheck, SKIP, verdict } from '../check.ts';
import type { Violation } from '../check.ts';
import { containerCheck } from '../container-check.ts';
import { podWith } from '../example-pods.ts';
import { containersOf, numberAt, numbersAt, podOf, unlessMalformed, violationAt } from '../fields.ts';
import type { Place } from '../fields.ts';
import { isInUserNamespace, isWindows } from '../pod-security/exemptions.ts';

const GROUP = 'securityContext.runAsGroup';

/**
 * Only where it is written: which group an unset one is, the image decides. A group of the pod counts if a container takes it
 * over.
 */
export const runAsRootGroup = podCheck({
  id: 'run-as-root-group',
  severity: 'Low',
  title: 'Process is a member of the group root',
  why: 'Files of the image and of volumes that belong to group 0 are open to it, many of them for writing.',
  fix: 'Set runAsGroup, fsGroup and supplementalGroups to ids other than 0.',
  references: {
    nsa: ['Pod security'],
    trivy: ['KSV-0116'],
    kubescape: ['C-0013'],
    kubeLinter: ['run-as-non-root'],
    kyverno: ['require-non-root-groups'],
  },
  example: {
    before: podWith('securityContext:\n  runAsGroup: 0'),
    after: podWith('securityContext:\n  runAsGroup: 20000'),
  },
  maySkip: true,
  mayBeUndecided: true,
  evaluate: (pod) =>
    unlessMalformed(() =>
      isWindows(pod) || isInUserNamespace(pod) ? SKIP : verdict([...groupsOfPod(pod), ...groupsOfContainers(pod)]),
    ),
});

/** Off by default: that an id is low does no harm by itself, it only may be somebody's on the node. */
export const runAsLowId = containerCheck({
  id: 'run-as-low-id',
  severity: 'Low',
  title: 'User or group id may be one of the node',
  why: 'Who breaks out of the container has the rights of the user or group of the node that has the same id.',
  fix: 'Set securityContext.runAsUser and runAsGroup to ids above 10000.',
  references: {
    trivy: ['KSV-0020', 'KSV-0021'],
    kubeScore: ['container-security-context-user-group-id'],
    checkov: ['CKV_K8S_40'],
    kubesec: ['RunAsUser', 'RunAsGroup'],
  },
  isOptIn: true,
  unmapped: 'the frameworks ask for an id other than 0, and leave open which',
  example: {
    before: podWith('securityContext:\n  runAsUser: 1000\n  runAsGroup: 1000'),
    after: podWith('securityContext:\n  runAsUser: 20000\n  runAsGroup: 20000'),
  },
  skips: isWindows,
  evaluate: (container, pod) => (['runAsUser', 'runAsGroup'] as const).flatMap((field) => lowId(container, pod, field)),
});

const HIGHEST_LOW_ID = 10_000;

function lowId(container: Place<V1Container>, pod: PodView, field: 'runAsUser' | 'runAsGroup'): readonly Violation[] {
  const path = `securityContext.${field}` as const;
  const id = numberAt(container, path) ?? numberAt(podOf(pod), path);
  if (id !== undefined && id > HIGHEST_LOW_ID) return [];
  const message = id === undefined ? `${field} is set neither here nor on the pod` : `${field} is ${id}`;
  return [violationAt(container, path, message, field)];
}

function groupsOfContainers(pod: PodView): readonly Violation[] {
  return containersOf(pod)
    .filter((container) => numberAt(container, GROUP) === 0)
    .map((container) => violationAt(container, GROUP, 'runAsGroup is 0', 'runAsGroup'));
}

function groupsOfPod(pod: PodView): readonly Violation[] {
  const place = podOf(pod);
  const isTakenOver = containersOf(pod).some((container) => numberAt(container, GROUP) === undefined);
  const violated = {
    runAsGroup: numberAt(place, GROUP) === 0 && isTakenOver,
    fsGroup: numberAt(place, 'securityContext.fsGroup') === 0,
    supplementalGroups: numbersAt(place, 'securityContext.supplementalGroups').includes(0),
  };
  return Object.entries(violated)
    .filter(([, isViolated]) => isViolated)
    .map(([field]) =>
      violationAt(
        place,
        `securityContext.${field}`,
        field === 'supplementalGroups' ? 'group 0 is among the supplementalGroups' : `${field} is 0`,
        field,
      ),
    );
}
