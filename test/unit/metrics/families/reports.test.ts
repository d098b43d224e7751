import { assertSamples, metricsOf } from '../../../support/metrics.ts';

describe('Metrics of reports', () => {
  it('count writes by result, each from zero', async () => {
    const metrics = metricsOf();
    metrics.reportHooks.onWrite('created', 0.3);
    metrics.reportHooks.onWrite('unchanged');
    metrics.reportHooks.onWrite('unchanged');
    metrics.reportHooks.onWrite('too_large');
    await assertSamples(
      metrics,
      ['plimsoll_report_writes_total'],
      [
        'plimsoll_report_writes_total{result="created"} 1',
        'plimsoll_report_writes_total{result="updated"} 0',
        'plimsoll_report_writes_total{result="unchanged"} 2',
        'plimsoll_report_writes_total{result="deleted"} 0',
        'plimsoll_report_writes_total{result="conflict"} 0',
        'plimsoll_report_writes_total{result="too_large"} 1',
        'plimsoll_report_writes_total{result="error"} 0',
      ],
    );
  });

  it('measure how long detection took, if an event began it', async () => {
    const metrics = metricsOf();
    metrics.reportHooks.onWrite('created', 0.3);
    metrics.reportHooks.onWrite('updated', 2);
    metrics.reportHooks.onWrite('updated');
    await assertSamples(
      metrics,
      ['plimsoll_detection_latency_seconds_sum', 'plimsoll_detection_latency_seconds_count'],
      ['plimsoll_detection_latency_seconds_sum 2.3', 'plimsoll_detection_latency_seconds_count 2'],
    );
  });

  it('measure how large what is written is, and how long it takes to judge', async () => {
    const metrics = metricsOf();
    metrics.reportHooks.onSize(3500);
    metrics.reportHooks.onSize(70_000);
    metrics.checkHooks.onScanned(0.004);
    await assertSamples(
      metrics,
      [
        'plimsoll_report_size_bytes_sum',
        'plimsoll_report_size_bytes_count',
        'plimsoll_scan_duration_seconds_sum',
        'plimsoll_scan_duration_seconds_count',
      ],
      [
        'plimsoll_report_size_bytes_sum 73500',
        'plimsoll_report_size_bytes_count 2',
        'plimsoll_scan_duration_seconds_sum 0.004',
        'plimsoll_scan_duration_seconds_count 1',
      ],
    );
  });

  it('count errors of known checks from zero', async () => {
    const metrics = metricsOf({ knownChecks: [{ id: 'host-network', severity: 'High' }] });
    metrics.checkHooks.onError('other');
    await assertSamples(
      metrics,
      ['plimsoll_check_errors_total'],
      ['plimsoll_check_errors_total{check="host-network"} 0', 'plimsoll_check_errors_total{check="other"} 1'],
    );
  });
});
