import assert from 'node:assert/strict';
import { CLUSTER_KEY, subjectKey, type SubjectKey } from '../../../src/inventory/subject-key.ts';
import type { Kind } from '../../../src/inventory/watched.ts';
import { reportKey } from '../../../src/reports/naming.ts';
import { ALL } from '../../support/all-checks.ts';
import { controllerObject, type Json } from '../../support/objects.ts';
import { violated } from '../../support/violated.ts';
import { world, type World, type WorldOptions } from '../../support/world.ts';

const WEB = subjectKey('apps', 'Deployment', 'shop', 'web');
const KEY = reportKey('shop', 'deployment-web');
/** Of ReplicaSets only the metadata is read. */
const SET = subjectKey('apps', 'ReplicaSet', 'shop', 'web');

interface Shop extends Pick<World, 'stored' | 'told'> {
  readonly deploy: (spec: Json, uid?: string) => void;
  readonly undeploy: () => void;
  readonly reconcile: (key?: SubjectKey) => ReturnType<World['reconcile']>;
}

/** A world with one Deployment. */
function shop(options?: WorldOptions): Shop {
  const { inventory, stored, told, reconcile } = world(options);
  return {
    stored,
    told,
    deploy: (podSpec, uid = 'uid-web') =>
      inventory.sink('Deployment').upsert(controllerObject({ name: 'web', uid }, podSpec)),
    undeploy: () => inventory.sink('Deployment').remove(controllerObject({ name: 'web' })),
    reconcile: (key = WEB) => reconcile(key),
  };
}

const spec = (more: Json = {}): Json => ({ ...more, containers: [{ name: 'app', image: 'registry.example/app:1' }] });

describe('reconciling a subject', () => {
  it('writes what the checks find, and tells of it', async () => {
    const { deploy, stored, told, reconcile: run } = shop();
    deploy(spec({ hostNetwork: true }));
    assert.equal(await run(), 'created');
    const report = stored.get(KEY);
    assert.ok(report !== undefined && violated(report).includes('host-network'));
    assert.equal(report.findings.find(({ check }) => check === 'host-network')?.path, 'spec.template.spec.hostNetwork');
    assert.equal(told.length, 1);
    assert.equal(told[0]?.previous, undefined);
  });

  it('counts each check once: as passed, as found, or as neither', async () => {
    const { deploy, stored, reconcile: run } = shop();
    deploy(spec());
    await run();
    const report = stored.get(KEY);
    assert.ok(report !== undefined);
    const all = ALL.of('pod').length + ALL.of('workload').length;
    assert.ok(report.summary.passed + violated(report).length <= all);
    assert.ok(report.summary.passed > 0);
  });

  it('counts no check of pods as passed where neither template nor pods are known', async () => {
    const { inventory, stored, reconcile: run } = world();
    inventory.sink('ReplicaSet').upsert(controllerObject({ name: 'web' }));
    await run(SET);
    const report = stored.get(reportKey('shop', 'replicaset-web'));
    assert.ok(report !== undefined);
    assert.ok(report.summary.passed <= ALL.of('workload').length);
  });

  it('removes the report of a subject that is gone', async () => {
    const { deploy, undeploy, stored, reconcile: run } = shop();
    deploy(spec());
    await run();
    undeploy();
    assert.equal(await run(), 'deleted');
    assert.equal(stored.size, 0);
  });

  it('removes the report of a subject that left the scope, and writes none', async () => {
    const { deploy, stored, reconcile: run } = shop({ exclude: ['shop'] });
    deploy(spec());
    assert.equal(await run(), 'unchanged');
    assert.equal(stored.size, 0);
  });

  it('does not take a subject out of sight for one that is gone', async () => {
    const unreadable: Kind[] = [];
    const { deploy, undeploy, stored, reconcile: run } = shop({ unreadable });
    deploy(spec({ hostNetwork: true }));
    await run();
    undeploy();
    unreadable.push('Deployment');
    assert.equal(await run(), 'unchanged');
    assert.equal(stored.size, 1);
  });

  it('keeps the finding of a check that lost what it reads, until it can decide again', async () => {
    const unreadable: Kind[] = [];
    const { deploy, stored, reconcile: run } = shop({ unreadable });
    deploy(spec());
    await run();
    const before = stored.get(KEY)?.findings;
    unreadable.push('ServiceAccount');
    deploy(spec({ automountServiceAccountToken: false }));
    await run();
    const kept = stored.get(KEY)?.findings.find(({ check }) => check === 'service-account-token-automounted');
    assert.deepEqual(
      kept,
      before?.find(({ check }) => check === 'service-account-token-automounted'),
    );
    unreadable.length = 0;
    await run();
    assert.ok(!violated(stored.get(KEY) ?? { findings: [] }).includes('service-account-token-automounted'));
  });

  it('remembers nothing for a subject of the same name and another uid', async () => {
    const { deploy, stored, told, reconcile: run } = shop();
    deploy(spec());
    await run();
    deploy(spec({ hostPID: true }), 'another-uid');
    await run();
    assert.equal(told.at(-1)?.previous, undefined);
    assert.equal(stored.get(KEY)?.subject.uid, 'another-uid');
  });

  it('always writes the report of the Cluster, with what is unknown everywhere', async () => {
    const { stored, reconcile: run } = shop({ unreadable: ['NetworkPolicy'] });
    await run(CLUSTER_KEY);
    const report = stored.get(reportKey('', 'cluster'));
    assert.deepEqual(
      report?.unknown.find(({ check }) => check === 'namespace-without-network-policy'),
      {
        check: 'namespace-without-network-policy',
        reason: 'PermissionDenied',
        message: 'NetworkPolicy may not be read',
      },
    );
    assert.equal(report?.subject.uid, 'unknown');
    assert.equal(report?.metadata.ownerReferences, undefined);
  });
});
