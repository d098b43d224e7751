import type { V1Container, V1ContainerPort } from '@kubernetes/client-node';
import { containerCheck } from '../container-check.ts';
import { containerWith } from '../example-pods.ts';
import { itemsAt, numberAt, stringAt, violationAt } from '../fields.ts';
import type { Place } from '../fields.ts';

const FIRST_ORDINARY_PORT = 1024;
const SSH = '22/TCP';

/** Off by default: a declared port is only documentation, and binding a low one needs no root in current runtimes. */
export const privilegedPortBound = containerCheck({
  id: 'privileged-port-bound',
  severity: 'Low',
  title: 'Container listens on a port below 1024',
  why: 'Binding such a port takes root or a capability in many runtimes, so that the program is given more than it needs.',
  fix: 'Let the program listen on a port from 1024 on; a Service can offer it under any other.',
  references: { trivy: ['KSV-0117'], kubeLinter: ['privileged-ports'] },
  isOptIn: true,
  unmapped: 'no framework speaks of ports inside a container, only of those on the node',
  example: {
    before: containerWith('ports:\n  - containerPort: 80'),
    after: containerWith('ports:\n  - containerPort: 8080'),
  },
  evaluate: (container) =>
    portsOf(container)
      .filter((port) => numberOf(port) > 0 && numberOf(port) < FIRST_ORDINARY_PORT)
      .map((port) => violationAt(port, 'containerPort', `declares port ${port.key}`, port.key)),
});

/** Containers are entered by kubectl exec, which asks for rights and is audited. */
export const sshPortExposed = containerCheck({
  id: 'ssh-port-exposed',
  severity: 'Low',
  title: 'Container offers SSH',
  why: 'It is a way in that bypasses the rights and the audit log of the API server, with keys of its own to lose.',
  fix: 'Remove the SSH server from the image and the port; use kubectl exec or kubectl debug.',
  references: { mitre: ['T1021.004'], kubescape: ['C-0042'], kubeLinter: ['ssh-port'] },
  unmapped: 'no framework speaks of SSH inside a container',
  example: {
    before: containerWith('ports:\n  - containerPort: 22'),
    after: containerWith('ports:\n  - containerPort: 8080'),
  },
  evaluate: (container) =>
    portsOf(container)
      .filter(({ key }) => key === SSH)
      .map((port) => violationAt(port, 'containerPort', `declares port ${SSH}, that of SSH`)),
});

const numberOf = (port: Place<V1ContainerPort>): number => numberAt(port, 'containerPort') ?? 0;

const portsOf = (container: Place<V1Container>): readonly (Place<V1ContainerPort> & { readonly key: string })[] =>
  itemsAt<V1Container, V1ContainerPort>(
    container,
    'ports',
    (port) => `${numberOf(port)}/${stringAt(port, 'protocol') ?? 'TCP'}`,
  );
