import type { MetricFamily, MetricRow } from '../../src/metrics/rows.ts';
import { notice, type GeneratedFile } from './generator.ts';
import { markdownTable } from './markdown.ts';

const INTRODUCTION = `<!-- ${notice('src/metrics/families')} -->

# Metrics

Served as Prometheus text at \`/metrics\`, on the address of \`--metrics-bind-address\` (\`:8443\` by default), over HTTPS and to
those who [may read them](metrics-access.md). Names that do not begin with \`plimsoll_\` are those of controller-runtime and
client-go, with their labels and buckets, so that dashboards made for them work unchanged. Beside these there are \`process_*\`
and \`nodejs_*\` of the Node.js process.

What the reports say, and what follows from it up to the exceptions, is shown by the leader alone, and only after its first
pass: a number that is there is complete. Everything else is shown by each replica.

By default no metric has a label that names a workload, a pod or another object: 10,000 pods in 200 namespaces are some 6,000
series. \`--metrics-level workload\` adds some 4 series for each workload, \`--metrics-level violation\` one for each violation as
well; \`--metrics-max-series\` bounds both. Whole reports are left out over the bound, the latest ones first.

There is no \`controller_runtime_terminal_reconcile_errors_total\`: whatever fails is tried again. A panic is a mistake in the
program, as \`TypeError\` is one.
`;

/** docs/metrics.md, from the rows that the metrics themselves are made of. */
export async function metricsDocFiles(): Promise<readonly GeneratedFile[]> {
  // Imported only now, as it stands on generated files that an earlier generator may just have made.
  const { METRIC_FAMILIES } = await import('../../src/metrics/metrics.ts');
  return [{ path: 'docs/metrics.md', content: [INTRODUCTION, ...METRIC_FAMILIES.map(familyText)].join('\n') }];
}

function familyText({ title, rows }: MetricFamily): string {
  const table = markdownTable(
    ['Metric', 'Type', 'Labels', 'Meaning'],
    Object.values(rows).map((row) => [`\`${row.name}\``, row.type, labelsText(row), row.help]),
  );
  return `${[`## ${title}`, table, ...Object.values(rows).flatMap(bucketsText)].join('\n\n')}\n`;
}

function labelsText({ labels }: MetricRow): string {
  return labels.map((label) => `\`${label}\``).join(', ');
}

function bucketsText(row: MetricRow): readonly string[] {
  return row.type === 'histogram' ? [`Buckets of \`${row.name}\`: ${row.buckets.join(', ')}.`] : [];
}
