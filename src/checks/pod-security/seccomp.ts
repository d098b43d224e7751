import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Violation } from '../check.ts';
import { annotationAt, violationByAnnotation } from './annotations.ts';
import { cis } from '../cis.ts';
import { controlCheck } from './control.ts';
import type { Control } from './control.ts';
import { isWindows } from './exemptions.ts';
import { containerWith, podWith } from '../example-pods.ts';
import { containersOf, podOf, settersOf, violationAt } from '../fields.ts';
import { isProfileSet, unconfined } from './profiles.ts';

const POD_ANNOTATION = 'seccomp.security.alpha.kubernetes.io/pod';
const CONTAINER_ANNOTATION = 'container.seccomp.security.alpha.kubernetes.io/';

/** Up to v1.18 only annotations count, from v1.19 on only fields. */
export const seccompProfileBaseline: Control = {
  id: 'seccompProfile_baseline',
  level: 'baseline',
  versions: [
    { from: 0, evaluate: unconfinedByAnnotation },
    { from: 19, evaluate: (pod) => unconfined(settersOf(pod), 'seccompProfile') },
  ],
};

export const seccompProfileRestricted: Control = {
  id: 'seccompProfile_restricted',
  level: 'restricted',
  overrides: ['seccompProfile_baseline'],
  versions: [
    { from: 19, evaluate: notConfined },
    { from: 25, evaluate: notConfined, exempts: isWindows },
  ],
};

export const seccompUnconfined = controlCheck(seccompProfileBaseline, {
  id: 'seccomp-unconfined',
  severity: 'Medium',
  title: 'Seccomp is switched off',
  why: 'The container may make every system call, also the rare ones in which the kernel has had its holes.',
  fix: 'Set securityContext.seccompProfile.type to RuntimeDefault, or to Localhost with a profile of your own.',
  references: {
    cis: cis('5.6.2', { id: '5.7.2', until: '1.10' }),
    nsa: ['Pod security'],
    trivy: ['KSV-0104'],
    polaris: ['linuxHardening'],
    kubesec: ['SeccompUnconfined'],
    kyverno: ['restrict-seccomp'],
  },
  example: {
    before: podWith('securityContext:\n  seccompProfile:\n    type: Unconfined'),
    after: podWith('securityContext:\n  seccompProfile:\n    type: RuntimeDefault'),
  },
});

export const seccompProfileMissing = controlCheck(seccompProfileRestricted, {
  id: 'seccomp-profile-missing',
  severity: 'Medium',
  title: 'Container has no seccomp profile',
  why: 'Unless its node sets a default, the container may make every system call.',
  fix: 'Set securityContext.seccompProfile.type to RuntimeDefault on the pod.',
  references: {
    cis: cis('5.6.2', { id: '5.7.2', until: '1.10' }),
    nsa: ['Pod security'],
    trivy: ['KSV-0030'],
    kubescape: ['C-0210', 'C-0055'],
    polaris: ['linuxHardening'],
    kubeScore: ['container-seccomp-profile'],
    checkov: ['CKV_K8S_31'],
    kubesec: ['SeccompAny'],
    kyverno: ['restrict-seccomp-strict'],
  },
  example: { before: containerWith(), after: podWith('securityContext:\n  seccompProfile:\n    type: RuntimeDefault') },
});

function unconfinedByAnnotation(pod: PodView): readonly Violation[] {
  const places = [
    { key: POD_ANNOTATION },
    ...pod.containers.map(({ name }) => ({ key: `${CONTAINER_ANNOTATION}${name}`, container: name })),
  ];
  return places.flatMap((place) => {
    const value = annotationAt(pod, place.key);
    const isConfined = value === undefined || isConfiningAnnotation(value);
    return isConfined ? [] : [violationByAnnotation({ ...place, value }, 'seccomp')];
  });
}

function isConfiningAnnotation(value: string): boolean {
  return value === 'runtime/default' || value === 'docker/default' || value.startsWith('localhost/');
}

/**
 * A bad type counts wherever it stands, even if every container overrides it; an unset container takes the profile of
 * its pod.
 */
function notConfined(pod: PodView): readonly Violation[] {
  const bad = unconfined(settersOf(pod), 'seccompProfile');
  if (isProfileSet(podOf(pod), 'seccompProfile')) return bad;
  const unset = containersOf(pod)
    .filter((container) => !isProfileSet(container, 'seccompProfile'))
    .map((container) =>
      violationAt(container, 'securityContext.seccompProfile', 'seccompProfile is set neither here nor on the pod'),
    );
  return [...bad, ...unset];
}
