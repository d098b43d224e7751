import { clusterCheck, finding, PASS } from '../check.ts';
import { cis } from '../cis.ts';

/** What network plugins do with NetworkPolicies; the recognised ones are those of inventory/control-plane/network-plugins. */
const ENFORCES: Readonly<Record<string, boolean>> = {
  calico: true,
  cilium: true,
  'weave-npc': true,
  antrea: true,
  'kube-router': true,
  'kube-ovn': true,
  'ovn-kubernetes': true,
  'azure-npm': true,
  'aws-network-policy-agent': true,
  'kube-network-policies': true,
  kindnet: true,
  'kindnet-without-policies': false,
  flannel: false,
  'amazon-vpc-cni': false,
};

const daemonSet = (name: string, image: string): string => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: ${name}
  namespace: kube-system
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: ${name}
          image: ${image}`;

/** By the images of DaemonSets, as no API tells. What is built into a node, as flannel is into k3s, is not seen. */
export const cniWithoutNetworkPolicy = clusterCheck({
  id: 'cni-without-network-policy',
  severity: 'High',
  title: 'Network plugin ignores NetworkPolicies',
  why: 'They are accepted and look as if they protected something, and every pod still reaches every other.',
  fix: 'Install a plugin that enforces them, such as Calico or Cilium, or switch the enforcement of the present one on.',
  references: {
    cis: cis('5.3.1'),
    nsa: ['Network policies'],
    kubescape: ['C-0205'],
    checklist: ['network-policies'],
    urls: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites'],
  },
  reads: ['DaemonSet'],
  example: {
    before: daemonSet('kube-flannel-ds', 'ghcr.io/flannel-io/flannel:v0.27.4'),
    after: daemonSet('calico-node', 'quay.io/calico/node:v3.31.0'),
  },
  mayBeUndecided: true,
  evaluate: ({ cluster: { networkPlugins } }) => {
    if (networkPlugins.some((plugin) => ENFORCES[plugin] === true)) return PASS;
    const known = networkPlugins.filter((plugin) => ENFORCES[plugin] === false);
    if (known.length === 0) {
      return { reason: 'NotProvided', message: 'no DaemonSet is known to be a network plugin' };
    }
    const names = known.map((plugin) => plugin.replace('-without-policies', '')).sort();
    return [finding('networkPlugin', `${names.join(' and ')} does not enforce NetworkPolicies here`)];
  },
});
