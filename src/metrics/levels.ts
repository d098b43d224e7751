/** How much metrics tell: of namespaces and checks, of each workload too, or even of each violation. */
export const METRICS_LEVELS = ['aggregate', 'workload', 'violation'] as const;
export type MetricsLevel = (typeof METRICS_LEVELS)[number];
