import assert from 'node:assert/strict';
import { networkPluginsOf } from '../../../../src/inventory/control-plane/network-plugins.ts';

const CASES: readonly (readonly [image: string, plugins: readonly string[]])[] = [
  ['docker.io/calico/node:v3.29.1', ['calico']],
  ['registry.example:5000/rancher/mirrored-calico-node:v3.29.1', ['calico']],
  ['quay.io/cilium/cilium:v1.16.5@sha256:0123', ['cilium']],
  ['gke.gcr.io/cilium/cilium:v1.14', ['cilium']],
  ['ghcr.io/flannel-io/flannel:v0.27.4', ['flannel']],
  ['docker.io/flannel/flannel:v0.26.1', ['flannel']],
  ['rancher/mirrored-flannelcni-flannel:v0.20.2', ['flannel']],
  ['docker.io/kindest/kindnetd:v20240202-8f1494ea', ['kindnet-without-policies']],
  ['docker.io/kindest/kindnetd:v20250512-df8de77b', ['kindnet']],
  ['ghcr.io/aojea/kindnetd:v1.8.0', ['kindnet']],
  ['registry.example/kindnetd:v0.5.3', []],
  ['registry.example/kindnetd:stable', []],
  ['registry.example/kindnetd@sha256:0123', []],
  ['602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:v1.19.0', ['amazon-vpc-cni']],
  ['antrea/antrea-agent-ubuntu:v2.2.0', ['antrea']],
  ['weaveworks/weave-npc:2.8.1', ['weave-npc']],
  ['cloudnativelabs/kube-router:v2.4.1', ['kube-router']],
  ['kubeovn/kube-ovn:v1.13.0', ['kube-ovn']],
  ['registry.example/my-node:1', []],
  ['registry.example/calico/node-exporter:1', []],
];

describe('the network plugins of a DaemonSet', () => {
  for (const [image, plugins] of CASES) {
    it(`${plugins.length === 0 ? 'are not' : 'are'} in ${image}`, () => {
      assert.deepEqual(networkPluginsOf([{ image: 'busybox' }, { image }]), plugins);
    });
  }

  it('are all there are, each once (Canal is two)', () => {
    const images = ['flannel/flannel:v1', 'calico/node:v3', 'calico/node:v3'].map((image) => ({ image }));
    assert.deepEqual(networkPluginsOf(images), ['calico', 'flannel']);
  });

  it('have the agent of Amazon only while that is switched on', () => {
    const agent = (value: string): unknown => ({
      image: 'amazon/aws-network-policy-agent:v1.2.0',
      args: [`--enable-network-policy=${value}`],
    });
    assert.deepEqual(networkPluginsOf([agent('false')]), []);
    assert.deepEqual(networkPluginsOf([agent('true')]), ['aws-network-policy-agent']);
  });

  it('are none in what is no list of containers', () => {
    for (const odd of [undefined, null, 'x', [null, 1, { image: 1 }]]) assert.deepEqual(networkPluginsOf(odd), []);
  });
});
