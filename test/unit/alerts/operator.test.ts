import { absent, at, behaves, GONE, lasting, rising, seriesOf, throughout, type Labels } from './scenario.ts';

/** A series of one target of the operator. */
const ofPod = (metric: string, labels: Labels = {}): string =>
  seriesOf(metric, { job: 'plimsoll', namespace: 'plimsoll-system', instance: '10.0.0.1:8443', ...labels });
const up = (instance = '10.0.0.1:8443'): string => ofPod('up', { instance });
const leads = (instance = '10.0.0.1:8443'): string => ofPod('leader_election_master_status', { instance });
const WARNING = { severity: 'warning' };
const CRITICAL = { severity: 'critical' };

behaves('PlimsollOperatorAbsent', [
  [
    'fires when the target has been down for ten minutes',
    {
      series: { [up()]: `${lasting(1, 20)} ${lasting(0)}`, [leads()]: `${lasting(1, 20)} ${GONE}` },
      firing: { 29: [], 30: [CRITICAL] },
    },
  ],
  [
    'fires when there has been no target for ten minutes, as in a cluster where it was never installed',
    { series: { [seriesOf('up', { job: 'other' })]: lasting(1) }, firing: { 10: [CRITICAL] } },
  ],
  [
    'fires when there are replicas but none has led for ten minutes',
    {
      series: { [up()]: lasting(1), [leads()]: `${lasting(1, 20)} ${lasting(0)}` },
      firing: { 29: [], 30: [CRITICAL] },
    },
  ],
  [
    'stays silent over a restart and over a change of leader',
    {
      series: {
        [up()]: `${lasting(1, 20)} ${lasting(0, 5)} ${lasting(1)}`,
        [leads()]: `${lasting(1, 20)} ${GONE} ${absent(4)} ${lasting(0)}`,
        [up('10.0.0.2:8443')]: `${absent(24)} ${lasting(1)}`,
        [leads('10.0.0.2:8443')]: `${absent(24)} ${lasting(0, 4)} ${lasting(1)}`,
      },
      firing: throughout(0, 60, []),
    },
  ],
  [
    'stays silent where there is no election, and while one of two replicas is down',
    { series: { [up()]: lasting(1), [up('10.0.0.2:8443')]: lasting(0) }, firing: throughout(0, 60, []) },
  ],
]);

const lastPass = (instance = '10.0.0.1:8443'): string =>
  ofPod('plimsoll_last_full_scan_timestamp_seconds', { instance });

behaves('PlimsollEvaluationStale', [
  [
    'fires when the last complete pass is twenty minutes ago',
    {
      series: { [up()]: lasting(1), [lastPass()]: `${rising(at(0), 60, 20)} ${lasting(at(19))}` },
      firing: { 38: [], 39: [WARNING] },
    },
  ],
  [
    'fires when no pass was ever complete, ten minutes after the start',
    { series: { [up()]: `${absent(5)} ${lasting(1)}` }, firing: { 14: [], 15: [WARNING] } },
  ],
  [
    'stays silent while every pass is complete, and over a restart that takes minutes',
    {
      series: {
        [up()]: `${lasting(1, 20)} ${GONE}`,
        [lastPass()]: `${rising(at(0), 60, 20)} ${GONE}`,
        [up('10.0.0.2:8443')]: `${absent(22)} ${lasting(1)}`,
        [lastPass('10.0.0.2:8443')]: `${absent(29)} ${rising(at(29), 60)}`,
      },
      firing: throughout(0, 60, []),
    },
  ],
  [
    'leaves it to PlimsollOperatorAbsent when the operator is down',
    {
      series: { [up()]: `${lasting(1, 20)} ${lasting(0)}`, [lastPass()]: `${rising(at(0), 60, 20)} ${GONE}` },
      firing: throughout(0, 90, []),
    },
  ],
]);

const errors = (controller = 'workload'): string => ofPod('controller_runtime_reconcile_errors_total', { controller });
const reconciles = (result: string): string =>
  ofPod('controller_runtime_reconcile_total', { controller: 'workload', result });
const FAILING = { controller: 'workload', severity: 'warning' };

behaves('PlimsollReconcileErrors', [
  [
    'fires when a single subject goes on failing for twenty minutes, though many others succeed',
    {
      series: {
        [errors()]: `${lasting(0, 10)} ${rising(1, 1)}`,
        [reconciles('success')]: rising(0, 1000),
        [errors('node')]: lasting(0),
      },
      firing: { 34: [], 40: [FAILING], 90: [FAILING] },
    },
  ],
  [
    'stays silent when the API server was away for five minutes',
    {
      series: { [errors()]: `${lasting(0, 10)} ${rising(40, 40, 5)} ${lasting(200)}` },
      firing: throughout(0, 60, []),
    },
  ],
  [
    'stays silent on an error now and then',
    {
      series: { [errors()]: `${lasting(1, 3)} ${lasting(2, 3)} ${lasting(4, 4)} ${lasting(5, 6)} ${lasting(6)}` },
      firing: throughout(0, 60, []),
    },
  ],
]);

const lastEvent = (resource: string, instance = '10.0.0.1:8443'): string =>
  ofPod('plimsoll_watch_last_event_timestamp_seconds', { resource, instance });

behaves('PlimsollWatchStale', [
  [
    'fires when a watch has delivered nothing for a quarter of an hour, though others do',
    {
      series: {
        [lastEvent('pods')]: `${rising(at(0), 60, 20)} ${lasting(at(19))}`,
        [lastEvent('services')]: rising(at(0), 60),
      },
      firing: { 34: [], 35: [{ resource: 'pods', severity: 'warning' }] },
    },
  ],
  [
    'fires also when only one of two replicas is deaf',
    {
      series: { [lastEvent('pods')]: lasting(at(0)), [lastEvent('pods', '10.0.0.2:8443')]: rising(at(0), 60) },
      firing: { 20: [{ resource: 'pods', severity: 'warning' }] },
    },
  ],
  [
    'stays silent on watches that deliver only bookmarks, and on kinds that are absent',
    {
      series: {
        [lastEvent('pods')]: rising(at(0), 60),
        [ofPod('plimsoll_cache_synced', { resource: 'ingresses.networking.k8s.io' })]: lasting(0),
      },
      firing: throughout(0, 60, []),
    },
  ],
]);

const notifications = (result: string, target = 'chat'): string =>
  ofPod('plimsoll_notifications_total', { target, result });
const NOT_TOLD = { target: 'chat', severity: 'warning' };

behaves('PlimsollNotificationsFailing', [
  [
    'fires when a notification is given up, and resolves an hour later',
    {
      series: { [notifications('failed')]: `${lasting(0, 20)} ${lasting(1)}`, [notifications('sent')]: rising(0, 1) },
      firing: { 19: [], 20: [NOT_TOLD], 78: [NOT_TOLD], 81: [] },
    },
  ],
  [
    'fires when one is dropped, for the target concerned',
    {
      series: {
        [notifications('dropped')]: `${lasting(0, 20)} ${lasting(1)}`,
        [notifications('failed', 'mail')]: lasting(0),
      },
      firing: { 20: [NOT_TOLD] },
    },
  ],
  [
    'stays silent while retries succeed',
    {
      series: { [notifications('retried')]: rising(0, 1), [notifications('failed')]: lasting(0) },
      firing: throughout(0, 60, []),
    },
  ],
]);

const skew = ofPod('plimsoll_clock_skew_seconds');
const SKEWED = { instance: '10.0.0.1:8443', severity: 'warning' };

behaves('PlimsollClockSkew', [
  [
    'fires when the clock has been ahead by more than half a minute for a quarter of an hour',
    { series: { [skew]: `${lasting(1, 10)} ${lasting(31)}` }, firing: { 24: [], 25: [SKEWED] } },
  ],
  ['fires when it is behind as well', { series: { [skew]: lasting(-31) }, firing: { 14: [], 15: [SKEWED] } }],
  ['stays silent on some seconds', { series: { [skew]: lasting(-30) }, firing: throughout(0, 30, []) }],
]);

const dropped = (instance: string): string => ofPod('plimsoll_metrics_dropped_series', { instance });

behaves('PlimsollMetricsSeriesDropped', [
  [
    'fires when series have been left out for a quarter of an hour, and resolves when none is',
    {
      series: { [dropped('one')]: `${lasting(0, 10)} ${lasting(12, 30)} ${lasting(0)}` },
      firing: { 24: [], 25: [WARNING], 39: [WARNING], 40: [] },
    },
  ],
  [
    'goes on firing over a restart that leaves a gap of minutes',
    {
      series: { [dropped('one')]: `${lasting(12, 30)} ${GONE}`, [dropped('two')]: `${absent(43)} ${lasting(12)}` },
      firing: throughout(15, 60, [WARNING]),
    },
  ],
]);
