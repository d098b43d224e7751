import assert from 'node:assert/strict';
import type { Kind } from '../../../src/inventory/watched.ts';
import { parseSubjectKey, subjectKey } from '../../../src/inventory/subject-key.ts';
import { controlledBy, controllerObject, meta, podObject, raw, type Json } from '../../support/objects.ts';
import type { RawObject } from '../../../src/kube/raw-object.ts';
import { markingInventory, type MarkingInventory } from '../../support/marking-inventory.ts';

const spec = (image: string, more: Json = {}): Json => ({ ...more, containers: [{ name: 'app', image }] });
const replicaSet = (name: string, owner: Json = {}): RawObject =>
  raw({ metadata: meta({ name, generation: 1, ...owner }) });
const serviceAccount = (name: string, automount?: boolean, namespace = 'shop'): RawObject =>
  raw({
    metadata: meta({ name, namespace }),
    ...(automount === undefined ? {} : { automountServiceAccountToken: automount }),
  });

const clusterRoleBinding = (name: string, role: string, subjects: readonly Json[]): RawObject =>
  raw({ metadata: meta({ name, namespace: '' }), roleRef: { kind: 'ClusterRole', name: role }, subjects });

/** A Deployment `web` with its ReplicaSet and two equal pods. */
function withDeployment(unreadable: readonly Kind[] = []): MarkingInventory {
  const it = markingInventory(unreadable);
  it.put('Deployment', controllerObject({ name: 'web' }, spec('web:1')));
  it.put('ReplicaSet', replicaSet('web-1', controlledBy('Deployment', 'web')));
  it.put('Pod', podObject({ name: 'web-1-a', ...controlledBy('ReplicaSet', 'web-1') }, spec('web:1')));
  it.put('Pod', podObject({ name: 'web-1-b', ...controlledBy('ReplicaSet', 'web-1') }, spec('web:1')));
  it.dirty();
  return it;
}

describe('the inventory: who a pod belongs to', () => {
  it('is the Deployment above its ReplicaSet', () => {
    const workload = withDeployment().workload('Deployment', 'web');
    assert.equal(workload?.template?.verdict, 'web:1');
    assert.deepEqual(
      workload.pods.map(({ verdict }) => verdict),
      ['web:1'],
    );
  });

  it('is the CronJob above its Job', () => {
    const it = markingInventory();
    const cronJob = raw({
      metadata: meta({ name: 'nightly' }),
      spec: { jobTemplate: { spec: { template: { spec: spec('backup:1') } } } },
    });
    it.put('CronJob', cronJob);
    it.put(
      'Job',
      controllerObject({ name: 'nightly-1', ...controlledBy('CronJob', 'nightly', 'batch/v1') }, spec('backup:1')),
    );
    it.put(
      'Pod',
      podObject({ name: 'nightly-1-x', ...controlledBy('Job', 'nightly-1', 'batch/v1') }, spec('backup:2')),
    );
    const workload = it.workload('CronJob', 'nightly', 'batch');
    assert.equal(workload?.template?.verdict, 'backup:1');
    assert.deepEqual(
      workload.pods.map(({ verdict }) => verdict),
      ['backup:2'],
    );
    assert.equal(it.workload('Job', 'nightly-1', 'batch'), undefined, 'the Job is no subject of its own');
  });

  it('is the StatefulSet, whoever owns that', () => {
    const it = markingInventory();
    it.put(
      'StatefulSet',
      controllerObject({ name: 'db', ...controlledBy('Database', 'db', 'db.example/v1') }, spec('db:1')),
    );
    it.put('Pod', podObject({ name: 'db-0', ...controlledBy('StatefulSet', 'db') }, spec('db:1')));
    assert.equal(it.workload('StatefulSet', 'db')?.pods.length, 1);
  });

  it('is the pod itself if nobody controls it, and if a Node does (a mirror pod)', () => {
    const it = markingInventory();
    it.put('Pod', podObject({ name: 'debug' }), podObject({ name: 'etcd-a', ...controlledBy('Node', 'a', 'v1') }));
    assert.equal(it.workload('Pod', 'debug', '')?.ref.uid, 'uid-debug');
    assert.equal(it.workload('Pod', 'etcd-a', '')?.ref.uid, 'uid-etcd-a');
  });

  it('is a controller of unknown kind by its reference alone, also above a ReplicaSet', () => {
    const it = markingInventory();
    const rollout = controlledBy('Rollout', 'web', 'argoproj.io/v1alpha1');
    it.put('ReplicaSet', replicaSet('web-1', rollout));
    it.put('Pod', podObject({ name: 'web-1-a', ...controlledBy('ReplicaSet', 'web-1') }));
    const expected = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      namespace: 'shop',
      name: 'web',
      uid: 'uid-web',
    };
    assert.deepEqual(it.workload('Rollout', 'web', 'argoproj.io')?.ref, expected);
    assert.deepEqual(it.workload('ReplicaSet', 'web-1'), undefined);
  });

  it('waits for a ReplicaSet that is not known yet', () => {
    const it = markingInventory();
    it.put('Pod', podObject({ name: 'web-1-a', ...controlledBy('ReplicaSet', 'web-1') }));
    assert.equal(it.workload('ReplicaSet', 'web-1'), undefined);
    it.dirty();
    it.put('ReplicaSet', replicaSet('web-1', controlledBy('Deployment', 'web')));
    assert.ok(it.dirty().includes('Deployment/web'));
  });

  it('is the ReplicaSet by its reference alone where ReplicaSets may not be read', () => {
    const it = markingInventory(['ReplicaSet']);
    it.put('Pod', podObject({ name: 'web-1-a', ...controlledBy('ReplicaSet', 'web-1') }));
    assert.equal(it.workload('ReplicaSet', 'web-1')?.pods.length, 1);
  });

  it('asks for the template of a ReplicaSet that nobody owns, and asks again when it changes', () => {
    const it = markingInventory();
    const subject = { group: 'apps', kind: 'ReplicaSet', namespace: 'shop', name: 'bare' };
    it.put('ReplicaSet', replicaSet('bare'));
    const version = it.inventory.workload(subject)?.missingTemplate;
    assert.ok(version !== undefined);
    it.inventory.adoptTemplate(subject, version, controllerObject({ name: 'bare' }, spec('bare:1')));
    assert.equal(it.inventory.workload(subject)?.template?.verdict, 'bare:1');
    assert.equal(it.inventory.workload(subject)?.missingTemplate, undefined);
    it.put('ReplicaSet', raw({ metadata: meta({ name: 'bare', generation: 2 }) }));
    const changed = it.inventory.workload(subject)?.missingTemplate;
    assert.ok(changed !== undefined && changed !== version);
    it.inventory.adoptTemplate(subject, changed, controllerObject({ name: 'bare' }, spec('bare:2')));
    assert.equal(it.inventory.workload(subject)?.template?.verdict, 'bare:2');
    it.gone('ReplicaSet', raw({ metadata: meta({ name: 'bare', generation: 2 }) }));
    assert.equal(it.inventory.workload(subject), undefined);
  });

  it('is nobody once the pod has ended on its own', () => {
    const it = markingInventory();
    it.put('Pod', podObject({ name: 'once' }, spec('once:1'), 'Succeeded'));
    const job = (name: string, type: string): RawObject =>
      controllerObject({ name }, spec('done:1'), { conditions: [{ type, status: 'True' }] });
    it.put('Job', job('done', 'Complete'), job('broken', 'Failed'));
    assert.equal(it.workload('Pod', 'once', ''), undefined);
    for (const name of ['done', 'broken']) assert.equal(it.workload('Job', name, 'batch'), undefined, name);
    assert.equal(it.inventory.hasWorkloads('shop'), false);
    it.gone('Job', job('done', 'Complete'));
    it.put('Job', job('waiting', 'Suspended'));
    assert.ok(it.workload('Job', 'waiting', 'batch'));
    assert.equal(it.inventory.hasWorkloads('shop'), true);
  });
});

describe('the inventory: what is judged', () => {
  it('judges equal pods once, and shares the verdict', () => {
    const it = withDeployment();
    assert.deepEqual(it.judged, ['web:1']);
  });

  it('judges a live pod that differs from its template', () => {
    const it = withDeployment();
    it.put(
      'Pod',
      podObject(
        { name: 'web-1-b', ...controlledBy('ReplicaSet', 'web-1') },
        spec('web:1', { ephemeralContainers: [{ name: 'x', image: 'shell' }] }),
      ),
    );
    assert.deepEqual(
      it
        .workload('Deployment', 'web')
        ?.pods.map(({ verdict }) => verdict)
        .sort(),
      ['web:1', 'web:1,shell'],
    );
    assert.deepEqual(it.dirty(), ['Deployment/web', 'Namespace/shop']);
  });

  it('judges anew what nobody held any more', () => {
    const it = markingInventory();
    it.put('Pod', podObject({ name: 'a' }, spec('a:1')));
    it.gone('Pod', podObject({ name: 'a' }, spec('a:1')));
    it.put('Pod', podObject({ name: 'a' }, spec('a:1')));
    assert.deepEqual(it.judged, ['a:1', 'a:1']);
  });
});

describe('the inventory: which change makes which subjects dirty', () => {
  it('marks nobody when only the status of a pod changes', () => {
    const it = withDeployment();
    it.put(
      'Pod',
      podObject(
        { name: 'web-1-a', ...controlledBy('ReplicaSet', 'web-1'), annotations: { 'cni.example/ip': '10.0.0.1' } },
        spec('web:1'),
        'Pending',
      ),
    );
    assert.deepEqual(it.dirty(), []);
  });

  it('marks with a Deployment its Namespace if that has a spec more or less, and the Cluster if it is the first or the last', () => {
    const it = markingInventory();
    it.put('Deployment', controllerObject({ name: 'web' }, spec('web:1')));
    assert.deepEqual(it.dirty(), ['Cluster/cluster', 'Deployment/web', 'Namespace/shop', 'ServiceAccount/default']);
    it.put('Deployment', controllerObject({ name: 'copy' }, spec('web:1')));
    assert.deepEqual(it.dirty(), ['Deployment/copy', 'Deployment/web', 'ServiceAccount/default']);
    it.put('Deployment', controllerObject({ name: 'web' }, spec('web:2')));
    assert.deepEqual(it.dirty(), ['Deployment/web', 'Namespace/shop']);
    it.gone('Deployment', controllerObject({ name: 'copy' }, spec('web:1')));
    assert.deepEqual(it.dirty(), ['Deployment/copy', 'Deployment/web', 'Namespace/shop', 'ServiceAccount/default']);
    it.gone('Deployment', controllerObject({ name: 'web' }, spec('web:2')));
    assert.deepEqual(it.dirty(), ['Cluster/cluster', 'Deployment/web', 'Namespace/shop', 'ServiceAccount/default']);
  });

  it('marks the Namespace of the last pod when that has ended', () => {
    const it = markingInventory();
    it.put('Pod', podObject({ name: 'once' }));
    it.dirty();
    it.put('Pod', podObject({ name: 'once' }, undefined, 'Succeeded'));
    assert.deepEqual(it.dirty(), ['Cluster/cluster', 'Namespace/shop', 'Pod/once', 'ServiceAccount/default']);
    assert.equal(it.inventory.hasWorkloads('shop'), false);
  });

  it('marks with a ServiceAccount the workloads that run as it, and no others', () => {
    const it = markingInventory();
    it.put('Deployment', controllerObject({ name: 'web' }, spec('web:1', { serviceAccountName: 'web' })));
    it.put('Deployment', controllerObject({ name: 'other' }, spec('other:1')));
    it.put('Pod', podObject({ name: 'debug' }, spec('debug:1', { serviceAccountName: 'web' })));
    it.put('ServiceAccount', serviceAccount('web'));
    it.dirty();
    it.put('ServiceAccount', serviceAccount('web', false));
    assert.deepEqual(it.dirty(), ['Deployment/web', 'Pod/debug', 'ServiceAccount/web']);
  });

  it('marks with a binding its role and the ServiceAccounts that it reaches, before and after', () => {
    const it = markingInventory();
    const binding = (name: string): RawObject =>
      raw({
        metadata: meta({ name: 'b' }),
        roleRef: { kind: 'Role', name: 'r' },
        subjects: [{ kind: 'ServiceAccount', name }],
      });
    it.put('RoleBinding', binding('one'));
    it.dirty();
    it.put('RoleBinding', binding('two'));
    assert.deepEqual(it.dirty(), ['Role/r', 'RoleBinding/b', 'ServiceAccount/one', 'ServiceAccount/two']);
    assert.deepEqual(it.inventory.grantsOf('shop', 'one'), []);
    assert.equal(it.inventory.grantsOf('shop', 'two').length, 1);
  });

  it('marks with a binding of all ServiceAccounts every one, and who runs as one, even if that does not exist', () => {
    const it = markingInventory();
    it.put('ServiceAccount', serviceAccount('default', undefined, 'a'), serviceAccount('other'));
    it.put('Deployment', controllerObject({ name: 'web' }, spec('web:1', { serviceAccountName: 'ghost' })));
    it.dirty();
    it.put('ClusterRoleBinding', clusterRoleBinding('b', 'r', [{ kind: 'Group', name: 'system:serviceaccounts' }]));
    assert.deepEqual(it.dirty(), [
      'ClusterRole/r',
      'ClusterRoleBinding/b',
      'Deployment/web',
      'ServiceAccount/default',
      'ServiceAccount/ghost',
      'ServiceAccount/other',
    ]);
    it.put('ClusterRoleBinding', clusterRoleBinding('b', 'r', [{ kind: 'Group', name: 'system:serviceaccounts:a' }]));
    it.dirty();
    it.gone('ClusterRoleBinding', clusterRoleBinding('b', 'r', []));
    assert.deepEqual(it.dirty(), ['ClusterRole/r', 'ClusterRoleBinding/b', 'ServiceAccount/default']);
  });

  it('marks with a role those that aggregate it, the bindings to any of them, and whom they reach', () => {
    const it = markingInventory();
    const part = (verb: string): RawObject =>
      raw({ metadata: meta({ name: 'part', namespace: '', labels: { to: 'view' } }), rules: [{ verbs: [verb] }] });
    const view = raw({
      metadata: meta({ name: 'view', namespace: '' }),
      aggregationRule: { clusterRoleSelectors: [{ matchLabels: { to: 'view' } }] },
    });
    it.put('ClusterRole', part('get'), view);
    it.put('ServiceAccount', serviceAccount('web'), serviceAccount('other'));
    it.put('Deployment', controllerObject({ name: 'web' }, spec('web:1', { serviceAccountName: 'web' })));
    const subjects = [{ kind: 'ServiceAccount', namespace: 'shop', name: 'web' }];
    it.put('ClusterRoleBinding', clusterRoleBinding('b', 'view', subjects), clusterRoleBinding('c', 'other', subjects));
    it.dirty();
    it.put('ClusterRole', part('list'));
    assert.deepEqual(it.dirty(), [
      'ClusterRole/part',
      'ClusterRole/view',
      'ClusterRoleBinding/b',
      'Deployment/web',
      'ServiceAccount/web',
    ]);
    assert.deepEqual(
      it.inventory.grantsOf('shop', 'web').map(({ rules }) => rules?.map(({ rule }) => rule.verbs)),
      [[['list']], undefined],
    );
  });

  it('marks with a NetworkPolicy its Namespace', () => {
    const it = markingInventory();
    it.put('NetworkPolicy', raw({ metadata: meta({ name: 'deny' }) }));
    assert.deepEqual(it.dirty(), ['Namespace/shop', 'NetworkPolicy/deny']);
    assert.equal(it.inventory.surroundings.policiesIn('shop').length, 1);
    it.gone('NetworkPolicy', raw({ metadata: meta({ name: 'deny' }) }));
    assert.equal(it.inventory.surroundings.policiesIn('shop').length, 0);
  });

  it('marks with a LimitRange its Namespace and every workload there, but not for what it only allows', () => {
    const it = withDeployment();
    it.put('Pod', podObject({ name: 'debug' }, spec('debug:1', { serviceAccountName: 'other' })));
    it.put('Pod', podObject({ name: 'far', namespace: 'elsewhere' }));
    it.put('ReplicaSet', replicaSet('bare'));
    it.dirty();
    const limitRange = (max: Json, type = 'Container'): RawObject =>
      raw({ metadata: meta({ name: 'defaults' }), spec: { limits: [{ type, max }] } });
    it.put('LimitRange', limitRange({ memory: '1Gi' }));
    assert.deepEqual(it.dirty(), ['Deployment/web', 'Namespace/shop', 'Pod/debug', 'ReplicaSet/bare']);
    assert.deepEqual(
      it.inventory.limitRangesIn('shop').map(({ gives }) => gives),
      [['limits.memory', 'requests.memory']],
    );
    it.put('LimitRange', limitRange({ memory: '2Gi' }));
    assert.deepEqual(it.dirty(), []);
    it.gone('Pod', podObject({ name: 'debug' }));
    it.gone('Pod', podObject({ name: 'web-1-b' }));
    it.dirty();
    it.gone('LimitRange', limitRange({}));
    assert.deepEqual(it.dirty(), ['Deployment/web', 'Namespace/shop', 'ReplicaSet/bare']);
    assert.deepEqual(it.inventory.limitRangesIn('shop'), []);
  });

  it('does not mark a Node for its heartbeat', () => {
    const it = markingInventory();
    const node = (beat: number, kubeletVersion = 'v1.37.2'): RawObject =>
      raw({
        metadata: meta({ name: 'a', namespace: '' }),
        status: { conditions: [{ lastHeartbeatTime: beat }], nodeInfo: { kubeletVersion } },
      });
    it.put('Node', node(1));
    it.dirty();
    it.put('Node', node(2));
    assert.deepEqual(it.dirty(), []);
    it.put('Node', node(3, 'v1.36.3'));
    assert.deepEqual(it.dirty(), ['Node/a']);
  });
});

describe('the inventory: who runs as a ServiceAccount', () => {
  const asWeb = (image: string): Json => spec(image, { serviceAccountName: 'web' });
  const users = ({ inventory }: MarkingInventory): readonly string[] =>
    inventory
      .workloadsOf('shop', 'web')
      .map(({ kind, name, uid }) => `${kind}/${name} ${uid}`)
      .sort();
  const rolloutPod = (): RawObject => podObject({ name: 'r-1-a', ...controlledBy('ReplicaSet', 'r-1') }, asWeb('r:1'));

  it('is each workload once, by its template or by its pods, whoever owns these', () => {
    const it = markingInventory();
    it.put('Deployment', controllerObject({ name: 'web' }, asWeb('web:1')));
    it.put('ReplicaSet', replicaSet('web-1', controlledBy('Deployment', 'web')));
    it.put('Pod', podObject({ name: 'web-1-a', ...controlledBy('ReplicaSet', 'web-1') }, asWeb('web:1')));
    it.put('ReplicaSet', replicaSet('r-1', controlledBy('Rollout', 'r', 'argoproj.io/v1alpha1')));
    it.put('Pod', rolloutPod(), podObject({ name: 'debug' }, asWeb('debug:1')), podObject({ name: 'other' }));
    assert.deepEqual(users(it), ['Deployment/web uid-web', 'Pod/debug uid-debug', 'Rollout/r uid-r']);
    assert.equal(it.inventory.usersOf('shop', 'web'), 2, 'counted no further');
    assert.equal(it.inventory.usersOf('shop', 'default'), 1);
  });

  it('is nobody who has ended, and no mirror pod', () => {
    const it = markingInventory();
    it.put('Pod', podObject({ name: 'once' }, asWeb('once:1'), 'Succeeded'));
    const annotations = { 'kubernetes.io/config.mirror': 'x' };
    it.put('Pod', podObject({ name: 'etcd-a', annotations, ...controlledBy('Node', 'a', 'v1') }, asWeb('etcd:1')));
    assert.deepEqual(users(it), []);
  });

  it('is told anew when it becomes known to whom pods belong', () => {
    const it = markingInventory();
    it.put('Pod', rolloutPod());
    it.put('Pod', podObject({ name: 'debug' }, asWeb('debug:1')));
    assert.equal(it.inventory.usersOf('shop', 'web'), 1);
    it.dirty();
    it.put('ReplicaSet', replicaSet('r-1', controlledBy('Rollout', 'r', 'argoproj.io/v1alpha1')));
    assert.equal(it.inventory.usersOf('shop', 'web'), 2);
    assert.deepEqual(it.dirty(), ['Pod/debug', 'Rollout/r', 'ServiceAccount/web']);
  });

  it('leaves in peace the many who share it anyway', () => {
    const it = markingInventory();
    for (const name of ['a', 'b', 'c']) it.put('Deployment', controllerObject({ name }, asWeb('web:1')));
    it.dirty();
    it.put('Deployment', controllerObject({ name: 'd' }, asWeb('web:1')));
    assert.deepEqual(it.dirty(), ['Deployment/d', 'ServiceAccount/web']);
    for (const name of ['d', 'c']) it.gone('Deployment', controllerObject({ name }));
    it.dirty();
    it.gone('Deployment', controllerObject({ name: 'b' }));
    assert.deepEqual(it.dirty(), ['Deployment/a', 'Deployment/b', 'ServiceAccount/web']);
  });
});

describe('the inventory as a whole', () => {
  it('names every subject there is', () => {
    const it = withDeployment();
    it.put('ServiceAccount', serviceAccount('web'));
    const names = new Set(
      [...it.inventory.subjects()].map((key) => parseSubjectKey(key)).map(({ kind, name }) => `${kind}/${name}`),
    );
    assert.deepEqual(names, new Set(['Deployment/web', 'ServiceAccount/web']));
  });

  it('keeps bars in RBAC names apart from the key', () => {
    const key = subjectKey('rbac.authorization.k8s.io', 'ClusterRole', '', 'a|b:c');
    assert.equal(parseSubjectKey(key).name, 'a|b:c');
  });
});
