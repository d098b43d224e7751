import { inCluster, inNamespace } from '../asks.ts';
import { byReach, type Power } from '../power.ts';
import { CHANGE, DELETE, PUT } from './verbs.ts';

/** Powers over the cluster itself: nodes, namespaces, admission, storage. */
export const CLUSTER_POWERS: readonly Power[] = [
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
