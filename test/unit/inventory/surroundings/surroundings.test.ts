import assert from 'node:assert/strict';
import type { RawObject } from '../../../../src/kube/raw-object.ts';
import { controlledBy, meta, podObject, raw, type Json, type Meta } from '../../../support/objects.ts';
import { markingInventory, type MarkingInventory } from '../../../support/marking-inventory.ts';

const object = (metadata: Meta, more: Json = {}): RawObject => raw({ metadata: meta(metadata), ...more });
const deployment = (name: string, labels: Json, spec: Json = {}): RawObject =>
  object(
    { name },
    { spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'app', image: name }], ...spec } } } },
  );
const policy = (name: string, podSelector: Json, more: Json = {}): RawObject =>
  object({ name }, { spec: { podSelector, ...more } });
const forApp = (app: string): Json => ({ matchLabels: { app } });
const node = (address: string): RawObject =>
  object({ name: 'a', namespace: '' }, { status: { addresses: [{ type: 'ExternalIP', address }] } });
const cluster = (name: string): RawObject => object({ name, namespace: '' });

/** Two Deployments of one namespace, `web` and `api`, each with the label of its name. */
function shop(): MarkingInventory {
  const it = markingInventory();
  it.put('Deployment', deployment('web', { app: 'web' }), deployment('api', { app: 'api' }));
  it.dirty();
  return it;
}

describe('the surroundings: labels', () => {
  it('are one object for all that are equal, but for those made up for each pod', () => {
    const it = markingInventory();
    for (const name of ['web-0', 'web-1']) {
      const labels = { app: 'web', 'statefulset.kubernetes.io/pod-name': name };
      it.put('Pod', podObject({ name, labels, ...controlledBy('StatefulSet', 'web') }));
    }
    const [one, two] = ['web-0', 'web-1'].map((name) => it.inventory.get('Pod', 'shop', name)?.labels);
    assert.ok(one !== undefined && one === two);
    assert.deepEqual([...it.inventory.surroundings.labelsIn('shop')], [one]);
  });

  it('are forgotten with the last that has them', () => {
    const it = markingInventory();
    it.put('Pod', podObject({ name: 'a', labels: { app: 'web' } }), podObject({ name: 'b', labels: { app: 'web' } }));
    it.gone('Pod', podObject({ name: 'a' }));
    assert.equal([...it.inventory.surroundings.labelsIn('shop')].length, 1);
    it.put('Pod', podObject({ name: 'b', labels: { app: 'web' } }, undefined, 'Succeeded'));
    assert.deepEqual([...it.inventory.surroundings.labelsIn('shop')], []);
    assert.deepEqual([...it.inventory.surroundings.inhabited()], []);
  });

  it('of a live pod make its workload dirty, and the policies that select it or did', () => {
    const it = markingInventory();
    const pod = (labels: Json): RawObject =>
      podObject({ name: 'web-0', labels, ...controlledBy('StatefulSet', 'web') });
    it.put('NetworkPolicy', policy('web', forApp('web')), policy('api', forApp('api')), policy('db', forApp('db')));
    it.put('Pod', pod({ app: 'web' }));
    it.dirty();
    it.put('Pod', pod({ app: 'api' }));
    assert.deepEqual(it.dirty(), ['NetworkPolicy/api', 'NetworkPolicy/web', 'StatefulSet/web']);
    it.put('Pod', pod({ app: 'api', 'pod-template-hash': 'x' }));
    assert.deepEqual(it.dirty(), []);
  });

  it('of a template do so too, though its spec is as it was', () => {
    const it = shop();
    it.put('NetworkPolicy', policy('web', forApp('web')));
    it.dirty();
    it.put(
      'Deployment',
      object(
        { name: 'web' },
        {
          spec: {
            template: { metadata: { labels: { app: 'www' } }, spec: { containers: [{ name: 'app', image: 'web' }] } },
          },
        },
      ),
    );
    assert.deepEqual(it.dirty(), ['Deployment/web', 'NetworkPolicy/web']);
    const workload = it.inventory.workload({ group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' });
    assert.deepEqual(
      workload?.labelled.map(({ labels }) => labels.values),
      [{ app: 'www' }],
    );
  });
});

describe('the surroundings: policies', () => {
  it('make dirty their namespace, and the workloads that they select or did', () => {
    const it = shop();
    it.put('NetworkPolicy', policy('first', forApp('db')));
    assert.deepEqual(it.dirty(), ['Deployment/api', 'Deployment/web', 'Namespace/shop', 'NetworkPolicy/first']);
    it.put('NetworkPolicy', policy('second', forApp('web')));
    assert.deepEqual(it.dirty(), ['Deployment/web', 'Namespace/shop', 'NetworkPolicy/second']);
    it.put('NetworkPolicy', policy('second', forApp('api')));
    assert.deepEqual(it.dirty(), ['Deployment/api', 'Deployment/web', 'Namespace/shop', 'NetworkPolicy/second']);
    it.gone('NetworkPolicy', policy('second', forApp('api')));
    assert.ok(it.dirty().includes('Deployment/api'));
    assert.equal(it.inventory.surroundings.policiesIn('shop').length, 1);
  });

  it('of other projects in the namespace make all of it dirty', () => {
    const it = shop();
    it.put('CiliumNetworkPolicy', object({ name: 'x' }));
    assert.deepEqual(it.dirty(), ['Deployment/api', 'Deployment/web', 'Namespace/shop']);
    assert.equal(it.inventory.surroundings.othersIn('shop'), 'Namespace');
    assert.equal(it.inventory.surroundings.othersIn('other'), 'None');
    it.gone('CiliumNetworkPolicy', object({ name: 'x' }));
    assert.equal(it.inventory.surroundings.othersIn('shop'), 'None');
  });

  it('of other projects for the whole cluster make every namespace dirty', () => {
    const it = shop();
    it.put('Namespace', cluster('shop'));
    it.put('Node', node('10.0.0.1'));
    it.dirty();
    it.put('CalicoGlobalNetworkPolicy', cluster('x'));
    assert.deepEqual(it.dirty(), ['Deployment/api', 'Deployment/web', 'Namespace/shop']);
    assert.equal(it.inventory.surroundings.othersIn('shop'), 'Cluster');
  });
});

describe('the surroundings: nodes and Services', () => {
  it('make NodePorts dirty when the first node becomes public, and when the last ceases to be', () => {
    const it = markingInventory();
    it.put('Service', object({ name: 'web' }, { spec: { type: 'NodePort' } }), object({ name: 'api' }, { spec: {} }));
    assert.deepEqual(it.dirty(), ['Service/api', 'Service/web']);
    it.put('Node', node('10.0.0.1'));
    assert.deepEqual(it.dirty(), ['Node/a']);
    it.put('Node', node('8.8.8.8'));
    assert.deepEqual(it.dirty(), ['Node/a', 'Service/web']);
    assert.ok(it.inventory.surroundings.hasPublicNode());
    it.put('Node', node('10.0.0.2'));
    assert.deepEqual(it.dirty(), ['Node/a', 'Service/web']);
    assert.ok(!it.inventory.surroundings.hasPublicNode());
  });

  it('leave in peace a Service that opens no port of nodes any more', () => {
    const it = markingInventory();
    it.put('Service', object({ name: 'web' }, { spec: { type: 'NodePort' } }));
    it.put('Service', object({ name: 'web' }, { spec: { type: 'ClusterIP' } }));
    it.dirty();
    it.put('Node', node('8.8.8.8'));
    assert.deepEqual(it.dirty(), ['Node/a']);
  });
});

describe('the surroundings: storage of nodes', () => {
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
  const claim = (volumeName?: string): RawObject =>
    object({ name: 'data' }, { spec: { ...(volumeName !== undefined && { volumeName }) } });
  const volume = (source: Json, annotations: Json = {}): RawObject =>
    object(
      { name: 'pv', namespace: '', annotations },
      { spec: { ...source, claimRef: { namespace: 'shop', name: 'data' } } },
    );

  function claiming(): MarkingInventory {
    const it = shop();
    it.put('Deployment', deployment('db', { app: 'db' }, { volumes }));
    it.dirty();
    return it;
  }

  it('are found behind a claim, and make who uses it dirty', () => {
    const it = claiming();
    it.put('PersistentVolumeClaim', claim('pv'));
    assert.deepEqual(it.dirty(), [], 'nothing is known of that volume yet');
    it.put('PersistentVolume', volume({ hostPath: { path: '/etc' } }));
    assert.deepEqual(it.dirty(), ['Deployment/db']);
    assert.deepEqual(it.inventory.surroundings.storageBehind('shop', 'data'), {
      type: 'hostPath',
      isProvisioned: false,
    });
    it.put('PersistentVolumeClaim', claim('another'));
    assert.deepEqual(it.dirty(), ['Deployment/db']);
    assert.equal(it.inventory.surroundings.storageBehind('shop', 'data'), undefined);
  });

  it('are found too where only the volume says for whom it is kept', () => {
    const it = claiming();
    it.put('PersistentVolume', volume({ local: { path: '/disk' } }, { 'pv.kubernetes.io/provisioned-by': 'x' }));
    it.put('PersistentVolumeClaim', claim());
    assert.deepEqual(it.inventory.surroundings.storageBehind('shop', 'data'), { type: 'local', isProvisioned: true });
  });

  it('are behind a claim no longer once the volume is gone, or kept for another', () => {
    const it = claiming();
    const kept = volume({ local: { path: '/disk' } });
    it.put('PersistentVolume', kept);
    it.dirty();
    it.gone('PersistentVolume', kept);
    assert.deepEqual(it.dirty(), ['Deployment/db']);
    assert.equal(it.inventory.surroundings.storageBehind('shop', 'data'), undefined);
    it.put('PersistentVolume', kept);
    const claimRef = { namespace: 'shop', name: 'other' };
    it.put('PersistentVolume', object({ name: 'pv', namespace: '' }, { spec: { local: { path: '/disk' }, claimRef } }));
    assert.equal(it.inventory.surroundings.storageBehind('shop', 'data'), undefined);
    assert.equal(it.inventory.surroundings.storageBehind('shop', 'other')?.type, 'local');
  });

  it('are not what other volumes are', () => {
    const it = claiming();
    it.put('PersistentVolume', volume({ csi: { driver: 'x' } }));
    it.put('PersistentVolumeClaim', claim('pv'));
    assert.deepEqual(it.dirty(), []);
    assert.equal(it.inventory.surroundings.storageBehind('shop', 'data'), undefined);
  });
});

describe('the surroundings: Secrets with tokens', () => {
  const secret = (serviceAccount: string): RawObject =>
    object({ name: 'token', annotations: { 'kubernetes.io/service-account.name': serviceAccount } });
  const volumes = [{ name: 'token', secret: { secretName: 'token' } }];

  it('make dirty the ServiceAccount and who uses the Secret', () => {
    const it = shop();
    it.put('Deployment', deployment('ci', { app: 'ci' }, { volumes }));
    it.dirty();
    it.put('Secret', secret('runner'));
    assert.deepEqual(it.dirty(), ['Deployment/ci', 'ServiceAccount/runner']);
    assert.deepEqual([...it.inventory.surroundings.secretsOf('shop', 'runner')], ['token']);
    assert.ok(it.inventory.surroundings.isTokenSecret('shop', 'token'));
    it.gone('Secret', secret('runner'));
    assert.ok(!it.inventory.surroundings.isTokenSecret('shop', 'token'));
  });

  it('are known too where a ServiceAccount lists them by the name they had before v1.24', () => {
    const it = shop();
    const listed = [{ name: 'ci-token-x7k2p' }, { name: 'ci-dockercfg-abcde' }, { name: 'other-token-abcde' }];
    it.put(
      'Deployment',
      deployment(
        'ci',
        {},
        { volumes: [{ name: 't', projected: { sources: [{ secret: { name: 'ci-token-x7k2p' } }] } }] },
      ),
    );
    it.dirty();
    it.put('ServiceAccount', object({ name: 'ci' }, { secrets: listed }));
    assert.deepEqual(it.dirty(), ['Deployment/ci', 'ServiceAccount/ci']);
    assert.deepEqual(it.inventory.get('ServiceAccount', 'shop', 'ci')?.listedTokens, ['ci-token-x7k2p']);
    assert.ok(it.inventory.surroundings.isTokenSecret('shop', 'ci-token-x7k2p'));
    assert.ok(!it.inventory.surroundings.isTokenSecret('shop', 'ci-dockercfg-abcde'));
    it.put('ServiceAccount', object({ name: 'ci' }));
    assert.deepEqual(it.dirty(), ['Deployment/ci', 'ServiceAccount/ci']);
    assert.ok(!it.inventory.surroundings.isTokenSecret('shop', 'ci-token-x7k2p'));
  });
});

describe('the surroundings: quotas and ConfigMaps', () => {
  it('make the Namespace dirty with its quota', () => {
    const it = markingInventory();
    it.put('ResourceQuota', object({ name: 'all' }));
    assert.deepEqual(it.dirty(), ['Namespace/shop']);
    assert.ok(it.inventory.surroundings.hasResourceQuota('shop'));
    it.gone('ResourceQuota', object({ name: 'all' }));
    assert.ok(!it.inventory.surroundings.hasResourceQuota('shop'));
  });

  it('keep the keys of a ConfigMap, and no value', () => {
    const it = markingInventory();
    it.put('ConfigMap', object({ name: 'settings' }, { data: { password: 'correct-horse', level: 'info' } }));
    assert.deepEqual(it.dirty(), ['ConfigMap/settings']);
    const facts = it.inventory.get('ConfigMap', 'shop', 'settings');
    assert.deepEqual(facts?.credentials, [{ key: 'password', evidence: 'is called like a credential' }]);
    assert.ok(!JSON.stringify(facts).includes('correct-horse'));
    it.put('ConfigMap', object({ name: 'settings' }, { data: { password: 'battery-staple', level: 'debug' } }));
    assert.deepEqual(it.dirty(), [], 'another value of the same key is nothing new');
  });
});
