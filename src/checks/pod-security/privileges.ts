import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { controlCheck } from './control.ts';
import type { Control } from './control.ts';
import { isWindows } from './exemptions.ts';
import { containerWith } from '../example-pods.ts';
import { booleanAt, containersOf, violationAt } from '../fields.ts';

export const privileged: Control = {
  id: 'privileged',
  level: 'baseline',
  versions: [{ from: 0, evaluate: privilegedContainers }],
};

export const allowPrivilegeEscalation: Control = {
  id: 'allowPrivilegeEscalation',
  level: 'restricted',
  versions: [
    { from: 8, evaluate: escalatingContainers },
    { from: 25, evaluate: escalatingContainers, exempts: isWindows },
  ],
};

export const privilegedContainer = controlCheck(privileged, {
  id: 'privileged-container',
  severity: 'Critical',
  title: 'Container is privileged',
  why: 'It has all capabilities and every device of the node: who takes over the container takes over the node.',
  fix: 'Remove privileged; add the one capability or mount the one device that the program needs.',
  references: {
    cis: cis('5.2.2'),
    nsa: ['Pod security'],
    mitre: ['T1611'],
    trivy: ['KSV-0017'],
    kubescape: ['C-0057'],
    polaris: ['runAsPrivileged'],
    kubeLinter: ['privileged-container'],
    kubeScore: ['container-security-context-privileged'],
    checkov: ['CKV_K8S_16'],
    kubesec: ['Privileged'],
    kyverno: ['disallow-privileged-containers'],
  },
  example: {
    before: containerWith('securityContext:\n  privileged: true'),
    after: containerWith('securityContext:\n  privileged: false'),
  },
});

export const privilegeEscalationAllowed = controlCheck(allowPrivilegeEscalation, {
  id: 'privilege-escalation-allowed',
  severity: 'Medium',
  title: 'Process may gain more privileges than its parent',
  why: 'A set-user-ID program in the image can make an ordinary user root. Unset means allowed.',
  fix: 'Set securityContext.allowPrivilegeEscalation to false on every container.',
  references: {
    cis: cis('5.2.6'),
    nsa: ['Pod security'],
    trivy: ['KSV-0001'],
    kubescape: ['C-0016'],
    polaris: ['privilegeEscalationAllowed'],
    kubeLinter: ['privilege-escalation-container'],
    checkov: ['CKV_K8S_20'],
    kubesec: ['AllowPrivilegeEscalation'],
    kyverno: ['disallow-privilege-escalation'],
  },
  example: { before: containerWith(), after: containerWith('securityContext:\n  allowPrivilegeEscalation: false') },
});

function privilegedContainers(pod: PodView): readonly Violation[] {
  const field = 'securityContext.privileged';
  return containersOf(pod)
    .filter((container) => booleanAt(container, field) === true)
    .map((container) => violationAt(container, field, 'privileged is true'));
}

function escalatingContainers(pod: PodView): readonly Violation[] {
  const field = 'securityContext.allowPrivilegeEscalation';
  return containersOf(pod)
    .filter((container) => booleanAt(container, field) !== false)
    .map((container) => violationAt(container, field, 'allowPrivilegeEscalation is not false'));
}
