import assert from 'node:assert/strict';
import { judge, type Judgement } from '../../../src/checks/judge.ts';
import { createAvailability } from '../../../src/controllers/availability.ts';
import { reconcile, type ReconcileDeps, type StoredReportChange } from '../../../src/controllers/reconcile.ts';
import { createScope } from '../../../src/controllers/scope.ts';
import type { SecurityReport } from '../../../src/crds/index.ts';
import { createInventory } from '../../../src/inventory/inventory.ts';
import { CLUSTER_KEY, subjectKey } from '../../../src/inventory/subject-key.ts';
import type { Kind } from '../../../src/inventory/watched.ts';
import { reportKey, type ReportKey } from '../../../src/reports/naming.ts';
import { createReportRecords } from '../../../src/reports/records.ts';
import { mapWriter } from '../../support/stored-reports.ts';
import { controllerObject, type Json } from '../../support/objects.ts';
import { violated } from '../../support/violated.ts';
import { ALL } from '../../support/all-checks.ts';

const WEB = subjectKey('apps', 'Deployment', 'shop', 'web');
const KEY = reportKey('shop', 'deployment-web');

interface World {
  /** What is stored, by key. */
  readonly stored: Map<ReportKey, SecurityReport>;
  readonly told: StoredReportChange[];
  readonly deploy: (spec: Json, uid?: string) => void;
  readonly undeploy: () => void;
  readonly reconcile: (key?: typeof WEB) => ReturnType<typeof reconcile>;
}

/** Everything as in the operator, but for the API server: what is written stands in a map. */
function world({ unreadable = [] as Kind[], exclude = [] as string[] } = {}): World {
  const stored = new Map<ReportKey, SecurityReport>();
  const told: StoredReportChange[] = [];
  const isReadable = (kind: Kind): boolean => !unreadable.includes(kind);
  const inventory = createInventory<Judgement>({
    judgePod: (pod) => judge(ALL.of('pod'), { ...pod, podSecurityMinor: 37 }, assert.fail),
    onDirty: () => undefined,
    isReadable,
  });
  const records = createReportRecords({
    onForeignChange: () => undefined,
    onChange: () => undefined,
    isAuthor: () => true,
  });
  const writer = mapWriter(stored, records);
  const deps: ReconcileDeps = {
    selection: ALL,
    inventory,
    availability: createAvailability(
      (kind) => (isReadable(kind) ? undefined : { reason: 'PermissionDenied', message: `${kind} may not be read` }),
      isReadable,
    ),
    scope: createScope({ include: [], exclude }),
    records,
    writer,
    server: () => ({ major: 1, minor: 37, today: '2026-05-01' }),
    podSecurityMinor: 37,
    onCheckError: assert.fail,
    memory: () => ({ hasBaseline: true, knownChecks: new Set(), watchedUntilSeconds: undefined }),
    marker: () => undefined,
    now: () => new Date('2026-05-01T12:00:00Z'),
    onStored: (change) => told.push(change),
    fetchTemplate: () => Promise.resolve(),
  };
  return {
    stored,
    told,
    deploy: (podSpec, uid = 'uid-web') =>
      inventory.sink('Deployment').upsert(controllerObject({ name: 'web', uid }, podSpec)),
    undeploy: () => inventory.sink('Deployment').remove(controllerObject({ name: 'web' })),
    reconcile: (key = WEB) => reconcile(key, deps),
  };
}

const spec = (more: Json = {}): Json => ({ ...more, containers: [{ name: 'app', image: 'registry.example/app:1' }] });

describe('reconciling a subject', () => {
  it('writes what the checks find, and tells of it', async () => {
    const { deploy, stored, told, reconcile: run } = world();
    deploy(spec({ hostNetwork: true }));
    assert.equal(await run(), 'created');
    const report = stored.get(KEY);
    assert.ok(report !== undefined && violated(report).includes('host-network'));
    assert.equal(report.findings.find(({ check }) => check === 'host-network')?.path, 'spec.template.spec.hostNetwork');
    assert.equal(told.length, 1);
    assert.equal(told[0]?.previous, undefined);
  });

  it('counts each check once: as passed, as found, or as neither', async () => {
    const { deploy, stored, reconcile: run } = world();
    deploy(spec());
    await run();
    const report = stored.get(KEY);
    assert.ok(report !== undefined);
    const all = ALL.of('pod').length + ALL.of('workload').length;
    assert.ok(report.summary.passed + violated(report).length <= all);
    assert.ok(report.summary.passed > 0);
  });

  it('removes the report of a subject that is gone', async () => {
    const { deploy, undeploy, stored, reconcile: run } = world();
    deploy(spec());
    await run();
    undeploy();
    assert.equal(await run(), 'deleted');
    assert.equal(stored.size, 0);
  });

  it('removes the report of a subject that left the scope, and writes none', async () => {
    const { deploy, stored, reconcile: run } = world({ exclude: ['shop'] });
    deploy(spec());
    assert.equal(await run(), 'unchanged');
    assert.equal(stored.size, 0);
  });

  it('does not take a subject out of sight for one that is gone', async () => {
    const unreadable: Kind[] = [];
    const { deploy, undeploy, stored, reconcile: run } = world({ unreadable });
    deploy(spec({ hostNetwork: true }));
    await run();
    undeploy();
    unreadable.push('Deployment');
    assert.equal(await run(), 'unchanged');
    assert.equal(stored.size, 1);
  });

  it('keeps the finding of a check that lost what it reads, until it can decide again', async () => {
    const unreadable: Kind[] = [];
    const { deploy, stored, reconcile: run } = world({ unreadable });
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
    const { deploy, stored, told, reconcile: run } = world();
    deploy(spec());
    await run();
    deploy(spec({ hostPID: true }), 'another-uid');
    await run();
    assert.equal(told.at(-1)?.previous, undefined);
    assert.equal(stored.get(KEY)?.subject.uid, 'another-uid');
  });

  it('always writes the report of the Cluster, with what is unknown everywhere', async () => {
    const { stored, reconcile: run } = world({ unreadable: ['NetworkPolicy'] });
    await run(CLUSTER_KEY);
    const report = stored.get(reportKey('', 'cluster'));
    assert.deepEqual(report?.unknown, [
      {
        check: 'namespace-without-network-policy',
        reason: 'PermissionDenied',
        message: 'NetworkPolicy may not be read',
      },
    ]);
    assert.equal(report.subject.uid, 'unknown');
    assert.equal(report.metadata.ownerReferences, undefined);
  });
});
