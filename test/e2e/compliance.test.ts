import assert from 'node:assert/strict';
import type { ComplianceControl, ComplianceReport } from '../../src/crds/index.ts';
import { eventually } from '../cluster/eventually.ts';
import { useInstalled } from '../support/installed.ts';
import { deployment, type Manifest } from '../support/manifests.ts';
import type { RunningOperator } from '../support/operator.ts';

type Stored = ComplianceReport & { readonly metadata: { readonly uid: string; readonly resourceVersion: string } };

const NAME = 'pod-security-baseline';

/** Its pods are replaced at once: there is no kubelet here that would make new ones ready. */
const web = (privileged: boolean): Manifest =>
  deployment('web', { securityContext: { privileged }, strategy: { type: 'Recreate' } });

describe('the compliance reports on a real cluster', () => {
  const cluster = useInstalled();
  let namespace: string;
  let operator: RunningOperator;

  before(async () => {
    namespace = await cluster.namespace('shop');
    await cluster.apply([web(false)], namespace);
  });

  /** Other suites' namespaces may be vanishing at this time. */
  async function start(...args: readonly string[]): Promise<void> {
    operator = await cluster.operator(`--namespaces=${namespace}`, ...args);
    await operator.firstPassDone();
  }

  async function list(): Promise<readonly Stored[]> {
    const { items } = JSON.parse(await cluster.kubectl(['get', 'comprep', '--output=json'])) as { items: Stored[] };
    return items;
  }

  const versions = async (): Promise<Record<string, string>> =>
    Object.fromEntries((await list()).map(({ metadata }) => [metadata.name ?? '', metadata.resourceVersion]));

  async function control(name: string, id: string): Promise<ComplianceControl | undefined> {
    const report = (await list()).find(({ metadata }) => metadata.name === name);
    return report?.controls.find((each) => each.id === id);
  }

  async function controlIs(state: ComplianceControl['state'], name: string, id: string): Promise<ComplianceControl> {
    return eventually(`${id} of ${name} is ${state}`, async () => {
      const current = await control(name, id);
      if (current?.state !== state)
        throw new Error(`it is ${current?.state ?? 'not there'}: ${current?.message ?? ''}`);
      return current;
    });
  }

  const reportWrites = async (): Promise<number> => {
    const counts = ['created', 'updated', 'deleted', 'error'].map(async (result) =>
      operator.metric('plimsoll_report_writes_total', { result }),
    );
    return (await Promise.all(counts)).reduce((sum: number, count) => sum + (count ?? 0), 0);
  };

  it('appear after the first pass, one for each framework that fits', async () => {
    await start();
    await eventually('all are there', async () => (await list()).length === 5);
    assert.deepEqual(Object.keys(await versions()).sort(), [
      'cis-1.12',
      'kubecon-2020',
      'nsa-1.2',
      'pod-security-baseline',
      'pod-security-restricted',
    ]);
    for (const { controls, summary } of await list()) {
      const counts: readonly number[] = Object.values(summary);
      const counted = counts.reduce((sum, count) => sum + count, 0);
      assert.equal(counted, controls.length);
    }
  });

  it('pass what was judged and kept, and nothing that was not judged', async () => {
    assert.equal((await control(NAME, 'privileged'))?.state, 'Pass');
    assert.equal((await control('pod-security-restricted', 'seccompProfile_restricted'))?.state, 'Fail');
    assert.equal((await control('cis-1.12', '1.1.1'))?.state, 'NotEvaluated');
    assert.equal((await control('cis-1.12', '3.1.3'))?.state, 'Manual');
    const nodes = await control('nsa-1.2', 'Worker node');
    assert.equal(nodes?.state, 'NotEvaluated', 'there is no node in this cluster');
    assert.match(nodes.message ?? '', /could not be decided everywhere: kubelet-/);
  });

  it('fail what a Deployment violates, and pass it when it is mended', async () => {
    await cluster.apply([web(true)], namespace);
    const failed = await controlIs('Fail', NAME, 'privileged');
    assert.equal(failed.failing, 1);
    assert.deepEqual(failed.checks, ['privileged-container']);
    await controlIs('Fail', 'cis-1.12', '5.2.2');
    await cluster.apply([web(false)], namespace);
    await controlIs('Pass', NAME, 'privileged');
    await controlIs('Pass', 'cis-1.12', '5.2.2');
  });

  it('come back when they are edited or deleted', async () => {
    const before = (await list()).find(({ metadata }) => metadata.name === NAME);
    assert.ok(before !== undefined);
    const patch = JSON.stringify({ summary: { ...before.summary, pass: 99 }, metadata: { labels: { team: 'audit' } } });
    await cluster.kubectl(['patch', 'comprep', NAME, '--type=merge', `--patch=${patch}`]);
    const repaired = await eventually('it is whole again', async () => {
      const current = (await list()).find(({ metadata }) => metadata.name === NAME);
      return current?.summary.pass === before.summary.pass ? current : undefined;
    });
    assert.deepEqual(repaired.controls, before.controls);
    assert.equal(repaired.metadata.labels?.['team'], 'audit', 'what others add in labels stays');
    await cluster.kubectl(['delete', 'comprep', 'nsa-1.2']);
    await eventually('it is back', async () => Object.keys(await versions()).includes('nsa-1.2'));
  });

  it('cost no write at a restart, nor while nothing changes', async () => {
    await operator.stop();
    const before = await versions();
    await start();
    const passedMs = performance.now();
    await eventually('what the first pass changed has been looked at', () => performance.now() > passedMs + 4000);
    assert.deepEqual(await versions(), before);
    assert.equal(await reportWrites(), 0);
  });

  it('are as many as were asked for, and those that were not asked for go', async () => {
    await operator.stop();
    await start('--frameworks=kubecon-2020,cis-1.8');
    await eventually('just these are there', async () => {
      assert.deepEqual(Object.keys(await versions()).sort(), ['cis-1.8', 'kubecon-2020']);
      return true;
    });
  });

  it('do not pass what was switched off', async () => {
    await operator.stop();
    await start('--frameworks=pod-security-baseline', '--skip=privileged-container');
    const skipped = await controlIs('NotEvaluated', NAME, 'privileged');
    assert.equal(skipped.message, 'switched off: privileged-container');
  });
});
