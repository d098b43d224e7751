import { inNamespace } from '../asks.ts';
import type { Power } from '../power.ts';

const WORKLOADS: readonly (readonly [group: string, resources: readonly string[]])[] = [
  ['', ['replicationcontrollers']],
  ['apps', ['deployments', 'daemonsets', 'statefulsets', 'replicasets']],
  ['batch', ['jobs', 'cronjobs']],
];

/** Requests on whatever makes pods. */
export const onWorkloads = (verbs: readonly string[]): Power['needs'][number] =>
  WORKLOADS.flatMap(([group, resources]) => inNamespace(group, resources, verbs));
