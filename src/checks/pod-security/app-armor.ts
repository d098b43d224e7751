import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Violation } from '../check.ts';
import { annotationAt, violationByAnnotation } from './annotations.ts';
import { cis } from '../cis.ts';
import { controlCheck } from './control.ts';
import type { Control } from './control.ts';
import { containerWith } from '../example-pods.ts';
import { settersOf } from '../fields.ts';
import { unconfined } from './profiles.ts';

const ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

export const appArmorProfile: Control = {
  id: 'appArmorProfile',
  level: 'baseline',
  versions: [{ from: 0, evaluate: unconfinedByFieldOrAnnotation }],
};

export const appArmorUnconfined = controlCheck(appArmorProfile, {
  id: 'apparmor-unconfined',
  severity: 'Medium',
  title: 'AppArmor is switched off',
  why: 'The default profile keeps a container from mounting file systems and from writing to parts of /proc and /sys.',
  fix: 'Remove the profile or its annotation, or set appArmorProfile.type to RuntimeDefault or Localhost.',
  references: {
    cis: cis('5.6.3', { id: '5.7.3', until: '1.10' }),
    nsa: ['Pod security'],
    trivy: ['KSV-0002'],
    kubesec: ['ApparmorUnconfined'],
    kyverno: ['restrict-apparmor-profiles'],
  },
  example: {
    before: containerWith('securityContext:\n  appArmorProfile:\n    type: Unconfined'),
    after: containerWith('securityContext:\n  appArmorProfile:\n    type: RuntimeDefault'),
  },
});

/** The API server copies annotations of a Pod to the fields: what is bad in both is told once, at the field. */
function unconfinedByFieldOrAnnotation(pod: PodView): readonly Violation[] {
  const byField = unconfined(settersOf(pod), 'appArmorProfile');
  const told = new Set(byField.map(({ container }) => container));
  return [...byField, ...unconfinedByAnnotation(pod).filter(({ container }) => !told.has(container))];
}

function unconfinedByAnnotation(pod: PodView): readonly Violation[] {
  return Object.keys(pod.annotations)
    .filter((key) => key.startsWith(ANNOTATION))
    .map((key) => ({ key, container: key.slice(ANNOTATION.length), value: annotationAt(pod, key) ?? '' }))
    .filter(({ value }) => !isConfiningAnnotation(value))
    .map((annotation) => violationByAnnotation(annotation, 'AppArmor'));
}

function isConfiningAnnotation(value: string): boolean {
  return value === '' || value === 'runtime/default' || value.startsWith('localhost/');
}
