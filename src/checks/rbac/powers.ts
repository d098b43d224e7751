import { inCluster, inNamespace } from './asks.ts';
import { byReach, type Power } from './power.ts';

const RBAC = 'rbac.authorization.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';

/** Verbs that change what is there or add to it. */
const PUT = ['create', 'update', 'patch'];
const CHANGE = ['update', 'patch'];
const DELETE = ['delete', 'deletecollection'];

const WORKLOADS: readonly (readonly [group: string, resources: readonly string[]])[] = [
  ['', ['replicationcontrollers']],
  ['apps', ['deployments', 'daemonsets', 'statefulsets', 'replicasets']],
  ['batch', ['jobs', 'cronjobs']],
];

/** Requests on whatever makes pods. */
const onWorkloads = (verbs: readonly string[]): Power['needs'][number] =>
  WORKLOADS.flatMap(([group, resources]) => inNamespace(group, resources, verbs));

/** What a rule without limits gives: everything, also what nobody has thought of yet. */
const everything: Power = {
  id: 'admin-equivalent-role',
  does: 'do everything',
  // No resource is called so; only asterisks allow this.
  needs: [inNamespace('*', ['*'], ['*'])],
  severity: byReach('Critical', 'Critical', 'High'),
  otherNames: 'nothing',
};

/** Powers over what is secret, and over other identities. */
const IDENTITY_POWERS: readonly Power[] = [
  {
    // list and watch give the contents as get does.
    id: 'secrets-read',
    does: 'read Secrets',
    needs: [inNamespace('', ['secrets'], ['get', 'list', 'watch'])],
    severity: byReach('Critical', 'Critical', 'Medium'),
  },
  {
    id: 'secrets-write',
    does: 'write Secrets',
    needs: [inNamespace('', ['secrets'], PUT)],
    severity: byReach('High', 'High', 'Medium'),
  },
  {
    id: 'token-request',
    does: 'issue tokens of any ServiceAccount',
    needs: [inNamespace('', ['serviceaccounts/token'], ['create'])],
    severity: byReach('Critical', 'Critical', 'Medium'),
  },
  {
    // Groups, uids and extras can be impersonated only along with a user (apiserver, endpoints/filters/impersonation.go), but
    // a right to groups is one to system:masters. uids and extras alone make nobody else of anyone.
    id: 'impersonate',
    does: 'act as other users',
    needs: [
      [
        ...inCluster('', ['users', 'groups'], ['impersonate']),
        ...inNamespace('', ['serviceaccounts'], ['impersonate']),
      ],
    ],
    severity: byReach('Critical', 'Critical', 'Medium'),
    names: { 'system:masters': 'Critical', 'kubeadm:cluster-admins': 'Critical' },
  },
  {
    // bind on ClusterRoles is asked for the namespace of the new RoleBinding, so that a RoleBinding can allow it
    // (kubernetes, pkg/registry/rbac/escalation_check.go).
    id: 'escalate-or-bind',
    does: 'grant rights beyond its own',
    needs: [
      [
        ...inNamespace(RBAC, ['roles'], ['escalate', 'bind']),
        ...inNamespace(RBAC, ['clusterroles'], ['bind']),
        ...inCluster(RBAC, ['clusterroles'], ['escalate']),
      ],
    ],
    severity: byReach('Critical', 'Critical', 'High'),
    names: { 'cluster-admin': 'Critical' },
    implies: ['rbac-write'],
  },
  {
    // The API server lets nobody grant what they do not have, unless by escalate or bind.
    id: 'rbac-write',
    does: 'write roles or bindings',
    needs: [
      [
        ...inNamespace(RBAC, ['roles', 'rolebindings'], PUT),
        ...inCluster(RBAC, ['clusterroles', 'clusterrolebindings'], PUT),
      ],
    ],
    severity: byReach('High', 'High', 'Medium'),
  },
  {
    id: 'csr-approve',
    does: 'approve certificates',
    needs: [
      inCluster(CERTIFICATES, ['certificatesigningrequests/approval'], CHANGE),
      inCluster(CERTIFICATES, ['signers'], ['approve']),
    ],
    severity: byReach('High', undefined, undefined),
    names: { 'kubernetes.io/*': 'High', 'kubernetes.io/kube-apiserver-client': 'High' },
  },
];

/** Powers over pods. */
const POD_POWERS: readonly Power[] = [
  {
    // Pods mount any Secret and run as any ServiceAccount of their namespace, and own their node unless Pod Security
    // forbids it.
    id: 'pod-create',
    does: 'create pods',
    needs: [[...inNamespace('', ['pods'], ['create']), ...onWorkloads(['create'])]],
    severity: byReach('Critical', 'Critical', 'High'),
    implies: ['workload-write', 'secrets-read', 'token-request', 'pod-port-forward', 'mint-tokens'],
  },
  {
    id: 'workload-write',
    does: 'change what pods run',
    needs: [[...inNamespace('', ['pods'], CHANGE), ...onWorkloads(CHANGE)]],
    severity: byReach('High', 'High', 'Medium'),
  },
  {
    // By get too: up to v1.34 the API server asks only that for a WebSocket (KEP-4006), and roles outlive the upgrade.
    id: 'pod-exec-attach',
    does: 'run commands in pods',
    needs: [inNamespace('', ['pods/exec', 'pods/attach'], ['create', 'get'])],
    severity: byReach('Critical', 'Critical', 'Medium'),
  },
  {
    id: 'pod-ephemeral-containers-write',
    does: 'add containers to running pods',
    needs: [inNamespace('', ['pods/ephemeralcontainers'], CHANGE)],
    severity: byReach('Critical', 'Critical', 'Medium'),
  },
  {
    id: 'pod-port-forward',
    does: 'connect to ports of pods through the API server',
    needs: [inNamespace('', ['pods/portforward', 'pods/proxy', 'services/proxy'], ['create', 'get'])],
    severity: byReach('Low', 'Low', 'Info'),
    otherNames: 'Info',
  },
];

/** Powers over the cluster itself: nodes, namespaces, admission, storage. */
const CLUSTER_POWERS: readonly Power[] = [
  {
    // get is enough: the kubelet takes a WebSocket, by which it runs commands, for a read.
    id: 'nodes-proxy',
    does: 'run commands in any pod through its kubelet',
    needs: [inCluster('', ['nodes/proxy'], ['get', 'create'])],
    severity: byReach('Critical', undefined, undefined),
    otherNames: 'High',
  },
  {
    id: 'node-write',
    does: 'change nodes',
    needs: [inCluster('', ['nodes', 'nodes/status'], [...PUT, 'delete'])],
    severity: byReach('Medium', undefined, undefined),
  },
  {
    // A request for a Namespace is one in that namespace (apiserver, pkg/endpoints/request/requestinfo.go), so that a
    // RoleBinding grants it for its own.
    id: 'namespace-label-write',
    does: 'relabel namespaces',
    needs: [inNamespace('', ['namespaces'], CHANGE)],
    severity: byReach('Medium', 'Medium', 'Medium'),
  },
  {
    id: 'webhook-config-write',
    does: 'change admission control',
    needs: [
      inCluster(
        'admissionregistration.k8s.io',
        [
          'validatingwebhookconfigurations',
          'mutatingwebhookconfigurations',
          'validatingadmissionpolicies',
          'validatingadmissionpolicybindings',
          'mutatingadmissionpolicies',
          'mutatingadmissionpolicybindings',
        ],
        [...PUT, ...DELETE],
      ),
    ],
    severity: byReach('High', undefined, undefined),
  },
  {
    id: 'persistent-volume-create',
    does: 'create PersistentVolumes',
    needs: [inCluster('', ['persistentvolumes'], ['create'])],
    severity: byReach('Medium', undefined, undefined),
  },
];

/** Powers over traffic, configuration and traces. */
const OTHER_POWERS: readonly Power[] = [
  {
    id: 'network-config-write',
    does: 'redirect or open network traffic',
    needs: [
      [
        ...inNamespace('', ['services', 'endpoints'], PUT),
        ...inNamespace('discovery.k8s.io', ['endpointslices'], PUT),
        ...inNamespace('networking.k8s.io', ['ingresses'], PUT),
        ...inNamespace('networking.k8s.io', ['networkpolicies'], [...PUT, ...DELETE]),
        ...inNamespace('gateway.networking.k8s.io', ['gateways', 'httproutes', 'grpcroutes', 'tlsroutes'], PUT),
      ],
    ],
    severity: byReach('Medium', 'Medium', 'Low'),
  },
  {
    // Most ConfigMaps of kube-system that rules name are locks of leader elections.
    id: 'configmap-write-sensitive',
    does: 'write ConfigMaps that configure the cluster',
    needs: [inNamespace('', ['configmaps'], [...PUT, ...DELETE])],
    severity: byReach('Medium', 'Medium', undefined),
    names: {
      'aws-auth': 'Critical',
      'extension-apiserver-authentication': 'High',
      coredns: 'Medium',
      'kube-proxy': 'Medium',
      'kubeadm-config': 'Medium',
      'kubelet-config': 'Medium',
    },
    otherNames: 'nothing',
  },
  {
    id: 'service-status-write',
    does: 'forge the status of Services or pods',
    needs: [inNamespace('', ['services/status', 'pods/status'], CHANGE)],
    severity: byReach('Low', 'Low', 'Low'),
    otherNames: 'Info',
  },
  {
    // There is nothing to delete under pods/log: the API server serves only get there.
    id: 'audit-trail-delete',
    does: 'delete Events',
    needs: [[...inNamespace('', ['events'], DELETE), ...inNamespace('events.k8s.io', ['events'], DELETE)]],
    severity: byReach('Low', 'Low', 'Low'),
    otherNames: 'Info',
  },
  {
    id: 'excessive-delete',
    does: 'delete workloads, Secrets, namespaces or volumes',
    needs: [
      [
        ...onWorkloads(DELETE),
        ...inNamespace('', ['pods', 'secrets', 'namespaces', 'persistentvolumeclaims'], DELETE),
        ...inCluster('', ['persistentvolumes'], DELETE),
      ],
    ],
    severity: byReach('Medium', undefined, undefined),
  },
];

/** What is less than everything. */
const PARTIAL_POWERS: readonly Power[] = [...IDENTITY_POWERS, ...POD_POWERS, ...CLUSTER_POWERS, ...OTHER_POWERS];

/** Everything that a rule is searched for. */
export const POWERS: readonly Power[] = [
  { ...everything, implies: PARTIAL_POWERS.map(({ id }) => id) },
  ...PARTIAL_POWERS,
];

const BY_ID = new Map(POWERS.map((power) => [power.id, power]));

/** The power of this id. */
export function powerCalled(id: string): Power {
  const power = BY_ID.get(id);
  if (power === undefined) throw new Error(`no power is called ${id}`);
  return power;
}
