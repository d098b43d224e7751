import { assertSamples, metricsOf } from '../../../support/metrics.ts';

const NAMES = [
  'plimsoll_workloads',
  'plimsoll_last_full_scan_timestamp_seconds',
  'plimsoll_full_scan_duration_seconds',
];

describe('Metrics of what is judged', () => {
  it('say nothing before anything is known', async () => {
    await assertSamples(metricsOf(), NAMES, []);
  });

  it('tell how it stands with workloads, up to when all is judged, and how long that took at first', async () => {
    const metrics = metricsOf({
      workloads: () => ({ scanned: 7, excluded: 3, failed: 0 }),
      judgedUntilSeconds: () => 1_777_777_777.25,
      firstPassSeconds: () => 41.5,
    });
    await assertSamples(metrics, NAMES, [
      'plimsoll_workloads{state="scanned"} 7',
      'plimsoll_workloads{state="excluded"} 3',
      'plimsoll_workloads{state="failed"} 0',
      'plimsoll_last_full_scan_timestamp_seconds 1777777777.25',
      'plimsoll_full_scan_duration_seconds 41.5',
    ]);
  });
});
