import assert from 'node:assert/strict';
import { createMetrics, type Metrics, type MetricsOptions, type MetricSources } from '../../src/metrics/metrics.ts';

/** An operator that knows nothing yet, but for what is given. */
export function metricsOf(
  sources: Partial<MetricSources> = {},
  more: Partial<Pick<MetricsOptions, 'level' | 'maxSeries' | 'runtime'>> = {},
): Metrics {
  return createMetrics({
    version: '1.2.3',
    revision: 'abc',
    configHash: '0123456789abcdef',
    level: 'aggregate',
    maxSeries: 50_000,
    runtime: false,
    ...more,
    sources: {
      violations: { namespaces: () => [], checks: () => [], namespaceChecks: () => [], reports: () => [] },
      exceptions: { states: () => [], expirations: () => [] },
      notifications: { queues: () => [] },
      knownChecks: [],
      exposeFindings: () => true,
      workloads: () => undefined,
      judgedUntilSeconds: () => undefined,
      firstPassSeconds: () => undefined,
      cacheSizes: () => [],
      nowSeconds: () => 1000,
      monotonicSeconds: () => 0,
      clockSkewSeconds: () => undefined,
      ...sources,
    },
  });
}

/** The samples of some metrics, sorted: their order means nothing. */
export async function samplesOf(metrics: Metrics, ...names: readonly string[]): Promise<readonly string[]> {
  const lines = (await metrics.render()).split('\n');
  return lines.filter((line) => names.includes(/^[^{ ]*/.exec(line)?.[0] ?? '')).sort();
}

/** That these are all samples of the metrics whose names they begin with. */
export async function assertSamples(
  metrics: Metrics,
  names: readonly string[],
  expected: readonly string[],
): Promise<void> {
  assert.deepEqual(await samplesOf(metrics, ...names), [...expected].sort());
}
