import { inCluster, inNamespace } from '../asks.ts';
import { byReach, type Power } from '../power.ts';
import { CHANGE, DELETE, PUT } from './verbs.ts';
import { onWorkloads } from './workloads.ts';

/** Powers over traffic, configuration and traces. */
export const OTHER_POWERS: readonly Power[] = [
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
