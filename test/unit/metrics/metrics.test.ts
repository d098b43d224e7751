import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { METRIC_FAMILIES, type Metrics } from '../../../src/metrics/metrics.ts';
import { TransportError } from '../../../src/kube/api-error.ts';
import { reportKey } from '../../../src/reports/naming.ts';
import { known, recordWith } from '../../support/findings.ts';
import { assertSamples, metricsOf, samplesOf } from '../../support/metrics.ts';
import { useMonitoringPrograms } from '../../monitoring/shared.ts';

const PODS = { group: '', version: 'v1', resource: 'pods', kind: 'Pod', namespaced: true };
const DEPLOYMENTS = { group: 'apps', version: 'v1', resource: 'deployments', kind: 'Deployment', namespaced: true };

/** The upper bounds of a histogram, in order. */
async function bucketsOf(metrics: Metrics, name: string): Promise<readonly number[]> {
  const samples = await samplesOf(metrics, `${name}_bucket`);
  const bounds = samples.map((line) => Number((/le="([^"]*)"/.exec(line)?.[1] ?? '').replace('+Inf', 'Infinity')));
  return bounds.sort((a, b) => a - b);
}

describe('Metrics', () => {
  describe('of watches', () => {
    it('tell how many objects are known, asked at the scrape', async () => {
      let objects = 2;
      const metrics = metricsOf({ cacheSizes: () => [{ resource: PODS, objects }] });
      await assertSamples(metrics, ['plimsoll_cache_objects'], ['plimsoll_cache_objects{resource="pods"} 2']);
      objects = 3;
      await assertSamples(metrics, ['plimsoll_cache_objects'], ['plimsoll_cache_objects{resource="pods"} 3']);
    });

    it('tell which of the watched resources are synced', async () => {
      const resources = [PODS, DEPLOYMENTS];
      const metrics = metricsOf({ cacheSizes: () => resources.map((resource) => ({ resource, objects: 0 })) });
      const assertSynced = async (pods: number, deployments: number): Promise<void> =>
        assertSamples(
          metrics,
          ['plimsoll_cache_synced'],
          [
            `plimsoll_cache_synced{resource="pods"} ${pods}`,
            `plimsoll_cache_synced{resource="deployments.apps"} ${deployments}`,
          ],
        );
      await assertSynced(0, 0);
      metrics.reflectorHooks.onState(PODS, 'Synced', undefined);
      metrics.reflectorHooks.onState(DEPLOYMENTS, 'Forbidden', 'not allowed to list');
      await assertSynced(1, 0);
      metrics.reflectorHooks.onState(PODS, 'Failing', 'no route to host');
      await assertSynced(0, 0);
    });

    it('tell when a watch last delivered something, as Unix time', async () => {
      let now = 1000;
      const metrics = metricsOf({ nowSeconds: () => now });
      metrics.reflectorHooks.onEvent(PODS, 'ADDED');
      now = 1010;
      metrics.reflectorHooks.onEvent(PODS, 'BOOKMARK');
      now = 1020;
      await assertSamples(
        metrics,
        ['plimsoll_watch_last_event_timestamp_seconds'],
        ['plimsoll_watch_last_event_timestamp_seconds{resource="pods"} 1010'],
      );
    });

    it('count lists, restarts and unreadable objects', async () => {
      const metrics = metricsOf();
      metrics.reflectorHooks.onList(PODS, 'ok');
      metrics.reflectorHooks.onList(PODS, 'error');
      metrics.reflectorHooks.onList(PODS, 'error');
      metrics.reflectorHooks.onWatchRestart(DEPLOYMENTS, 'expired');
      metrics.reflectorHooks.onDecodeError(PODS);
      await assertSamples(
        metrics,
        ['plimsoll_list_total', 'plimsoll_watch_restarts_total', 'plimsoll_watch_decode_errors_total'],
        [
          'plimsoll_list_total{resource="pods",result="ok"} 1',
          'plimsoll_list_total{resource="pods",result="error"} 2',
          'plimsoll_watch_restarts_total{resource="deployments.apps",reason="expired"} 1',
          'plimsoll_watch_decode_errors_total{resource="pods"} 1',
        ],
      );
    });
  });

  describe('of work queues', () => {
    it('are all there from the start, at zero', async () => {
      const metrics = metricsOf();
      metrics.queueHooks('workload', { depth: () => 0, workers: 8 });
      await assertSamples(
        metrics,
        [
          'workqueue_depth',
          'workqueue_adds_total',
          'workqueue_retries_total',
          'workqueue_unfinished_work_seconds',
          'workqueue_longest_running_processor_seconds',
          'controller_runtime_reconcile_total',
          'controller_runtime_reconcile_errors_total',
          'controller_runtime_reconcile_panics_total',
          'controller_runtime_reconcile_timeouts_total',
          'controller_runtime_max_concurrent_reconciles',
          'controller_runtime_active_workers',
        ],
        [
          'workqueue_depth{name="workload",controller="workload",priority=""} 0',
          'workqueue_adds_total{name="workload",controller="workload"} 0',
          'workqueue_retries_total{name="workload",controller="workload"} 0',
          'workqueue_unfinished_work_seconds{name="workload",controller="workload"} 0',
          'workqueue_longest_running_processor_seconds{name="workload",controller="workload"} 0',
          'controller_runtime_reconcile_total{controller="workload",result="success"} 0',
          'controller_runtime_reconcile_total{controller="workload",result="error"} 0',
          'controller_runtime_reconcile_errors_total{controller="workload"} 0',
          'controller_runtime_reconcile_panics_total{controller="workload"} 0',
          'controller_runtime_reconcile_timeouts_total{controller="workload"} 0',
          'controller_runtime_max_concurrent_reconciles{controller="workload"} 8',
          'controller_runtime_active_workers{controller="workload"} 0',
        ],
      );
    });

    it('follow keys from the queue through a worker and back', async () => {
      const metrics = metricsOf();
      const { onAdd, onStart, onFinish, onRetry } = metrics.queueHooks('node', { depth: () => 4, workers: 1 });
      for (const seconds of [0.25, 0.5]) {
        onAdd();
        onStart(0.125);
        onFinish(seconds === 0.5 ? 'error' : 'success', seconds);
      }
      onRetry();
      const labels = '{name="node",controller="node"}';
      await assertSamples(
        metrics,
        [
          'workqueue_depth',
          'workqueue_adds_total',
          'workqueue_retries_total',
          'workqueue_queue_duration_seconds_sum',
          'workqueue_queue_duration_seconds_count',
          'workqueue_work_duration_seconds_sum',
          'workqueue_work_duration_seconds_count',
          'controller_runtime_reconcile_total',
          'controller_runtime_reconcile_errors_total',
          'controller_runtime_reconcile_time_seconds_sum',
          'controller_runtime_reconcile_time_seconds_count',
          'controller_runtime_active_workers',
        ],
        [
          'workqueue_depth{name="node",controller="node",priority=""} 4',
          `workqueue_adds_total${labels} 2`,
          `workqueue_retries_total${labels} 1`,
          `workqueue_queue_duration_seconds_sum${labels} 0.25`,
          `workqueue_queue_duration_seconds_count${labels} 2`,
          `workqueue_work_duration_seconds_sum${labels} 0.75`,
          `workqueue_work_duration_seconds_count${labels} 2`,
          'controller_runtime_reconcile_total{controller="node",result="success"} 1',
          'controller_runtime_reconcile_total{controller="node",result="error"} 1',
          'controller_runtime_reconcile_errors_total{controller="node"} 1',
          'controller_runtime_reconcile_time_seconds_sum{controller="node"} 0.75',
          'controller_runtime_reconcile_time_seconds_count{controller="node"} 2',
          'controller_runtime_active_workers{controller="node"} 0',
        ],
      );
    });

    it('tell mistakes in the program and time-outs from other errors', async () => {
      const metrics = metricsOf();
      const { onStart, onFinish } = metrics.queueHooks('node', { depth: () => 0, workers: 1 });
      for (const failure of [
        new TypeError('x is undefined'),
        new TransportError('GET /', 'Timeout', ''),
        new Error(),
      ]) {
        onStart(0);
        onFinish('error', 1, failure);
      }
      const names = ['errors', 'panics', 'timeouts'].map((what) => `controller_runtime_reconcile_${what}_total`);
      await assertSamples(metrics, names, [
        'controller_runtime_reconcile_errors_total{controller="node"} 3',
        'controller_runtime_reconcile_panics_total{controller="node"} 1',
        'controller_runtime_reconcile_timeouts_total{controller="node"} 1',
      ]);
    });

    it('sum up the work that is under way, and show the longest', async () => {
      let now = 100;
      const metrics = metricsOf({ monotonicSeconds: () => now });
      const { onStart, onFinish } = metrics.queueHooks('node', { depth: () => 0, workers: 3 });
      onStart(0); // at 100
      now = 103;
      onStart(0); // at 103
      now = 104;
      onStart(0); // at 104
      now = 110;
      onFinish('success', 7); // the one of 103
      const names = [
        'workqueue_unfinished_work_seconds',
        'workqueue_longest_running_processor_seconds',
        'controller_runtime_active_workers',
      ];
      await assertSamples(metrics, names, [
        'workqueue_unfinished_work_seconds{name="node",controller="node"} 16',
        'workqueue_longest_running_processor_seconds{name="node",controller="node"} 10',
        'controller_runtime_active_workers{controller="node"} 2',
      ]);
    });

    it('have the buckets of controller-runtime', async () => {
      const metrics = metricsOf();
      const { onStart, onFinish } = metrics.queueHooks('node', { depth: () => 0, workers: 1 });
      onStart(0);
      onFinish('success', 0);
      const exponential = Array.from({ length: 12 }, (_, i) => Number(`1e${i - 8}`));
      assert.deepEqual(await bucketsOf(metrics, 'workqueue_queue_duration_seconds'), [...exponential, Infinity]);
      assert.deepEqual(await bucketsOf(metrics, 'workqueue_work_duration_seconds'), [...exponential, Infinity]);
      const reconcile = await bucketsOf(metrics, 'controller_runtime_reconcile_time_seconds');
      assert.deepEqual([reconcile.length, reconcile.at(0), reconcile.at(-2)], [41, 0.005, 60]);
    });
  });

  describe('of requests', () => {
    it('are counted and timed per method and host', async () => {
      const { clientHooks, ...metrics } = metricsOf();
      clientHooks.onRequest({ method: 'GET', host: '10.0.0.1:443', code: '200', seconds: 0.5 });
      clientHooks.onRequest({ method: 'PATCH', host: '10.0.0.1:443', code: '<error>', seconds: 1 });
      clientHooks.onRetry({ method: 'PATCH', host: '10.0.0.1:443', code: '429' });
      clientHooks.onRateLimited('PATCH', 0.75);
      await assertSamples(
        { clientHooks, ...metrics },
        [
          'rest_client_requests_total',
          'rest_client_request_duration_seconds_sum',
          'rest_client_request_retries_total',
          'rest_client_rate_limiter_duration_seconds_sum',
        ],
        [
          'rest_client_requests_total{code="200",method="GET",host="10.0.0.1:443"} 1',
          'rest_client_requests_total{code="<error>",method="PATCH",host="10.0.0.1:443"} 1',
          'rest_client_request_duration_seconds_sum{verb="GET",host="10.0.0.1:443"} 0.5',
          'rest_client_request_duration_seconds_sum{verb="PATCH",host="10.0.0.1:443"} 1',
          'rest_client_request_retries_total{code="429",verb="PATCH",host="10.0.0.1:443"} 1',
          'rest_client_rate_limiter_duration_seconds_sum{verb="PATCH",host="10.0.0.1:443"} 0.75',
        ],
      );
    });
  });

  describe('of the process', () => {
    it('name the build', async () => {
      await assertSamples(
        metricsOf(),
        ['plimsoll_build_info'],
        ['plimsoll_build_info{version="1.2.3",revision="abc"} 1'],
      );
    });

    it('tell by a fingerprint which settings are in force', async () => {
      await assertSamples(metricsOf(), ['plimsoll_config_info'], ['plimsoll_config_info{hash="0123456789abcdef"} 1']);
    });

    it('count renewals of the lease for which it had to be read first, from zero', async () => {
      const metrics = metricsOf({ leader: { lease: 'plimsoll', isLeader: () => true } });
      const name = 'leader_election_slowpath_total';
      await assertSamples(metrics, [name], [`${name}{name="plimsoll"} 0`]);
      metrics.electionHooks.onSlowRenewal();
      await assertSamples(metrics, [name], [`${name}{name="plimsoll"} 1`]);
    });

    it('show the clock skew once it is known', async () => {
      const clock: { skew?: number } = {};
      const metrics = metricsOf({ clockSkewSeconds: () => clock.skew });
      await assertSamples(metrics, ['plimsoll_clock_skew_seconds'], []);
      clock.skew = -1.5;
      await assertSamples(metrics, ['plimsoll_clock_skew_seconds'], ['plimsoll_clock_skew_seconds -1.5']);
    });

    it('show who leads, if there is an election', async () => {
      await assertSamples(metricsOf(), ['leader_election_master_status'], []);
      let isLeader = false;
      const metrics = metricsOf({ leader: { lease: 'plimsoll', isLeader: () => isLeader } });
      await assertSamples(
        metrics,
        ['leader_election_master_status'],
        ['leader_election_master_status{name="plimsoll"} 0'],
      );
      isLeader = true;
      await assertSamples(
        metrics,
        ['leader_election_master_status'],
        ['leader_election_master_status{name="plimsoll"} 1'],
      );
    });

    it("include Node's own, without the statistics that would need a fast timer", async () => {
      const text = await metricsOf({}, { runtime: true }).render();
      for (const name of [
        'process_cpu_seconds_total',
        'process_resident_memory_bytes',
        'nodejs_eventloop_lag_seconds',
      ]) {
        assert.match(text, new RegExp(`^${name} `, 'm'));
      }
      assert.doesNotMatch(text, /nodejs_eventloop_lag_(min|max|mean|stddev|p\d+)_seconds/);
    });
  });

  const rows = METRIC_FAMILIES.flatMap((family) => Object.values(family.rows));

  /** All that there can be. */
  const everything = (): Metrics =>
    metricsOf(
      { leader: { lease: 'plimsoll', isLeader: () => true }, clockSkewSeconds: () => 1 },
      { level: 'violation' },
    );

  it('are exactly those of the rows, with their help', async () => {
    const text = await everything().render();
    const typed = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => `${name} ${type}`);
    assert.deepEqual(typed.sort(), rows.map(({ name, type }) => `${name} ${type}`).sort());
    for (const { name, help } of rows)
      assert.ok(text.includes(`\n# HELP ${name} ${help}\n`) || text.startsWith(`# HELP ${name} ${help}\n`), name);
  });

  it('of our own begin with plimsoll_, and only counters end in _total', () => {
    const foreign = /^(workqueue|controller_runtime|rest_client|leader_election)_/;
    for (const { name, type } of rows) {
      assert.ok(name.startsWith('plimsoll_') || foreign.test(name), name);
      assert.equal(name.endsWith('_total'), type === 'counter', name);
    }
  });

  const programs = useMonitoringPrograms();
  it('pass promtool check metrics', async () => {
    const metrics = everything();
    metrics.queueHooks('node', { depth: () => 0, workers: 1 }).onStart(0);
    metrics.reflectorHooks.onList(PODS, 'ok');
    metrics.clientHooks.onRequest({ method: 'GET', host: 'h', code: '200', seconds: 1 });
    metrics.onRecordChange(reportKey('shop', 'deployment-web'), undefined, recordWith([known('host-network')]));
    execFileSync(programs().promtool, ['check', 'metrics'], { input: await metrics.render() });
  });
});
