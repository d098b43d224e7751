import type { V1ContainerPort } from '@kubernetes/client-node';
import type { PodView } from '../../inventory/facts/pod-view.ts';
import type { Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { controlCheck } from './control.ts';
import type { Control } from './control.ts';
import { containerWith } from '../example-pods.ts';
import { containersOf, itemsAt, numberAt, stringAt, violationAt } from '../fields.ts';
import type { Place } from '../fields.ts';

export const hostPorts: Control = {
  id: 'hostPorts',
  level: 'baseline',
  versions: [{ from: 0, evaluate: portsOnNode }],
};

export const hostPort = controlCheck(hostPorts, {
  id: 'host-port',
  severity: 'Medium',
  title: 'Container takes a port of its node',
  why: 'The port is open to whoever reaches the node, past Services and in many clusters past NetworkPolicies.',
  fix: 'Remove hostPort; expose the port by a Service. Pods with hostNetwork get one for every port they declare.',
  references: {
    cis: cis('5.2.12', { id: '5.2.13', until: '1.11' }),
    nsa: ['Pod security'],
    trivy: ['KSV-0024'],
    kubescape: ['C-0044'],
    polaris: ['hostPortSet'],
    checkov: ['CKV_K8S_26'],
    kyverno: ['disallow-host-ports'],
    checklist: ['no-host-network'],
  },
  example: {
    before: containerWith('ports:\n  - containerPort: 8080\n    hostPort: 8080'),
    after: containerWith('ports:\n  - containerPort: 8080'),
  },
});

function portsOnNode(pod: PodView): readonly Violation[] {
  return containersOf(pod).flatMap((container) =>
    itemsAt(container, 'ports', portKey)
      .filter((port) => portNumber(port) !== 0)
      .map((port) => violationAt(port, 'hostPort', `takes port ${port.key} of the node`, port.key)),
  );
}

const portNumber = (port: Place<V1ContainerPort>): number => numberAt(port, 'hostPort') ?? 0;

const portKey = (port: Place<V1ContainerPort>): string => `${portNumber(port)}/${stringAt(port, 'protocol') ?? 'TCP'}`;
