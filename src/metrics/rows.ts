import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

interface Row<Label extends string> {
  readonly name: string;
  /** One sentence: what is counted, and in which unit. It is the documentation too. */
  readonly help: string;
  readonly labels: readonly Label[];
}

interface CounterRow<Label extends string> extends Row<Label> {
  readonly type: 'counter';
}

interface GaugeRow<Label extends string> extends Row<Label> {
  readonly type: 'gauge';
}

interface HistogramRow<Label extends string> extends Row<Label> {
  readonly type: 'histogram';
  /** Upper bounds, ascending, in the unit of the name; `+Inf` is implied. */
  readonly buckets: readonly number[];
}

/** A metric as data: exposition, documentation and tests are made from it. */
export type MetricRow<Label extends string = string> = CounterRow<Label> | GaugeRow<Label> | HistogramRow<Label>;

/** Metrics that belong together, as they are documented. */
export interface MetricFamily {
  readonly title: string;
  readonly rows: Readonly<Record<string, MetricRow>>;
}

export const counter = <const Label extends string>(
  name: string,
  help: string,
  labels: readonly Label[],
): CounterRow<Label> => ({ type: 'counter', name, help, labels });

export const gauge = <const Label extends string>(
  name: string,
  help: string,
  labels: readonly Label[],
): GaugeRow<Label> => ({ type: 'gauge', name, help, labels });

export const histogram = <const Label extends string>(
  name: string,
  help: string,
  labels: readonly Label[],
  buckets: readonly number[],
): HistogramRow<Label> => ({ type: 'histogram', name, help, labels, buckets });

/** Registers a counter that is incremented as things happen. */
export function addCounter<Label extends string>(
  registry: Registry,
  { name, help, labels }: CounterRow<Label>,
): Counter<Label> {
  return new Counter<Label>({ name, help, labelNames: labels, registers: [registry] });
}

/** Registers a histogram; its unit is that of the name. */
export function addHistogram<Label extends string>(
  registry: Registry,
  { name, help, labels, buckets }: HistogramRow<Label>,
): Histogram<Label> {
  return new Histogram<Label>({ name, help, labelNames: labels, buckets: [...buckets], registers: [registry] });
}

export type Sample<Label extends string> = readonly [labels: Readonly<Record<Label, string>>, value: number];

/** Registers a gauge that is asked for all its samples at each scrape; series that are not among them vanish. */
export function addGauge<Label extends string>(
  registry: Registry,
  { name, help, labels }: GaugeRow<Label>,
  samples: () => Iterable<Sample<Label>>,
): void {
  const made = new Gauge<Label>({
    name,
    help,
    labelNames: labels,
    registers: [registry],
    collect: () => {
      made.reset();
      // Without labels prom-client resets to zero, which would claim a value where there is none.
      if (labels.length === 0) made.remove();
      for (const [sampleLabels, value] of samples()) made.set(sampleLabels, value);
    },
  });
}
