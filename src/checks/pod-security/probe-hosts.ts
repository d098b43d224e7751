import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Violation } from '../check.ts';
import { controlCheck } from './control.ts';
import type { Control } from './control.ts';
import { containersOf, stringAt, violationAt } from '../fields.ts';

/** The API server knows tcpSocket in lifecycle hooks too, although no kubelet runs it. */
const HANDLERS = [
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
  'lifecycle.postStart',
  'lifecycle.preStop',
] as const;
const ACTIONS = ['httpGet', 'tcpSocket'] as const;
const CALLS = HANDLERS.flatMap((handler) => ACTIONS.map((action) => `${handler}.${action}` as const));

export const hostProbesAndHostLifecycle: Control = {
  id: 'hostProbesAndHostLifecycle',
  level: 'baseline',
  versions: [{ from: 34, evaluate: hostsCalled }],
};

export const probeHostField = controlCheck(hostProbesAndHostLifecycle, {
  id: 'probe-host-field',
  severity: 'Medium',
  title: 'Probe or hook calls a host of its own choice',
  why: 'The kubelet makes the call from the node, so that the author of the pod reaches what only the node may reach.',
  fix: 'Remove host from the probe or hook; it then calls the pod itself.',
  references: { nsa: ['Pod security'] },
});

/** Any host is one too many, 127.0.0.1 also: to the kubelet that is the node. */
function hostsCalled(pod: PodView): readonly Violation[] {
  return containersOf(pod).flatMap((container) =>
    CALLS.flatMap((call) => {
      const field = `${call}.host` as const;
      const host = stringAt(container, field) ?? '';
      return host === '' ? [] : [violationAt(container, field, `the kubelet calls ${host}`, call)];
    }),
  );
}
