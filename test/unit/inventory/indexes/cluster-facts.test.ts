import assert from 'node:assert/strict';
import { createInventory, type Inventory } from '../../../../src/inventory/inventory.ts';
import { parseSubjectKey, type SubjectKey } from '../../../../src/inventory/subject-key.ts';
import type { Kind } from '../../../../src/inventory/watched.ts';
import { isAbout, watchesOf } from '../../../../src/inventory/watched.ts';
import type { RawObject } from '../../../../src/kube/raw-object.ts';
import { controlledBy, controllerObject, meta, podObject, raw, type Json } from '../../../support/objects.ts';

interface World {
  readonly inventory: Inventory<undefined>;
  readonly put: (kind: Kind, object: RawObject) => readonly string[];
  readonly gone: (kind: Kind, object: RawObject) => readonly string[];
}

/** Which namespaces the tests take for those of the system. */
const isSystem = (name: string): boolean => name === 'kube-system';

/** An inventory; `put` and `gone` answer the subjects that they make dirty, as `Kind/name`, sorted. */
function world(trustStaticPods = false): World {
  const marked = new Set<SubjectKey>();
  const inventory = createInventory<undefined>({
    judgePod: () => undefined,
    judgeConfigValue: () => undefined,
    onDirty: (key) => marked.add(key),
    isReadable: () => true,
    trustStaticPods,
  });
  function dirtied(): readonly string[] {
    const names = [...marked].map((key) => parseSubjectKey(key)).map(({ kind, name }) => `${kind}/${name}`);
    marked.clear();
    return names.sort();
  }
  return {
    inventory,
    put(kind, object) {
      inventory.sink(kind).upsert(object);
      return dirtied();
    },
    gone(kind, object) {
      inventory.sink(kind).remove(object);
      return dirtied();
    },
  };
}

const CLUSTER = 'Cluster/cluster';
const MIRROR = { annotations: { 'kubernetes.io/config.mirror': 'hash' }, ...controlledBy('Node', 'a', 'v1') };

const apiServer = (
  flags: readonly string[],
  metadata: Json = MIRROR,
  namespace = 'kube-system',
  phase?: string,
): RawObject =>
  podObject(
    { name: 'kube-apiserver-a', namespace, ...metadata },
    { nodeName: 'a', containers: [{ name: 'kube-apiserver', command: ['kube-apiserver', ...flags] }] },
    phase,
  );

describe('the control plane in the inventory', () => {
  const component = { component: 'kube-apiserver', node: 'a', flags: { profiling: 'false' } };

  it('is a mirror pod, which dirties the cluster', () => {
    const { inventory, put } = world();
    assert.deepEqual(put('Pod', apiServer(['--profiling=false'])), [
      CLUSTER,
      'Namespace/kube-system',
      'Pod/kube-apiserver-a',
    ]);
    assert.deepEqual(inventory.clusterFacts(isSystem).components, [component]);
  });

  it('is no other pod, which anybody may make, unless files are read', () => {
    const it = world();
    it.put('Pod', apiServer(['--profiling=false'], {}));
    assert.deepEqual(it.inventory.clusterFacts(isSystem).components, []);
    const files = world(true);
    files.put('Pod', apiServer(['--profiling=false'], {}));
    assert.deepEqual(files.inventory.clusterFacts(isSystem).components, [component]);
  });

  it('is no pod of another namespace', () => {
    const { inventory, put } = world(true);
    put('Pod', apiServer([], MIRROR, 'shop'));
    assert.deepEqual(inventory.clusterFacts(isSystem).components, []);
  });

  it('leaves the cluster alone where only flags change that nobody reads', () => {
    const { put } = world();
    put('Pod', apiServer(['--profiling=false']));
    assert.ok(!put('Pod', apiServer(['--profiling=false', '--v=4'])).includes(CLUSTER));
    assert.ok(put('Pod', apiServer(['--profiling=true'])).includes(CLUSTER));
  });

  it('is gone with its pod, and with its end', () => {
    const { inventory, put, gone } = world();
    put('Pod', apiServer([]));
    assert.ok(gone('Pod', apiServer([])).includes(CLUSTER));
    assert.deepEqual(inventory.clusterFacts(isSystem).components, []);
    put('Pod', apiServer([]));
    assert.ok(put('Pod', apiServer([], MIRROR, 'kube-system', 'Failed')).includes(CLUSTER));
    assert.deepEqual(inventory.clusterFacts(isSystem).components, []);
  });

  it('costs ordinary pods nothing', () => {
    const { put } = world();
    // The first inhabitant of a namespace does.
    put('Pod', podObject({ name: 'api' }));
    assert.ok(!put('Pod', podObject({ name: 'web' })).includes(CLUSTER));
  });
});

const named = (name: string, more: Json = {}, namespace = ''): RawObject =>
  raw({ metadata: meta({ name, namespace }), ...more });
const configMap = (namespace: string, name: string, data: Json): RawObject => named(name, { data }, namespace);

describe('what is known of the cluster as a whole', () => {
  it('is the configuration in its ConfigMaps, as far as it is judged', () => {
    const { inventory, put } = world();
    const kubelet = (text: string): RawObject => configMap('kube-system', 'kubelet-config', { kubelet: text });
    assert.deepEqual(put('KubeletConfig', kubelet('readOnlyPort: 10255\nmaxPods: 50')), [CLUSTER]);
    assert.deepEqual(inventory.get('KubeletConfig', 'kube-system', 'kubelet-config'), {
      fields: { readOnlyPort: 10_255 },
    });
    assert.deepEqual(put('KubeletConfig', kubelet('readOnlyPort: 10255\nmaxPods: 60')), []);
    put('KubeProxyConfig', configMap('kube-system', 'kube-proxy', { 'config.conf': 'metricsBindAddress: 0.0.0.0' }));
    const info = 'clusters: [{cluster: {server: "https://10.0.0.1:6443"}}]';
    put('ClusterInfo', configMap('kube-public', 'cluster-info', { kubeconfig: info }));
    const { kubeProxy, advertisedServer } = inventory.clusterFacts(isSystem);
    assert.deepEqual(kubeProxy, { fields: { metricsBindAddress: '0.0.0.0' } });
    assert.equal(advertisedServer, 'https://10.0.0.1:6443');
  });

  it('is unknown where its ConfigMap holds something else', () => {
    const { inventory, put } = world();
    for (const other of [
      configMap('kube-system', 'kube-proxy', { other: '' }),
      named('kube-proxy', {}, 'kube-system'),
    ]) {
      put('KubeProxyConfig', other);
      const { kubeProxy } = inventory.clusterFacts(isSystem);
      assert.ok(kubeProxy !== undefined && 'problem' in kubeProxy);
    }
  });

  it('takes anything in cluster-info without harm', () => {
    const { inventory, put } = world();
    for (const text of ['clusters: 1', 'clusters: [null]', 'clusters: [{cluster: {server: 1}}]', '- x']) {
      put('ClusterInfo', configMap('kube-public', 'cluster-info', { kubeconfig: text }));
      assert.equal(inventory.clusterFacts(isSystem).advertisedServer, undefined);
    }
  });

  it('is the addresses of its API servers, in any order', () => {
    const { inventory, put } = world();
    const slice = (...addresses: readonly string[]): RawObject =>
      named('kubernetes', { endpoints: addresses.map((address) => ({ addresses: [address] })) }, 'default');
    assert.deepEqual(put('ServerEndpoints', slice('10.0.0.2', '10.0.0.1')), [CLUSTER]);
    assert.deepEqual(put('ServerEndpoints', slice('10.0.0.1', '10.0.0.2')), []);
    assert.deepEqual(inventory.clusterFacts(isSystem).serverAddresses, ['10.0.0.1', '10.0.0.2']);
  });

  it('is its webhooks, without the authorities that are renewed in them', () => {
    const { inventory, put, gone } = world();
    const webhooks = (caBundle: string, failurePolicy = 'Ignore'): RawObject =>
      named('policies', {
        webhooks: [
          {
            name: 'a.b.c',
            failurePolicy,
            clientConfig: { caBundle, service: { namespace: 'x', name: 'y', port: 443 } },
            namespaceSelector: { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'c', operator: 'Exists' }] },
            rules: [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
          },
        ],
      });
    const dirty = put('ValidatingWebhookConfiguration', webhooks('A'));
    assert.deepEqual(dirty, [CLUSTER, 'ValidatingWebhookConfiguration/policies']);
    assert.deepEqual(put('ValidatingWebhookConfiguration', webhooks('B')), []);
    const [configuration] = inventory.clusterFacts(isSystem).webhookConfigurations;
    assert.deepEqual(configuration?.webhooks[0]?.namespaceSelector, [
      { key: 'a', operator: 'In', values: ['b'] },
      { key: 'c', operator: 'Exists', values: [] },
    ]);
    assert.deepEqual(configuration.webhooks[0].service, { namespace: 'x', name: 'y' });
    assert.deepEqual(gone('ValidatingWebhookConfiguration', webhooks('B')), dirty);
  });

  it('is its mutating webhooks too, also those that are called by a URL, and empty configurations', () => {
    const { inventory, put } = world();
    const outside = { name: 'a.b.c', clientConfig: { url: 'https://policies.example' } };
    const dirty = put('MutatingWebhookConfiguration', named('policies', { webhooks: [outside] }));
    assert.deepEqual(dirty, [CLUSTER, 'MutatingWebhookConfiguration/policies']);
    put('MutatingWebhookConfiguration', named('empty'));
    assert.deepEqual(
      inventory.clusterFacts(isSystem).webhookConfigurations.map(({ webhooks }) => webhooks),
      [[{ name: 'a.b.c', failurePolicy: 'Fail', service: undefined, namespaceSelector: [], rules: [] }], []],
    );
  });

  it('is the bindings of policies that exist', () => {
    const { inventory, put } = world();
    put('ValidatingAdmissionPolicyBinding', named('b', { spec: { policyName: 'p', validationActions: ['Deny'] } }));
    assert.deepEqual(inventory.clusterFacts(isSystem).policyBindings, []);
    assert.deepEqual(put('ValidatingAdmissionPolicy', named('p')), [CLUSTER]);
    assert.deepEqual(inventory.clusterFacts(isSystem).policyBindings, [
      { name: 'b', policyName: 'p', validationActions: ['Deny'] },
    ]);
    put('ValidatingAdmissionPolicyBinding', named('empty', { spec: {} }));
    assert.equal(inventory.clusterFacts(isSystem).policyBindings.length, 1, 'one of no policy binds none');
  });

  it('is the levels that its namespaces enforce, but for those of the system and our own', () => {
    const { inventory, put, gone } = world();
    const namespace = (name: string, labels: Json): RawObject =>
      raw({ metadata: meta({ name, namespace: '', labels }) });
    put('Namespace', namespace('kube-system', { 'pod-security.kubernetes.io/enforce': 'baseline' }));
    put('Namespace', namespace('plimsoll-system', { 'pod-security.kubernetes.io/enforce': 'restricted' }));
    assert.deepEqual(inventory.clusterFacts(isSystem).enforcedLevels, []);
    assert.ok(put('Namespace', namespace('shop', { 'pod-security.kubernetes.io/warn': 'baseline' })).includes(CLUSTER));
    assert.equal(inventory.clusterFacts(isSystem).auditsPodSecurity, true);
    put('Namespace', namespace('shop', { 'pod-security.kubernetes.io/enforce': 'restricted' }));
    const { enforcedLevels, auditsPodSecurity } = inventory.clusterFacts(isSystem);
    assert.deepEqual([enforcedLevels, auditsPodSecurity], [['restricted'], false]);
    assert.ok(
      !put('Namespace', namespace('shop', { 'pod-security.kubernetes.io/enforce': 'restricted', a: 'b' })).includes(
        CLUSTER,
      ),
    );
    assert.ok(gone('Namespace', namespace('shop', {})).includes(CLUSTER));
    assert.deepEqual(inventory.clusterFacts(isSystem).enforcedLevels, []);
  });

  it('is its network plugins, and no other DaemonSet', () => {
    const { inventory, put, gone } = world();
    const daemonSet = (name: string, image: string): RawObject =>
      controllerObject({ name, namespace: 'kube-system' }, { containers: [{ name: 'a', image }] });
    put('DaemonSet', daemonSet('metrics', 'exporter:1'));
    assert.ok(!put('DaemonSet', daemonSet('logs', 'fluentd:1')).includes(CLUSTER));
    assert.ok(put('DaemonSet', daemonSet('net', 'flannel/flannel:1')).includes(CLUSTER));
    assert.deepEqual(inventory.clusterFacts(isSystem).networkPlugins, ['flannel']);
    assert.ok(gone('DaemonSet', daemonSet('net', 'flannel/flannel:1')).includes(CLUSTER));
    assert.deepEqual(inventory.clusterFacts(isSystem).networkPlugins, []);
  });

  it('is the names of what is installed', () => {
    const { inventory, put } = world();
    assert.deepEqual(put('CustomResourceDefinition', named('widgets.example.org')), [CLUSTER]);
    assert.deepEqual(put('CustomResourceDefinition', named('widgets.example.org', { spec: {} })), []);
    put('CSIDriver', named('ebs.csi.aws.com'));
    const { customResources, csiDrivers } = inventory.clusterFacts(isSystem);
    assert.deepEqual([customResources, csiDrivers], [['widgets.example.org'], ['ebs.csi.aws.com']]);
  });
});

const node = (name: string, more: Json = {}): RawObject => {
  const labels = name.startsWith('cp') ? { 'node-role.kubernetes.io/control-plane': '' } : {};
  return raw({ metadata: meta({ name, namespace: '', labels }), ...more });
};

describe('the nodes', () => {
  it('of the control plane are judged anew when the first other node comes, and when the last goes', () => {
    const { inventory, put, gone } = world();
    assert.deepEqual(put('Node', node('cp-1')), ['Node/cp-1']);
    assert.equal(inventory.hasWorkers(), false);
    assert.deepEqual(put('Node', node('worker-1')), ['Node/cp-1', 'Node/worker-1']);
    assert.deepEqual(put('Node', node('worker-2')), ['Node/worker-2']);
    assert.deepEqual(gone('Node', node('worker-1')), ['Node/worker-1']);
    assert.deepEqual(gone('Node', node('worker-2')), ['Node/cp-1', 'Node/worker-2']);
  });

  it('are open to workloads unless a taint says otherwise that does not come and go by itself', () => {
    const { inventory, put } = world();
    const taints = [
      { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' },
      { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' },
    ];
    put('Node', node('a', { spec: { taints, unschedulable: true } }));
    assert.equal(inventory.get('Node', '', 'a')?.isSchedulable, true);
    for (const [effect, isSchedulable] of [
      ['NoSchedule', false],
      ['NoExecute', false],
      ['PreferNoSchedule', true],
    ] as const) {
      put('Node', node('a', { spec: { taints: [{ key: 'gpu', effect }] } }));
      assert.equal(inventory.get('Node', '', 'a')?.isSchedulable, isSchedulable, effect);
    }
  });

  it('tell what runs on them, and where their kubelet is', () => {
    const { inventory, put } = world();
    const nodeInfo = { kubeletVersion: 'v1.37.2', osImage: 'x', kernelVersion: 'y', containerRuntimeVersion: 'z' };
    put('Node', node('a', { status: { nodeInfo, daemonEndpoints: { kubeletEndpoint: { Port: 10_251 } } } }));
    const { osImage, kernelVersion, containerRuntimeVersion, kubeletPort } = inventory.get('Node', '', 'a') ?? {};
    assert.deepEqual([osImage, kernelVersion, containerRuntimeVersion, kubeletPort], ['x', 'y', 'z', 10_251]);
  });
});

describe('what is kept of an object', () => {
  const kinds = (kind: string, namespace: string, name: string): readonly string[] =>
    watchesOf('', kind)
      .filter((row) => isAbout(row, { namespace, name }))
      .map((row) => row.kind);

  it('is told by its name where single objects are read for themselves', () => {
    assert.deepEqual(kinds('ConfigMap', 'kube-system', 'kubelet-config'), ['ConfigMap', 'KubeletConfig']);
    assert.deepEqual(kinds('Pod', 'shop', 'kubelet-config'), ['Pod']);
    assert.ok(!kinds('ConfigMap', 'shop', 'kubelet-config').includes('KubeletConfig'));
  });
});
