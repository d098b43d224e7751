/** One line of Prometheus' text format; escapes in the values of labels are left as they are. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const SAMPLE = /^(?<name>[a-zA-Z_:][\w:]*)(?:\{(?<labels>.*)\})? (?<value>\S+)/s;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/gs;

/** The samples of one metric. Everything else is passed over unread: an API server prints megabytes. */
export function samplesOf(text: string, metric: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith(metric))
    .map(parseSample)
    .filter(({ name }) => name === metric);
}

/** Whether all of these labels are among those of a sample. */
export function hasLabels(labels: Sample['labels'], having: Sample['labels']): boolean {
  return Object.entries(having).every(([name, value]) => labels[name] === value);
}

/** The sum over the samples of a metric that have all of these labels. */
export function sumOf(text: string, metric: string, having: Readonly<Record<string, string>> = {}): number {
  return samplesOf(text, metric)
    .filter(({ labels }) => hasLabels(labels, having))
    .reduce((sum, { value }) => sum + value, 0);
}

function parseSample(line: string): Sample {
  const { name = '', labels = '', value = '' } = SAMPLE.exec(line)?.groups ?? {};
  if (name === '') throw new Error(`not a line of Prometheus' text format: ${line}`);
  const pairs = Array.from(labels.matchAll(LABEL), ([, label = '', text = '']): [string, string] => [label, text]);
  return { name, labels: Object.fromEntries(pairs), value: Number(value) };
}
