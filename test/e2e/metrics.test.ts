import assert from 'node:assert/strict';
import { eventually } from '../cluster/eventually.ts';
import { deployment } from '../support/manifests.ts';
import { samplesOf, sumOf } from '../support/metrics-text.ts';
import { useInstalled } from '../support/installed.ts';
import type { RunningOperator } from '../support/operator.ts';

const NEWEST = 'plimsoll_newest_violation_first_seen_timestamp_seconds';
const OLDEST = 'plimsoll_oldest_violation_first_seen_timestamp_seconds';
const OPENED = 'plimsoll_violations_opened_total';
const CLOSED = 'plimsoll_violations_closed_total';
const INFO = 'plimsoll_violation_info';
const critical = { severity: 'critical' };

describe('the metrics of the operator', () => {
  const cluster = useInstalled();
  let namespace: string;
  let startedSeconds: number;
  let operator: RunningOperator;

  const start = async (): Promise<void> => {
    startedSeconds = Date.now() / 1000;
    operator = await cluster.operator(`--namespaces=${namespace}`, '--metrics-level=violation');
    await operator.firstPassDone();
  };
  const privileged = deployment('news', { securityContext: { privileged: true } });

  before(async () => {
    namespace = await cluster.namespace('shop');
    await cluster.apply([deployment('web', { podSpec: { hostNetwork: true } })], namespace);
    await cluster.apply([deployment('outside')], await cluster.namespace('elsewhere'));
    await start();
  });

  it('take what the first pass finds for old, and tell how it stands with workloads', async () => {
    const text = await operator.metrics();
    assert.equal(sumOf(text, NEWEST, { namespace }), 0);
    assert.ok(sumOf(text, OLDEST, { namespace, severity: 'high' }) > 0);
    assert.equal(sumOf(text, OPENED, { severity: 'high' }), 0);
    assert.equal(sumOf(text, 'plimsoll_workloads', { state: 'scanned' }), 1);
    assert.equal(sumOf(text, 'plimsoll_workloads', { state: 'failed' }), 0);
    assert.ok(sumOf(text, 'plimsoll_workloads', { state: 'excluded' }) >= 1);
  });

  it('tell up to when all was seen and judged: not longer ago than the start, and not in the future', async () => {
    const until = await operator.metric('plimsoll_last_full_scan_timestamp_seconds');
    assert.ok(until !== undefined && until >= startedSeconds && until <= Date.now() / 1000, `until ${until}`);
    assert.ok(((await operator.metric('plimsoll_full_scan_duration_seconds')) ?? 0) > 0);
  });

  it('tell of what opens: since when, how often, and where', async () => {
    await cluster.apply([privileged], namespace);
    const report = await cluster.reportWhere(
      namespace,
      'deployment-news',
      'is there',
      ({ summary }) => summary.critical > 0,
    );
    const text = await eventually('the metrics tell of it', async () => {
      const current = await operator.metrics();
      return sumOf(current, OPENED, critical) > 0 ? current : undefined;
    });
    const { critical: found, newestFirstSeenTime = '' } = report.summary;
    assert.equal(sumOf(text, OPENED, critical), found);
    assert.equal(sumOf(text, NEWEST, { namespace, ...critical }), Date.parse(newestFirstSeenTime) / 1000);
    const info = samplesOf(text, INFO).find(({ labels }) => labels['check'] === 'privileged-container');
    assert.deepEqual(info?.labels, {
      namespace,
      workload_kind: 'Deployment',
      workload: 'news',
      check: 'privileged-container',
      container: 'app',
      severity: 'critical',
    });
    assert.ok(((await operator.metric('plimsoll_report_size_bytes_count')) ?? 0) > 0);
    assert.ok(((await operator.metric('plimsoll_scan_duration_seconds_count')) ?? 0) > 0);
  });

  it('tell nothing new after a restart', async () => {
    const before = await operator.metrics();
    await operator.stop();
    await start();
    const after = await operator.metrics();
    // Milder ones may come and go in the Cluster's report, as the namespaces of other suites vanish.
    assert.equal(sumOf(after, OPENED, critical) + sumOf(after, CLOSED, critical), 0);
    for (const name of ['plimsoll_violations', NEWEST, OLDEST, 'plimsoll_namespace_check_violations', INFO]) {
      const sorted = (text: string): readonly unknown[] =>
        samplesOf(text, name)
          .filter(({ labels }) => labels['namespace'] === namespace)
          .map((sample) => JSON.stringify(sample))
          .toSorted();
      assert.deepEqual(sorted(after), sorted(before), name);
    }
  });

  it('tell of what closes when its subject goes, and fall back to what was newest before', async () => {
    const found = sumOf(await operator.metrics(), 'plimsoll_violations', { namespace, ...critical });
    await cluster.kubectl(['delete', 'deployment', 'news', `--namespace=${namespace}`]);
    const text = await eventually('the metrics tell of it', async () => {
      const current = await operator.metrics();
      return sumOf(current, CLOSED, critical) > 0 ? current : undefined;
    });
    assert.equal(sumOf(text, CLOSED, critical), found);
    assert.equal(sumOf(text, NEWEST, { namespace, ...critical }), 0);
    assert.deepEqual(
      samplesOf(text, INFO).filter(({ labels }) => labels['workload'] === 'news'),
      [],
    );
  });
});
