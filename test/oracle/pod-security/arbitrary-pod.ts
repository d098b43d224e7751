import type { V1Container, V1EphemeralContainer, V1PodSpec } from '@kubernetes/client-node';
import * as fc from 'fast-check';
import type { Level } from '../../../src/checks/pod-security/index.ts';
import { CARRIERS, type Carried, type Carrier } from './carriers.ts';
import { linuxContainer, windowsContainer } from './arbitrary-container.ts';
import type { DrawnContainer } from './arbitrary-container.ts';
import { podConfinement, podOptions, runAsNonRoot } from './arbitrary-options.ts';
import type { Confinement, PodOptions } from './arbitrary-options.ts';
import { volumes } from './arbitrary-volume.ts';
import { merged, mostly, weighted } from './draw.ts';

/** A pod that is to be judged by a level at a policy version. */
export interface PodCase extends Carried {
  readonly level: Level;
  /** 22 for v1.22. */
  readonly minor: number;
  /** The kind of object that has the pod in it. */
  readonly carrier: Carrier;
}

type SpecParts = Pick<V1PodSpec, 'hostNetwork' | 'hostPID' | 'hostIPC' | 'hostUsers' | 'os' | 'volumes'>;

/** A pod in parts that do not know of each other. */
interface DrawnPod {
  readonly parts: SpecParts;
  readonly options: PodOptions;
  readonly confinement: Confinement;
  readonly containers: readonly DrawnContainer[];
  readonly initContainers: readonly DrawnContainer[];
}

/** Minors at which a control changes, the last ones before these, and versions newer than all that is known. */
export const MINORS: readonly number[] = [
  0, 7, 8, 18, 19, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 99,
];

/** In groups that go together: a pod in a user namespace may share no namespace of its node. */
const namespaces = weighted<SpecParts>(
  [8, {}],
  [2, { hostUsers: true }],
  [4, { hostUsers: false }],
  [1, { hostNetwork: false, hostPID: false, hostIPC: false }],
  [1, { hostNetwork: true }],
  [1, { hostPID: true }],
  [1, { hostIPC: true }],
);

const volumePart: fc.Arbitrary<SpecParts> = volumes.map((drawn) => ({ volumes: drawn }));

const linuxPod: fc.Arbitrary<DrawnPod> = fc.record({
  parts: merged<SpecParts>(namespaces, volumePart, weighted<SpecParts>([4, {}], [1, { os: { name: 'linux' } }])),
  options: podOptions,
  confinement: podConfinement,
  containers: fc.array(linuxContainer, { minLength: 1, maxLength: 2 }),
  initContainers: fc.array(linuxContainer, { maxLength: 2 }),
});

const windowsPod: fc.Arbitrary<DrawnPod> = fc
  .record({
    hostProcess: weighted<'none' | 'pod' | 'containers'>([3, 'none'], [1, 'pod'], [1, 'containers']),
    parts: volumePart,
    nonRoot: runAsNonRoot,
    containers: fc.array(windowsContainer, { minLength: 1, maxLength: 2 }),
    initContainers: fc.array(windowsContainer, { maxLength: 1 }),
  })
  .map(({ hostProcess, parts, nonRoot, containers, initContainers }) => {
    // Host processes need the network of the host, and all containers of a pod are some or none is.
    const hostProcesses = { windowsOptions: { hostProcess: true } };
    const withSetter = (container: DrawnContainer): DrawnContainer =>
      hostProcess === 'containers' ? { ...container, options: { ...container.options, ...hostProcesses } } : container;
    return {
      parts: { ...parts, os: { name: 'windows' }, hostNetwork: hostProcess !== 'none' },
      options: hostProcess === 'pod' ? { ...nonRoot, ...hostProcesses } : nonRoot,
      confinement: { options: {}, annotations: {} },
      containers: containers.map(withSetter),
      initContainers: initContainers.map(withSetter),
    };
  });

/** What nothing is wrong with at any level and policy version. */
export const HARDENED_POD: Pick<V1PodSpec, 'securityContext' | 'containers'> = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: 'hardened',
      image: 'registry.example/app:1.0',
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  ],
};

/**
 * A running pod that gets debug containers: these may have neither ports nor probes, and no annotation reaches them.
 */
const debuggedPod: fc.Arbitrary<Carried> = fc.array(linuxContainer, { minLength: 1, maxLength: 2 }).map((drawn) => ({
  annotations: {},
  spec: { ...HARDENED_POD, ephemeralContainers: drawn.map(debugContainer) },
}));

/** Pods that mostly pass the validation of the API server, and violate each control now and then. */
export const podCase: fc.Arbitrary<PodCase> = fc
  .record({
    level: fc.constantFrom<Level>('baseline', 'restricted'),
    minor: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...MINORS) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 37 }) },
    ),
    carrier: mostly<Carrier>('Pod', fc.constantFrom(...CARRIERS), 1),
    pod: fc.oneof(
      { weight: 14, arbitrary: linuxPod.map(assemble) },
      { weight: 2, arbitrary: windowsPod.map(assemble) },
      { weight: 1, arbitrary: debuggedPod },
    ),
  })
  .map(({ level, minor, carrier, pod: { annotations, spec } }) => ({
    level,
    minor,
    // No template can have ephemeral containers.
    carrier: spec.ephemeralContainers === undefined ? carrier : 'Pod',
    annotations,
    spec,
  }));

interface NamedContainer {
  readonly name: string;
  readonly drawn: DrawnContainer;
}

function assemble({ parts, options, confinement, ...drawn }: DrawnPod): Carried {
  const containers = drawn.containers.map((container, index) => ({ name: `app-${index}`, drawn: container }));
  const initContainers = drawn.initContainers.map((container, index) => ({ name: `init-${index}`, drawn: container }));
  return {
    annotations: { ...confinement.annotations, ...annotationsOf([...containers, ...initContainers]) },
    spec: {
      ...parts,
      securityContext: { ...options, ...confinement.options },
      containers: containers.map((container) => built(container, parts, 'running')),
      initContainers: initContainers.map((container) =>
        built(container, parts, container.drawn.isSidecar ? 'sidecar' : 'initial'),
      ),
    },
  };
}

function built(
  { name, drawn }: NamedContainer,
  { hostNetwork, hostUsers }: SpecParts,
  role: 'running' | 'sidecar' | 'initial',
): V1Container {
  return {
    name,
    image: 'registry.example/app:1.0',
    ...(role === 'sidecar' && { restartPolicy: 'Always' }),
    ...(role !== 'initial' && drawn.calls),
    securityContext: {
      ...drawn.options,
      ...drawn.confinement.options,
      ...(hostUsers === false && drawn.procMount),
    },
    // The API server fills the host port in before it judges; a live Pod has it.
    ports: drawn.ports.map((port) =>
      hostNetwork === true ? Object.assign({}, port, { hostPort: port.containerPort }) : port,
    ),
  };
}

function debugContainer({ options, confinement }: DrawnContainer, index: number): V1EphemeralContainer {
  const securityContext = { ...options, ...confinement.options };
  return { name: `debug-${index}`, image: 'registry.example/debug:1.0', securityContext };
}

function annotationsOf(containers: readonly NamedContainer[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    containers.flatMap(({ name, drawn }) =>
      Object.entries(drawn.confinement.annotations).map(([prefix, value]) => [`${prefix}${name}`, value]),
    ),
  );
}
