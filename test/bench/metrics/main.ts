import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { selectChecks } from '../../../src/checks/selection.ts';
import { SEVERITIES } from '../../../src/crds/index.ts';
import { subjectKey } from '../../../src/inventory/subject-key.ts';
import { METRICS_LEVELS, type MetricsLevel } from '../../../src/metrics/levels.ts';
import type { Metrics } from '../../../src/metrics/metrics.ts';
import { createReportCounts, type ReportCounts } from '../../../src/reports/counts/report-counts.ts';
import { reportKey, type ReportKey } from '../../../src/reports/naming.ts';
import type { KnownFinding, ReportRecord } from '../../../src/reports/records.ts';
import { known, recordWith } from '../../support/findings.ts';
import { metricsOf } from '../../support/metrics.ts';

/**
 * `npm run bench:metrics`: what the metrics of 10,000 pods in 2,500 workloads cost, without a cluster. It prints how long a
 * scrape keeps the event loop busy, and asserts nothing.
 */
const WORKLOADS = 2500;
const NAMESPACES = 200;
/** As many findings as 25,000 for all, by as many checks as fail in a namespace. */
const FINDINGS = 10;
const FAILING_CHECKS = 15;
const SCRAPES = 21;
/** As many seconds as a first pass takes: findings share their times. */
const SECONDS = 42;
const START_MS = Date.parse('2026-05-01T12:00:00Z');

const { checks } = selectChecks({ include: ['default'], exclude: [] });

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function heapBytes(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

function findingOf(workload: number, index: number): KnownFinding {
  const check = checks[(workload % NAMESPACES) + ((index * 7) % FAILING_CHECKS)];
  const second = (workload + index) % SECONDS;
  return known(check?.id ?? '', {
    id: `${workload}-${index}`,
    severity: SEVERITIES[index % 4] ?? 'High',
    origin: index % 3 === 0 ? 'Observed' : 'Baseline',
    firstSeenTime: new Date(START_MS + second * 1000).toISOString(),
    container: `container-${index % 3}`,
    ...(index === 9 && workload % 10 === 0 && { isSuppressed: true }),
  });
}

function plannedRecords(): ReadonlyMap<ReportKey, ReportRecord> {
  const records = new Map<ReportKey, ReportRecord>();
  for (let workload = 0; workload < WORKLOADS; workload++) {
    const [namespace, name] = [`namespace-${workload % NAMESPACES}`, `workload-${workload}`];
    const findings = Array.from({ length: FINDINGS }, (_, index) => findingOf(workload, index));
    const subject = subjectKey('apps', 'Deployment', namespace, name);
    records.set(reportKey(namespace, `deployment-${name}`), recordWith(findings, { subject }));
  }
  return records;
}

function counted(records: ReadonlyMap<ReportKey, ReportRecord>): ReportCounts {
  const counts = createReportCounts();
  for (const [key, record] of records) counts.change(key, undefined, record);
  return counts;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

interface Scrape {
  readonly milliseconds: number;
  readonly bytes: number;
  readonly series: number;
}

async function scrape({ render }: Metrics): Promise<Scrape> {
  const startedAt = performance.now();
  const text = await render();
  const milliseconds = performance.now() - startedAt;
  const series = text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;
  return { milliseconds, bytes: Buffer.byteLength(text), series };
}

async function measure(level: MetricsLevel, records: ReadonlyMap<ReportKey, ReportRecord>): Promise<string> {
  const before = heapBytes();
  const metrics = metricsOf({ violations: counted(records), knownChecks: checks }, { level });
  for (const [key, record] of records) metrics.onRecordChange(key, undefined, record);
  const scrapes: Scrape[] = [];
  for (let index = 0; index < SCRAPES; index++) scrapes.push(await scrape(metrics));
  const keptBytes = heapBytes() - before;
  const [{ series, bytes } = { series: 0, bytes: 0 }] = scrapes;
  const figures = [
    `${series} series`,
    `${Math.round(bytes / 1024)} KiB`,
    `${median(scrapes.map(({ milliseconds }) => milliseconds)).toFixed(1)} ms a scrape`,
    `${(keptBytes / 1024 / 1024).toFixed(1)} MiB kept`,
  ];
  return `${level.padEnd(10)} ${figures.join(', ')}`;
}

const records = plannedRecords();
for (const level of METRICS_LEVELS) process.stdout.write(`${await measure(level, records)}\n`);
