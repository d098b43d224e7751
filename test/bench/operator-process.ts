import { request } from 'undici';
import { startMeasured, type MeasuredProcess } from './measured-process.ts';
import { samplesOf, sumOf } from '../support/metrics-text.ts';
import { operatorCommand } from '../support/operator-command.ts';

/** How the operator is run. */
export interface OperatorInput {
  /** Of its own ServiceAccount. */
  readonly kubeconfig: string;
  readonly logFolder: string;
  readonly args: readonly string[];
  /** A folder for V8's CPU profile, which costs some speed. */
  readonly cpuProfile?: string | undefined;
}

/** What the operator says of itself. */
export interface OwnCounts {
  /** By result, such as `created`. */
  readonly reportWrites: Readonly<Record<string, number>>;
  /** PUT, which is the renewal of the Lease and nothing else. */
  readonly leaseRenewals: number;
  /** All requests that are neither a read nor the renewal of the Lease. */
  readonly otherWrites: number;
}

/** One answer of /metrics. */
export interface Scrape {
  readonly seconds: number;
  readonly bytes: number;
  readonly text: string;
}

/** A running operator. */
export interface Operator extends MeasuredProcess {
  /** All caches are filled. */
  readonly isSynced: () => Promise<boolean>;
  /** The first pass is done. */
  readonly isReady: () => Promise<boolean>;
  readonly scrape: () => Promise<Scrape>;
}

export const LEASE = 'plimsoll';
const READS: ReadonlySet<string | undefined> = new Set(['GET', 'HEAD']);
const LEASE_RENEWAL = 'PUT';

/** Start the operator as a user would. */
export async function startOperator({ kubeconfig, logFolder, args, cpuProfile }: OperatorInput): Promise<Operator> {
  const command = await operatorCommand(kubeconfig);
  const ofNode = cpuProfile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${cpuProfile}`];
  const running = startMeasured({
    name: 'operator',
    logFolder,
    args: [...ofNode, ...command.args, ...args],
    env: command.env,
  });
  const health = async (): Promise<string> => (await get(`${command.healthUrl}/readyz?verbose`)).text;
  return {
    ...running,
    isSynced: async () => (await health()).includes('[+]synced '),
    isReady: async () => (await health()).includes('readyz check passed'),
    scrape: async () => get(command.metricsUrl),
  };
}

/** Read the operator's own counts out of a scrape. */
export function ownCounts({ text }: Scrape): OwnCounts {
  const results = samplesOf(text, 'plimsoll_report_writes_total');
  const methods = samplesOf(text, 'rest_client_requests_total').map(({ labels }) => labels['method']);
  const countOf = (method = ''): number => sumOf(text, 'rest_client_requests_total', { method });
  const others = [...new Set(methods)].filter((method) => !READS.has(method) && method !== LEASE_RENEWAL);
  return {
    reportWrites: Object.fromEntries(results.map(({ labels, value }) => [labels['result'] ?? '', value])),
    leaseRenewals: countOf(LEASE_RENEWAL),
    otherWrites: others.reduce((sum, method) => sum + countOf(method), 0),
  };
}

async function get(url: string): Promise<Scrape> {
  const startedAt = performance.now();
  const { body } = await request(url);
  const text = await body.text();
  return { seconds: (performance.now() - startedAt) / 1000, bytes: Buffer.byteLength(text), text };
}
