import { at, behaves, lasting, rising, seriesOf, type Labels, type Scenario } from './scenario.ts';

const NEWEST = 'plimsoll_newest_violation_first_seen_timestamp_seconds';
const OLDEST = 'plimsoll_oldest_violation_first_seen_timestamp_seconds';
const EXPIRATION = 'plimsoll_exception_expiration_timestamp_seconds';

/** One alert and what it says, a while after the first scrape. */
function says(series: Scenario['series'], labels: Labels, description: string): Omit<Scenario, 'alert'> {
  return { series, sent: { 30: [{ labels, description }] } };
}

behaves('PlimsollNewViolations', [
  [
    'says in which namespace, how bad, since when, and how to look closer',
    says(
      { [seriesOf(NEWEST, { namespace: 'shop', severity: 'critical' })]: lasting(at(10)) },
      { namespace: 'shop', finding_severity: 'critical', severity: 'critical' },
      'Namespace shop has new violations of severity critical, the newest seen first at 1970-01-01 02:10:00 +0000 UTC. ' +
        'Look closer with `plimsoll diff --since 1h -n shop` or `kubectl get securityreports -n shop`.',
    ),
  ],
  [
    'says so of cluster-scoped objects too, which are in no namespace',
    says(
      { [seriesOf(NEWEST, { namespace: '', severity: 'high' })]: lasting(at(10)) },
      { finding_severity: 'high', severity: 'warning' },
      'Cluster-scoped objects have new violations of severity high, the newest seen first at 1970-01-01 02:10:00 +0000 UTC. ' +
        'Look closer with `plimsoll diff --since 1h` or `kubectl get clustersecurityreports`.',
    ),
  ],
]);

const afterAnHour = (expr: string): string => expr.replace('7 * 86400', '1 * 3600');

behaves('PlimsollCriticalViolationsOpen', [
  [
    'says in which namespace, since when, and how to look closer',
    {
      ...says(
        { [seriesOf(OLDEST, { namespace: 'shop', severity: 'critical' })]: lasting(at(-60)) },
        { namespace: 'shop', finding_severity: 'critical', severity: 'warning' },
        'Namespace shop has violations of severity critical that are open since 1970-01-01 01:00:00 +0000 UTC. ' +
          'List them with `kubectl get securityreports -n shop`.',
      ),
      tuned: afterAnHour,
    },
  ],
  [
    'says so of cluster-scoped objects too, which are in no namespace',
    {
      ...says(
        { [seriesOf(OLDEST, { namespace: '', severity: 'critical' })]: lasting(at(-60)) },
        { finding_severity: 'critical', severity: 'warning' },
        'Cluster-scoped objects have violations of severity critical that are open since 1970-01-01 01:00:00 +0000 UTC. ' +
          'List them with `kubectl get clustersecurityreports`.',
      ),
      tuned: afterAnHour,
    },
  ],
]);

behaves('PlimsollExceptionExpiring', [
  [
    'says which exception expires, when, and how to look at it',
    says(
      { [seriesOf(EXPIRATION, { namespace: 'shop', exception: 'old-agent' })]: lasting(at(30 + 3 * 24 * 60)) },
      { namespace: 'shop', exception: 'old-agent', severity: 'warning' },
      'Exception old-agent in namespace shop expires in 3d 0h 0m 0s; what it accepts will be violations again, and new ' +
        'ones. Look at it with `kubectl get securityexceptions -n shop old-agent -o yaml`.',
    ),
  ],
  [
    'says so of an exception for the whole cluster too',
    says(
      { [seriesOf(EXPIRATION, { namespace: '', exception: 'old-agent' })]: lasting(at(30 + 3 * 24 * 60)) },
      { exception: 'old-agent', severity: 'warning' },
      'Exception old-agent expires in 3d 0h 0m 0s; what it accepts will be violations again, and new ' +
        'ones. Look at it with `kubectl get clustersecurityexceptions old-agent -o yaml`.',
    ),
  ],
]);

behaves('PlimsollReportsTruncated', [
  [
    'says how many, and of which kind',
    says(
      { [seriesOf('plimsoll_reports_truncated', { kind: 'SecurityReport' })]: lasting(2) },
      { kind: 'SecurityReport', severity: 'info' },
      '2 of the kind SecurityReport would be larger than the API server takes, and leave out their mildest findings.',
    ),
  ],
]);

behaves('PlimsollReconcileErrors', [
  [
    'says which controller fails, and how often',
    says(
      {
        [seriesOf('controller_runtime_reconcile_errors_total', { job: 'plimsoll', controller: 'node' })]: rising(0, 2),
      },
      { controller: 'node', severity: 'warning' },
      'The controller node has failed 20 times in 10 minutes, and goes on failing. The reports concerned are out of ' +
        'date. Look closer with `kubectl logs deployment/plimsoll -n plimsoll-system`.',
    ),
  ],
]);

behaves('PlimsollWatchStale', [
  [
    'says which watch is deaf, and for how long',
    says(
      { [seriesOf('plimsoll_watch_last_event_timestamp_seconds', { resource: 'pods' })]: lasting(at(0)) },
      { resource: 'pods', severity: 'warning' },
      'The watch on pods has delivered nothing, not even a bookmark, for 30m 0s. Changes of these objects are not seen. ' +
        'Look closer with `kubectl logs deployment/plimsoll -n plimsoll-system`.',
    ),
  ],
]);

behaves('PlimsollNotificationsFailing', [
  [
    'says how many did not arrive, and where',
    says(
      { [seriesOf('plimsoll_notifications_total', { target: 'chat', result: 'failed' })]: rising(0, 1) },
      { target: 'chat', severity: 'warning' },
      '30 notifications to the target chat were given up within an hour. ' +
        'Look closer with `kubectl logs deployment/plimsoll -n plimsoll-system`.',
    ),
  ],
]);

behaves('PlimsollClockSkew', [
  [
    'says whose clock, and how far it is off',
    says(
      { [seriesOf('plimsoll_clock_skew_seconds', { instance: '10.0.0.1:8443' })]: lasting(-90) },
      { instance: '10.0.0.1:8443', severity: 'warning' },
      'The clock of 10.0.0.1:8443 and that of the API server are 1m 30s apart. One of them is wrong, and the times in ' +
        'reports are those of the API server.',
    ),
  ],
]);

behaves('PlimsollMetricsSeriesDropped', [
  [
    'says how many are left out',
    says(
      { plimsoll_metrics_dropped_series: lasting(12) },
      { severity: 'warning' },
      '12 series are left out, as the limit on series is reached. Alerts and dashboards do not see what these would say.',
    ),
  ],
]);
