import assert from 'node:assert/strict';
import { assertSamples, metricsOf, samplesOf } from '../../../support/metrics.ts';

describe('Metrics of exceptions', () => {
  it('count them by state, each from zero, and tell when each expires', async () => {
    const metrics = metricsOf({
      exceptions: {
        states: () => [
          { state: 'active', count: 2 },
          { state: 'denied', count: 1 },
        ],
        expirations: () => [
          { namespace: 'shop', name: 'legacy', timeSeconds: 1_800_000_000 },
          { namespace: '', name: 'cni', timeSeconds: 1_900_000_000 },
        ],
      },
    });
    await assertSamples(
      metrics,
      ['plimsoll_exceptions', 'plimsoll_exception_expiration_timestamp_seconds'],
      [
        'plimsoll_exceptions{state="active"} 2',
        'plimsoll_exceptions{state="expiring"} 0',
        'plimsoll_exceptions{state="expired"} 0',
        'plimsoll_exceptions{state="unmatched"} 0',
        'plimsoll_exceptions{state="denied"} 1',
        'plimsoll_exception_expiration_timestamp_seconds{namespace="shop",exception="legacy"} 1800000000',
        'plimsoll_exception_expiration_timestamp_seconds{namespace="",exception="cni"} 1900000000',
      ],
    );
  });

  it('name of very many the thousand that expire first, and count the others as dropped', async () => {
    const expirations = Array.from({ length: 1003 }, (_, index) => ({
      namespace: 'shop',
      name: `e${index}`,
      timeSeconds: 5000 - index,
    }));
    const metrics = metricsOf({ exceptions: { states: () => [], expirations: () => expirations } });
    const shown = await samplesOf(metrics, 'plimsoll_exception_expiration_timestamp_seconds');
    assert.equal(shown.length, 1000);
    for (const late of ['e0', 'e1', 'e2']) assert.ok(!shown.some((line) => line.includes(`"${late}"`)), late);
    await assertSamples(metrics, ['plimsoll_metrics_dropped_series'], ['plimsoll_metrics_dropped_series 3']);
  });
});
