import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Violation } from '../check.ts';
import { controlCheck } from './control.ts';
import type { Control } from './control.ts';
import { isInUserNamespace } from './exemptions.ts';
import { containerWith, podWith } from '../example-pods.ts';
import { containersOf, stringAt, violationAt } from '../fields.ts';

export const procMount: Control = {
  id: 'procMount',
  level: 'baseline',
  versions: [
    { from: 0, evaluate: unmasked },
    { from: 35, evaluate: unmasked, exempts: isInUserNamespace },
  ],
};

/** Keeps at the restricted level what the baseline gave up in v1.35. */
export const procMountRestricted: Control = {
  id: 'procMount_restricted',
  level: 'restricted',
  overrides: ['procMount'],
  versions: [{ from: 35, evaluate: unmasked }],
};

const REFERENCES = {
  nsa: ['Pod security'],
  trivy: ['KSV-0027'],
  kubescape: ['C-0211'],
  polaris: ['procMount'],
  kubeLinter: ['unsafe-proc-mount'],
  kyverno: ['disallow-proc-mount'],
};

export const procMountUnmasked = controlCheck(procMount, {
  id: 'proc-mount-unmasked',
  severity: 'Medium',
  title: 'Container sees all of /proc',
  why: 'The runtime masks paths of /proc that tell of the node or change it; unmasked they are open to the container.',
  fix: 'Remove securityContext.procMount, or give the pod a user namespace by hostUsers: false.',
  references: REFERENCES,
  example: {
    before: containerWith('securityContext:\n  procMount: Unmasked'),
    after: containerWith('securityContext:\n  procMount: Default'),
  },
});

export const procMountUnmaskedRestricted = controlCheck(procMountRestricted, {
  id: 'proc-mount-unmasked-restricted',
  severity: 'Low',
  title: 'Container sees all of /proc, even if in a user namespace',
  why: 'A hardened pod does without the unmasked paths also where a user namespace takes most of their danger.',
  fix: 'Remove securityContext.procMount.',
  references: REFERENCES,
  example: {
    before: podWith(
      'hostUsers: false\ncontainers:\n  - name: app\n    image: registry.example/app:1.0\n    securityContext:\n      procMount: Unmasked',
    ),
    after: podWith(
      'hostUsers: false\ncontainers:\n  - name: app\n    image: registry.example/app:1.0\n    securityContext:\n      procMount: Default',
    ),
  },
});

function unmasked(pod: PodView): readonly Violation[] {
  const field = 'securityContext.procMount';
  return containersOf(pod)
    .map((container) => ({ container, type: stringAt(container, field) ?? 'Default' }))
    .filter(({ type }) => type !== 'Default')
    .map(({ container, type }) => violationAt(container, field, `procMount is ${type}`));
}
