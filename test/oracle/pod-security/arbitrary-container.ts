import type { V1Container, V1ContainerPort, V1LifecycleHandler } from '@kubernetes/client-node';
import * as fc from 'fast-check';
import { containerConfinement, containerOptions, noHostProcess, runAsNonRoot } from './arbitrary-options.ts';
import type { Confinement, ContainerOptions } from './arbitrary-options.ts';
import { merged, mostly, weighted } from './draw.ts';

/** A container yet without a name, and with what only some pods may have. */
export interface DrawnContainer {
  readonly options: ContainerOptions;
  readonly confinement: Confinement;
  /** For pods in a user namespace: in others the API server takes the default alone. */
  readonly procMount: ContainerOptions;
  readonly ports: readonly Port[];
  /** Whether it keeps running if it is an init container. */
  readonly isSidecar: boolean;
  /** Probes and hooks, for containers that keep running. */
  readonly calls: Calls;
}

type Port = Pick<V1ContainerPort, 'containerPort' | 'hostPort' | 'protocol'>;
type Calls = Pick<V1Container, 'livenessProbe' | 'readinessProbe' | 'startupProbe' | 'lifecycle'>;

const portNumber = fc.integer({ min: 1, max: 65535 });

/** Zero is the same as none. */
const hostPort = fc.oneof({ weight: 1, arbitrary: fc.constant(0) }, { weight: 3, arbitrary: portNumber });

const ports = fc.array(
  merged<Partial<Port>>(
    weighted([2, {}], [1, { protocol: 'TCP' }], [1, { protocol: 'UDP' }]),
    mostly<Partial<Port>>(
      {},
      hostPort.map((drawn) => ({ hostPort: drawn })),
    ),
  ).chain((more) => portNumber.map((containerPort): Port => Object.assign({ containerPort }, more))),
  { maxLength: 2 },
);

const call: fc.Arbitrary<V1LifecycleHandler> = fc
  .record({
    target: fc.constantFrom({}, { host: '' }, { host: '127.0.0.1' }, { host: 'metadata.example' }),
    action: fc.constantFrom('httpGet', 'tcpSocket'),
  })
  .map(({ target, action }) => ({ [action]: { port: 80, ...target } }));

const rarely = (calls: fc.Arbitrary<Calls>): fc.Arbitrary<Calls> => mostly<Calls>({}, calls, 8);

const calls = merged<Calls>(
  rarely(call.map((livenessProbe) => ({ livenessProbe }))),
  rarely(call.map((readinessProbe) => ({ readinessProbe }))),
  rarely(call.map((startupProbe) => ({ startupProbe }))),
  rarely(fc.record({ postStart: call, preStop: call }, { requiredKeys: [] }).map((lifecycle) => ({ lifecycle }))),
);

export const linuxContainer: fc.Arbitrary<DrawnContainer> = fc.record({
  options: containerOptions,
  confinement: containerConfinement,
  procMount: weighted<ContainerOptions>([4, {}], [1, { procMount: 'Default' }], [2, { procMount: 'Unmasked' }]),
  ports,
  isSidecar: fc.boolean(),
  calls,
});

/** The API server refuses the options of Linux on a Windows pod, so most controls are satisfied or exempt it. */
export const windowsContainer: fc.Arbitrary<DrawnContainer> = fc.record({
  options: merged<ContainerOptions>(runAsNonRoot, noHostProcess),
  confinement: fc.constant({ options: {}, annotations: {} }),
  procMount: fc.constant({}),
  ports,
  isSidecar: fc.boolean(),
  calls,
});
