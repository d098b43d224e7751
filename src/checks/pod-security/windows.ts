import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { controlCheck } from './control.ts';
import type { Control } from './control.ts';
import { podWith } from '../example-pods.ts';
import { booleanAt, settersOf, violationAt } from '../fields.ts';

export const windowsHostProcess: Control = {
  id: 'windowsHostProcess',
  level: 'baseline',
  versions: [{ from: 0, evaluate: hostProcesses }],
};

export const hostProcess = controlCheck(windowsHostProcess, {
  id: 'windows-host-process',
  severity: 'High',
  title: 'Windows container runs as a process of its node',
  why: 'A host process has the rights of its user on the node itself, with no wall between.',
  fix: 'Remove hostProcess from windowsOptions; keep the few pods that administer nodes in a namespace of their own.',
  references: {
    cis: cis('5.2.10', { id: '5.2.11', until: '1.11' }),
    nsa: ['Pod security'],
    trivy: ['KSV-0103'],
    polaris: ['hostProcess'],
    kyverno: ['disallow-host-process'],
  },
  example: {
    before: podWith(
      'os:\n  name: windows\nhostNetwork: true\nsecurityContext:\n  windowsOptions:\n    hostProcess: true',
    ),
    after: podWith('os:\n  name: windows\nsecurityContext:\n  windowsOptions:\n    hostProcess: false'),
  },
});

function hostProcesses(pod: PodView): readonly Violation[] {
  const field = 'securityContext.windowsOptions.hostProcess';
  return settersOf(pod)
    .filter((setter) => booleanAt(setter, field) === true)
    .map((setter) => violationAt(setter, field, 'hostProcess is true'));
}
