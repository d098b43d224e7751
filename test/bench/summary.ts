import type { Bytes } from './collections.ts';
import type { Milestone } from './measured-process.ts';
import { changesOf, reportWrites, type OperatorRun } from './operator-run.ts';

/** All that was measured on one cluster. */
export interface Measurements {
  readonly loadSeconds: number;
  readonly pods: Bytes;
  readonly baseline?: Milestone;
  readonly runs: readonly OperatorRun[];
}

interface Row {
  readonly title: string;
  readonly value: (run: OperatorRun) => number;
  readonly unit: (value: number) => string;
  readonly target?: string;
}

const MIB = 1024 * 1024;
const seconds = (value: number): string => `${value.toFixed(2)} s`;
const milliseconds = (value: number): string => `${(value * 1000).toFixed(1)} ms`;
const mebibytes = (bytes: number): string => `${(bytes / MIB).toFixed(1)} MiB`;
const bytes = (value: number): string => `${Math.round(value).toLocaleString('en')} B`;
const count = (value: number): string => Math.round(value).toLocaleString('en');

/** What is printed of a run, in this order. The targets are those for 10,000 pods in 2,500 workloads. */
const ROWS: readonly Row[] = [
  { title: 'caches synced after', value: ({ synced }) => synced.seconds, unit: seconds },
  { title: 'CPU until synced', value: ({ synced }) => synced.cpuSeconds, unit: seconds },
  { title: 'first pass done (ready) after', value: ({ ready }) => ready.seconds, unit: seconds },
  { title: 'CPU until first pass', value: ({ ready }) => ready.cpuSeconds, unit: seconds, target: '< 12 s' },
  { title: 'peak RSS until synced', value: ({ synced }) => synced.peakRssBytes, unit: mebibytes },
  {
    title: 'peak RSS until first pass',
    value: ({ ready }) => ready.peakRssBytes,
    unit: mebibytes,
    target: '< 140 MiB',
  },
  { title: 'peak RSS ever', value: ({ peakRssBytes }) => peakRssBytes, unit: mebibytes, target: '< 140 MiB' },
  { title: 'steady RSS, after the idle time', value: ({ steadyRssBytes }) => steadyRssBytes, unit: mebibytes },
  { title: 'reports', value: ({ reports }) => reports.objects, unit: count },
  {
    title: 'findings per report, mean',
    value: ({ reports }) => reports.findings / reports.objects,
    unit: (mean) => mean.toFixed(1),
  },
  { title: 'bytes of all reports', value: ({ reports }) => reports.totalBytes, unit: mebibytes },
  { title: 'bytes of a report, mean', value: ({ reports }) => reports.meanBytes, unit: bytes },
  { title: 'bytes of a report, largest', value: ({ reports }) => reports.maxBytes, unit: bytes },
  { title: 'report writes, says the operator', value: ({ firstPass }) => changesOf(firstPass.own), unit: count },
  {
    title: 'report writes, says the API server',
    value: ({ firstPass }) => reportWrites(firstPass.apiServer),
    unit: count,
  },
  {
    title: 'all writes but Lease renewals, says the operator',
    value: ({ firstPass }) => firstPass.own.otherWrites,
    unit: count,
  },
  {
    title: 'idle: report writes, says the API server',
    value: ({ idle }) => reportWrites(idle.apiServer),
    unit: count,
    target: '0',
  },
  {
    title: 'idle: all writes but Lease renewals, says the operator',
    value: ({ idle }) => idle.own.otherWrites,
    unit: count,
    target: '0',
  },
  { title: 'idle: Lease renewals', value: ({ idle }) => idle.own.leaseRenewals, unit: count },
  { title: 'idle: CPU', value: ({ idle }) => idle.cpuSeconds, unit: seconds },
  { title: 'scrape of /metrics', value: ({ scrape }) => scrape.seconds, unit: milliseconds },
  { title: 'bytes of /metrics', value: ({ scrape }) => scrape.bytes, unit: bytes },
  { title: 'restart: ready after', value: ({ restart }) => restart.ready.seconds, unit: seconds },
  { title: 'restart: CPU until ready', value: ({ restart }) => restart.ready.cpuSeconds, unit: seconds },
  { title: 'restart: peak RSS until ready', value: ({ restart }) => restart.ready.peakRssBytes, unit: mebibytes },
  {
    title: 'restart: report writes, says the API server',
    value: ({ restart }) => reportWrites(restart.apiServer),
    unit: count,
    target: '0',
  },
];

/** The figures as lines of an aligned table: medians, if there are several runs. */
export function summaryOf({ baseline, runs }: Measurements): string {
  const floor = baseline === undefined ? [] : floorRows(baseline);
  const measured = ROWS.map(({ title, value, unit, target = '' }) => [title, unit(median(runs.map(value))), target]);
  const header = ['', runs.length === 1 ? 'measured' : `median of ${runs.length}`, 'target at 10,000 pods'];
  return alignedTable([header, ...floor, ...measured]);
}

function floorRows({ seconds: after, cpuSeconds, peakRssBytes }: Milestone): string[][] {
  return [
    ['naive reader: pods and Deployments read after', seconds(after), ''],
    ['naive reader: CPU', seconds(cpuSeconds), ''],
    ['naive reader: peak RSS', mebibytes(peakRssBytes), ''],
  ];
}

/** The middle of the values, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = NaN, high = low] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return (low + high) / 2;
}

/** Texts to the left in the first column, figures to the right in all others. */
export function alignedTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}
