import assert from 'node:assert/strict';
import { eventually } from '../cluster/eventually.ts';
import { deployment } from '../support/manifests.ts';
import { useInstalled, type Installed, type StoredReport } from '../support/installed.ts';
import type { RunningOperator } from '../support/operator.ts';

const versions = (reports: readonly StoredReport[]): Record<string, string> =>
  Object.fromEntries(
    reports.map(({ metadata }) => [`${metadata.namespace ?? ''}/${metadata.name}`, metadata.resourceVersion]),
  );

async function leaseHolder({ kubectl }: Installed): Promise<string> {
  return (
    await kubectl([
      'get',
      'lease',
      'plimsoll',
      '--namespace=plimsoll-system',
      '--output=jsonpath={.spec.holderIdentity}',
    ])
  ).trim();
}

describe('the operator over its restarts', () => {
  const cluster = useInstalled();
  let namespace: string;

  before(async () => {
    namespace = await cluster.namespace('shop');
    await cluster.apply([deployment('web', { podSpec: { hostNetwork: true } }), deployment('api')], namespace);
    await cluster.kubectl([
      'wait',
      '--for=jsonpath={.status.replicas}=1',
      'deployment/web',
      'deployment/api',
      `--namespace=${namespace}`,
    ]);
  });

  /** Other suites' namespaces may be vanishing at this time. */
  const operatorHere = (): Promise<RunningOperator> => cluster.operator(`--namespaces=${namespace}`);

  it('takes what it finds at the first install for the baseline, not for news', async () => {
    const operator = await operatorHere();
    await operator.firstPassDone();
    const stored = await cluster.report(namespace, 'deployment-web');
    assert.deepEqual([...new Set(stored?.findings.map(({ origin }) => origin))], ['Baseline']);
    assert.equal(stored?.summary.newestFirstSeenTime, undefined);
    await operator.stop();
  });

  it('ends on SIGTERM within its grace period, with the lease released', async () => {
    const operator = await operatorHere();
    await operator.firstPassDone();
    assert.notEqual(await leaseHolder(cluster), '');
    const { code, seconds } = await operator.stop('SIGTERM');
    console.log(`        SIGTERM to exit: ${seconds.toFixed(2)} s`);
    assert.equal(code, 0);
    assert.equal(await leaseHolder(cluster), '');
  });

  it('writes nothing when it starts again', async () => {
    const before = await cluster.reports();
    const operator = await operatorHere();
    await operator.firstPassDone();
    assert.deepEqual(versions(await cluster.reports()), versions(before));
    for (const result of ['created', 'updated', 'deleted', 'error']) {
      assert.equal(await operator.metric('plimsoll_report_writes_total', { result }), 0, result);
    }
    await operator.stop();
  });

  it('tells at the next start what appeared, and what went, while it was away', async () => {
    await cluster.apply([deployment('new', { podSpec: { hostPID: true } })], namespace);
    await cluster.kubectl(['delete', 'deployment', 'api', `--namespace=${namespace}`]);
    const operator = await operatorHere();
    await operator.firstPassDone();
    const stored = await cluster.report(namespace, 'deployment-new');
    assert.equal(stored?.findings.find(({ check }) => check === 'host-pid')?.origin, 'Observed');
    await eventually(
      'the report of what went is gone',
      async () => (await cluster.report(namespace, 'deployment-api')) === undefined,
    );
    await operator.stop();
  });

  it('does not take old findings for news where a report was lost while it was away', async () => {
    await cluster.kubectl(['delete', 'securityreport', 'deployment-web', `--namespace=${namespace}`]);
    const operator = await operatorHere();
    await operator.firstPassDone();
    const stored = await cluster.report(namespace, 'deployment-web');
    assert.deepEqual([...new Set(stored?.findings.map(({ origin }) => origin))], ['Baseline']);
    await operator.stop();
  });

  it('keeps a second replica ready but silent until the first one goes', async () => {
    const [first, second] = [await operatorHere(), await operatorHere()];
    await Promise.all([first.ready(), second.ready()]);
    const leads = async (operator: RunningOperator): Promise<boolean> =>
      (await operator.metric('leader_election_master_status')) === 1;
    const [leading, standby] = await eventually('one of them leads', async () => {
      if (await leads(first)) return [first, second];
      return (await leads(second)) ? [second, first] : undefined;
    });
    await leading.firstPassDone();
    assert.equal(await leads(standby), false);
    assert.equal(await standby.metric('plimsoll_violations'), undefined, 'only the leader shows findings');
    assert.equal(
      await standby.metric('rest_client_requests_total', { method: 'PATCH' }),
      undefined,
      'a standby writes nothing',
    );
    await leading.stop();
    await eventually('the other one leads', async () => leads(standby));
    await cluster.apply([deployment('after-handover', { podSpec: { hostIPC: true } })], namespace);
    await cluster.reportWhere(
      namespace,
      'deployment-after-handover',
      'is written by the other one',
      ({ summary }) => summary.high === 1,
    );
    await standby.stop();
  });
});
