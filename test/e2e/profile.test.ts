import assert from 'node:assert/strict';
import type { SecurityProfile } from '../../src/crds/index.ts';
import { eventually } from '../cluster/eventually.ts';
import { useInstalled, type StoredReport } from '../support/installed.ts';
import { deployment, type Manifest } from '../support/manifests.ts';
import type { RunningOperator } from '../support/operator.ts';
import { violated } from '../support/violated.ts';

const profile = (spec: Readonly<Record<string, unknown>>): Manifest => ({
  apiVersion: 'plimsoll.dev/v1alpha1',
  kind: 'SecurityProfile',
  metadata: { name: 'default' },
  spec,
});

const severityOf = (report: StoredReport, id: string): string | undefined =>
  report.findings.find(({ check }) => check === id)?.severity;

describe('a profile in a cluster', () => {
  const cluster = useInstalled();
  let namespace: string;
  let operator: RunningOperator;

  before(async () => {
    namespace = await cluster.namespace('profiled');
    await cluster.apply([deployment('web', { podSpec: { hostNetwork: true, hostPID: true } })], namespace);
    operator = await cluster.operator(`--namespaces=${namespace}`);
    await operator.firstPassDone();
  });

  async function profileWhere(type: string, status: string, generation?: number): Promise<SecurityProfile> {
    return eventually(`the profile is ${type}=${status}`, async () => {
      const found = JSON.parse(
        await cluster.kubectl(['get', 'secprof', 'default', '--output=json']),
      ) as SecurityProfile;
      const condition = found.status?.conditions?.find((each) => each.type === type);
      assert.equal(condition?.status, status, JSON.stringify(found.status));
      assert.ok(generation === undefined || condition.observedGeneration === generation);
      return found;
    });
  }

  it('takes effect without a restart, and findings keep their dates', async () => {
    const before = await cluster.report(namespace, 'deployment-web');
    await cluster.apply([
      profile({ checks: { disable: ['host-pid'] }, severities: [{ check: 'host-network', severity: 'Low' }] }),
    ]);
    const report = await cluster.reportWhere(
      namespace,
      'deployment-web',
      'is judged by the profile',
      (current) => !violated(current).includes('host-pid') && severityOf(current, 'host-network') === 'Low',
    );
    const datesOf = (each: StoredReport | undefined): unknown =>
      each?.findings
        .filter(({ check }) => check === 'host-network')
        .map((found) => [found.firstSeenTime, found.origin]);
    assert.deepEqual(datesOf(report), datesOf(before));
    await profileWhere('Ready', 'True');
    assert.equal(operator.log().includes('ending'), false);
  });

  it('leaves the last good one at work when it is not valid, and says what is wrong', async () => {
    const before = await cluster.report(namespace, 'deployment-web');
    await cluster.apply([profile({ checks: { disable: ['host-netwrok'] } })]);
    const { status } = await profileWhere('Accepted', 'False');
    assert.deepEqual(
      status?.rejected?.map(({ path }) => path),
      ['spec.checks.disable[0]'],
    );
    await operator.stop();
    operator = await cluster.operator(`--namespaces=${namespace}`);
    await operator.firstPassDone();
    const after = await cluster.report(namespace, 'deployment-web');
    assert.equal(after?.metadata.resourceVersion, before?.metadata.resourceVersion, 'over a restart too');
  });

  it('brings no news where it switches a check on', async () => {
    await cluster.apply([profile({ severities: [{ check: 'host-network', severity: 'Low' }] })]);
    const report = await cluster.reportWhere(namespace, 'deployment-web', 'has host-pid again', (current) =>
      violated(current).includes('host-pid'),
    );
    assert.equal(report.findings.find(({ check }) => check === 'host-pid')?.origin, 'Catalogue');
    assert.equal(report.summary.newestFirstSeenTime, undefined);
  });

  it('takes what a namespace holds for old when a label brings it into scope, and removes its reports when it leaves', async () => {
    const other = await cluster.namespace('labelled');
    await cluster.apply([deployment('api', { podSpec: { hostNetwork: true } })], other);
    await cluster.apply([profile({ namespaces: { selector: { matchLabels: { judged: namespace } } } })]);
    await cluster.kubectl(['label', 'namespace', namespace, `judged=${namespace}`]);
    await profileWhere('Ready', 'True');
    await cluster.reportWhere(namespace, 'deployment-web', 'is there', () => true);
    assert.equal(await cluster.report(other, 'deployment-api'), undefined);
    await cluster.kubectl(['label', 'namespace', other, `judged=${namespace}`]);
    const report = await cluster.reportWhere(other, 'deployment-api', 'is there', () => true);
    assert.deepEqual([...new Set(report.findings.map(({ origin }) => origin))], ['Baseline']);
    await cluster.kubectl(['label', 'namespace', other, 'judged-']);
    await eventually('its report is gone', async () => (await cluster.report(other, 'deployment-api')) === undefined);
  });

  it('rules over exceptions, and what it denies is news again', async () => {
    await cluster.apply([profile({ checks: { enable: ['default'] } })]);
    await profileWhere('Ready', 'True');
    const accepted = {
      apiVersion: 'plimsoll.dev/v1alpha1',
      kind: 'SecurityException',
      metadata: { name: 'forever' },
      spec: { checks: ['host-network'], reason: 'it was always so' },
    };
    await cluster.apply([accepted], namespace);
    await cluster.apply([profile({ exceptions: { expiration: 'Optional' } })]);
    const isAccepted = ({ summary }: StoredReport): boolean => summary.suppressed === 1;
    await cluster.reportWhere(namespace, 'deployment-web', 'is accepted', isAccepted);
    await cluster.apply([profile({ exceptions: { expiration: 'Optional', deny: { checks: ['host-*'] } } })]);
    const report = await cluster.reportWhere(namespace, 'deployment-web', 'is open', (each) => !isAccepted(each));
    assert.notEqual(report.findings.find(({ check }) => check === 'host-network')?.reopenedTime, undefined);
  });

  it('honours annotations where it says so', async () => {
    await cluster.apply([profile({ exceptions: { annotations: [{ checks: ['host-pid'] }] } })]);
    const annotation = 'plimsoll.dev/ignore.host-pid=the debugger needs it';
    await cluster.kubectl(['annotate', 'deployment', 'web', annotation, `--namespace=${namespace}`]);
    const report = await cluster.reportWhere(
      namespace,
      'deployment-web',
      'is accepted',
      ({ summary }) => summary.suppressed === 1,
    );
    assert.equal(report.findings.find(({ suppressedBy }) => suppressedBy)?.suppressedBy?.kind, 'Annotation');
  });

  it('leaves the settings at work when it is deleted', async () => {
    await cluster.kubectl(['delete', 'secprof', 'default']);
    await cluster.reportWhere(
      namespace,
      'deployment-web',
      'is judged by the settings',
      (report) => severityOf(report, 'host-network') === 'High' && report.summary.suppressed === 0,
    );
  });
});
