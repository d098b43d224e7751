import { assertSamples, metricsOf } from '../../../support/metrics.ts';

describe('Metrics of notifications', () => {
  it('count what becomes of them for each target from zero, and how many wait', async () => {
    const metrics = metricsOf({ notifications: { queues: () => [{ target: 'team', depth: 4 }] } });
    const { onTarget, onResult } = metrics.notificationHooks;
    onTarget('team');
    onResult('team', 'sent');
    onResult('team', 'retried');
    onResult('team', 'retried');
    await assertSamples(
      metrics,
      ['plimsoll_notifications_total', 'plimsoll_notification_queue_depth'],
      [
        'plimsoll_notifications_total{target="team",result="sent"} 1',
        'plimsoll_notifications_total{target="team",result="failed"} 0',
        'plimsoll_notifications_total{target="team",result="dropped"} 0',
        'plimsoll_notifications_total{target="team",result="retried"} 2',
        'plimsoll_notification_queue_depth{target="team"} 4',
      ],
    );
  });
});
