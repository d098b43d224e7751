import { hash } from 'node:crypto';
import type { V1Container, V1ContainerStatus, V1PodSpec, V1PodStatus, V1VolumeMount } from '@kubernetes/client-node';

interface RunningInput {
  readonly spec: V1PodSpec;
  /** Counts the pods of the cluster, and makes addresses and ids differ. */
  readonly number: number;
  /** RFC 3339. */
  readonly now: string;
}

/** JSON has times as strings, where the types of the client have Dates. */
type Json<T> = { readonly [Key in keyof T]: T[Key] extends Date | undefined ? string | undefined : unknown };

/** The status that a kubelet writes for a pod whose containers all run. */
export function runningStatus({ spec, number, now }: RunningInput): Json<V1PodStatus> {
  const podIP = `10.${64 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`;
  const hostIP = `10.0.${(number >> 8) & 255}.${number & 255}`;
  const condition = (type: string): object => ({
    type,
    status: 'True',
    lastTransitionTime: now,
    observedGeneration: 1,
  });
  return {
    phase: 'Running',
    conditions: ['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady'].map(condition),
    hostIP,
    hostIPs: [{ ip: hostIP }],
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: now,
    observedGeneration: 1,
    containerStatuses: spec.containers.map((container) =>
      containerStatus(container, number, { running: { startedAt: now } }),
    ),
    initContainerStatuses: (spec.initContainers ?? []).map((container) =>
      containerStatus(container, number, {
        terminated: {
          exitCode: 0,
          reason: 'Completed',
          startedAt: now,
          finishedAt: now,
          containerID: idOf(container, number),
        },
      }),
    ),
  };
}

function containerStatus(container: V1Container, number: number, state: object): Json<V1ContainerStatus> {
  const { name, image = '', resources, volumeMounts = [] } = container;
  const [repository = ''] = image.split(':');
  return {
    name,
    image,
    imageID: `${repository}@sha256:${hexOf(image)}`,
    containerID: idOf(container, number),
    ready: true,
    started: 'running' in state,
    restartCount: 0,
    state,
    lastState: {},
    ...(resources?.requests && { allocatedResources: resources.requests, resources }),
    volumeMounts: volumeMounts.map(mountStatus),
  };
}

function mountStatus({ name, mountPath, readOnly }: V1VolumeMount): object {
  return readOnly === true ? { name, mountPath, readOnly, recursiveReadOnly: 'Disabled' } : { name, mountPath };
}

const idOf = ({ name }: V1Container, number: number): string => `containerd://${hexOf(`${name} of pod ${number}`)}`;
const hexOf = (text: string): string => hash('sha256', text);
