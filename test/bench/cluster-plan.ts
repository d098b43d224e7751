import type { KubernetesObject, V1Deployment, V1PodSpec } from '@kubernetes/client-node';
import { ARCHETYPES, type Archetype } from './archetypes.ts';

/** How large a cluster shall be. */
export interface ClusterSize {
  readonly pods: number;
  readonly workloads: number;
  readonly namespaces: number;
}

/** An object, and the path of the collection that it is created in. */
export interface Planned<T extends KubernetesObject = KubernetesObject> {
  readonly collection: string;
  readonly object: T;
}

/** What a cluster is loaded with, in the order of creation. The same size gives the same plan. */
export interface ClusterPlan {
  readonly namespaces: readonly Planned[];
  readonly nodes: readonly Planned[];
  /** ServiceAccounts, RBAC and NetworkPolicies: what a verdict on a workload depends on. */
  readonly surroundings: readonly Planned[];
  readonly deployments: readonly Planned<V1Deployment>[];
}

/** Near the 110 of a default kubelet, so that a Node is as busy as one that is paid for. */
const PODS_PER_NODE = 60;
const RBAC = 'rbac.authorization.k8s.io/v1';
/** Ties a pod to its Deployment, whose name it holds. */
export const APP_LABEL = 'app.kubernetes.io/name';

/** Plan a cluster: workloads take turns over archetypes and namespaces, and share the pods as evenly as they can. */
export function planCluster(size: ClusterSize): ClusterPlan {
  const namespaces = times(size.namespaces, (index) => `team-${String(index).padStart(4, '0')}`);
  const sorts = archetypeTurns();
  return {
    namespaces: namespaces.map(namespace),
    nodes: times(Math.ceil(size.pods / PODS_PER_NODE), (index) => node(nodeName(index))),
    surroundings: namespaces.flatMap(surroundings),
    deployments: times(size.workloads, (index) =>
      deployment({
        index,
        namespace: at(namespaces, Math.floor((index * size.namespaces) / size.workloads)),
        sort: at(sorts, index),
        replicas:
          Math.floor(((index + 1) * size.pods) / size.workloads) - Math.floor((index * size.pods) / size.workloads),
      }),
    ),
  };
}

/** The Node that the pod with this number runs on. */
export function nodeOfPod(plan: ClusterPlan, pod: number): string {
  return nodeName(pod % plan.nodes.length);
}

const nodeName = (index: number): string => `node-${String(index).padStart(3, '0')}`;

function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** The element whose turn it is. */
function at<T>(list: readonly T[], turn: number): T {
  const element = list[turn % list.length];
  if (element === undefined) throw new Error('nothing to take turns over');
  return element;
}

/** A hundred turns with each archetype as often as its percentage says, spread so that small clusters have all sorts. */
function archetypeTurns(): readonly Archetype[] {
  const turns = ARCHETYPES.flatMap((archetype) =>
    times(archetype.percent, (index) => ({ archetype, position: (index + 0.5) / archetype.percent })),
  );
  return turns.sort((a, b) => a.position - b.position).map(({ archetype }) => archetype);
}

function namespace(name: string, index: number): Planned {
  const level = ['privileged', 'baseline', undefined][index % 3];
  const labels = { team: name, ...(level !== undefined && { 'pod-security.kubernetes.io/warn': level }) };
  return {
    collection: '/api/v1/namespaces',
    object: { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } },
  };
}

function node(name: string): Planned {
  const labels = { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'amd64' };
  const capacity = { cpu: '16', memory: '64Gi', pods: '110' };
  const nodeInfo = {
    kubeletVersion: 'v1.37.2',
    kubeProxyVersion: 'v1.37.2',
    containerRuntimeVersion: 'containerd://2.1.4',
    kernelVersion: '6.12.41',
    osImage: 'Debian GNU/Linux 13',
    operatingSystem: 'linux',
    architecture: 'amd64',
    machineID: '',
    systemUUID: '',
    bootID: '',
  };
  const addresses = [
    { type: 'InternalIP', address: '10.0.0.1' },
    { type: 'Hostname', address: name },
  ];
  const status = { capacity, allocatable: capacity, addresses, nodeInfo };
  const object = { apiVersion: 'v1', kind: 'Node', metadata: { name, labels }, spec: {}, status };
  return { collection: '/api/v1/nodes', object };
}

function surroundings(namespaceName: string, index: number): Planned[] {
  const below = (group: string, resource: string): string => `${group}/namespaces/${namespaceName}/${resource}`;
  const readAll = { apiGroups: ['*'], resources: ['*'], verbs: ['get'] };
  const readConfig = { apiGroups: [''], resources: ['configmaps', 'endpoints'], verbs: ['get', 'list', 'watch'] };
  const accounts = ['backend', 'restricted', 'edge'].map((name) => ({
    collection: below('/api/v1', 'serviceaccounts'),
    object: { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } },
  }));
  const role = {
    apiVersion: RBAC,
    kind: 'Role',
    metadata: { name: 'config-reader' },
    rules: [index % 10 === 0 ? readAll : readConfig],
  };
  const binding = {
    apiVersion: RBAC,
    kind: 'RoleBinding',
    metadata: { name: 'config-readers' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'config-reader' },
    subjects: (index % 4 === 0 ? ['backend', 'default'] : ['backend']).map((name) => ({
      kind: 'ServiceAccount',
      name,
    })),
  };
  const policy = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'default-deny' },
    spec: { podSelector: {}, policyTypes: ['Ingress'] },
  };
  return [
    ...accounts,
    { collection: below(`/apis/${RBAC}`, 'roles'), object: role },
    { collection: below(`/apis/${RBAC}`, 'rolebindings'), object: binding },
    ...(index % 2 === 0
      ? [{ collection: below('/apis/networking.k8s.io/v1', 'networkpolicies'), object: policy }]
      : []),
  ];
}

interface DeploymentInput {
  readonly index: number;
  readonly namespace: string;
  readonly sort: Archetype;
  readonly replicas: number;
}

function deployment(input: DeploymentInput): Planned<V1Deployment> {
  const { index, sort, replicas } = input;
  const name = `${sort.name}-${String(index).padStart(5, '0')}`;
  const selected = { [APP_LABEL]: name };
  const labels = {
    ...selected,
    'app.kubernetes.io/part-of': 'shop',
    'app.kubernetes.io/version': '2.14.0',
    team: input.namespace,
  };
  const annotations = {
    'prometheus.io/scrape': 'true',
    'prometheus.io/port': '9090',
    'checksum/config': name.padEnd(64, '0123456789abcdef'),
  };
  const podSpec: V1PodSpec = sort.podSpec(name);
  return {
    collection: `/apis/apps/v1/namespaces/${input.namespace}/deployments`,
    object: {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name, namespace: input.namespace, labels },
      spec: {
        replicas,
        selector: { matchLabels: selected },
        template: { metadata: { labels, annotations }, spec: podSpec },
      },
    },
  };
}
