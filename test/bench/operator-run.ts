import { setTimeout as sleep } from 'node:timers/promises';
import type { KubernetesObject } from '@kubernetes/client-node';
import {
  API_VERSION,
  CLUSTER_SECURITY_REPORTS,
  GROUP,
  SECURITY_REPORTS,
  type SecurityReport,
} from '../../src/crds/index.ts';
import type { KubeClient } from '../../src/kube/client.ts';
import type { Progress } from '../cluster/progress.ts';
import { readWrites, writesIn, type Writes } from './api-server-writes.ts';
import { bytesOf, list, type Bytes } from './collections.ts';
import type { Milestone } from './measured-process.ts';
import {
  LEASE,
  ownCounts,
  startOperator,
  type Operator,
  type OperatorInput,
  type OwnCounts,
  type Scrape,
} from './operator-process.ts';
import { OPERATOR_NAMESPACE } from '../support/operator-command.ts';
import type { UsagePoint } from './process-usage.ts';

/** The operator from its installation to an idle cluster, and once more from its restart. */
export interface OperatorRun {
  readonly synced: Milestone;
  readonly ready: Milestone;
  readonly firstPass: { readonly own: OwnCounts; readonly apiServer: Writes };
  readonly reports: Bytes & { readonly findings: number };
  readonly idle: {
    readonly seconds: number;
    readonly cpuSeconds: number;
    readonly own: OwnCounts;
    readonly apiServer: Writes;
  };
  readonly steadyRssBytes: number;
  readonly peakRssBytes: number;
  readonly scrape: Omit<Scrape, 'text'>;
  readonly restart: { readonly ready: Milestone; readonly own: OwnCounts; readonly apiServer: Writes };
  readonly curve: readonly UsagePoint[];
}

interface RunInput {
  readonly client: KubeClient;
  readonly operator: OperatorInput;
  readonly idleSeconds: number;
  readonly progress: Progress;
}

const REPORTS = `/apis/${API_VERSION}/${SECURITY_REPORTS.resource}`;
const CLUSTER_REPORTS = `/apis/${API_VERSION}/${CLUSTER_SECURITY_REPORTS.resource}`;
/** What is written late, after the first pass, is to be seen too. */
const AFTERMATH_MS = 5_000;

/** Measure an operator that finds a cluster without reports. */
export async function measureOperator(input: RunInput): Promise<OperatorRun> {
  await forgetReports(input);
  const first = await withOperator(input.operator, async (operator) => afterInstallation(input, operator));
  // A second profile in the folder would only be taken for the first.
  const again = await withOperator({ ...input.operator, cpuProfile: undefined }, async (operator) =>
    afterRestart(input, operator),
  );
  return { ...first.result, curve: first.curve, restart: again.result };
}

/** The parts of the run that failed: a cluster at rest and a restart cost no writes. */
export function brokenPromises({ idle, restart }: Pick<OperatorRun, 'idle' | 'restart'>): string[] {
  const broken = [
    [`the idle ${idle.seconds} s`, 'the API server', reportWrites(idle.apiServer)],
    [`the idle ${idle.seconds} s`, 'the operator', idle.own.otherWrites],
    ['the restart', 'the API server', reportWrites(restart.apiServer)],
    ['the restart', 'the operator', changesOf(restart.own)],
  ] as const;
  return broken
    .filter(([, , writes]) => writes > 0)
    .map(([when, who, writes]) => `${who} counted ${writes} writes during ${when}`);
}

/** How often reports were written to. */
export function reportWrites(writes: Writes): number {
  return [SECURITY_REPORTS, CLUSTER_SECURITY_REPORTS].reduce(
    (sum, { resource }) => sum + (writes[`${resource}.${GROUP}`] ?? 0),
    0,
  );
}

/** How often the operator says that it has changed a report. */
export function changesOf({ reportWrites: { created = 0, updated = 0, deleted = 0 } }: OwnCounts): number {
  return created + updated + deleted;
}

async function withOperator<T>(
  input: OperatorInput,
  use: (operator: Operator) => Promise<T>,
): Promise<{ result: T; curve: readonly UsagePoint[] }> {
  const operator = await startOperator(input);
  try {
    const result = await use(operator);
    return { result, curve: await operator.end() };
  } finally {
    await operator.stop();
  }
}

async function afterInstallation(
  { client, progress, idleSeconds }: RunInput,
  operator: Operator,
): Promise<Omit<OperatorRun, 'restart' | 'curve'>> {
  const before = await readWrites(client);
  const synced = await progress.step('operator: read the cluster', async () =>
    operator.until('has synced', operator.isSynced),
  );
  const ready = await progress.step('operator: first pass', async () => operator.until('is ready', operator.isReady));
  await sleep(AFTERMATH_MS);
  const scraped = ownCounts(await operator.scrape());
  const firstPass = { own: scraped, apiServer: writesIn(before, await readWrites(client)) };
  const reports = await progress.step('measure the reports', async () => bytesOfReports(client));

  const idle = await progress.step(`operator: stay idle for ${idleSeconds} s`, async () => {
    const [start, writesBefore, ownBefore] = [
      await operator.usage(),
      await readWrites(client),
      ownCounts(await operator.scrape()),
    ];
    await sleep(idleSeconds * 1000);
    const [end, writesAfter, ownAfter] = [
      await operator.usage(),
      await readWrites(client),
      ownCounts(await operator.scrape()),
    ];
    return {
      seconds: idleSeconds,
      cpuSeconds: end.cpuSeconds - start.cpuSeconds,
      own: ownCountsBetween(ownBefore, ownAfter),
      apiServer: writesIn(writesBefore, writesAfter),
      steadyRssBytes: end.rssBytes,
    };
  });
  // The answer before was kept for a moment; this one has to be made.
  await sleep(2000);
  const { seconds, bytes } = await operator.scrape();
  const { peakRssBytes } = await operator.usage();
  return {
    synced,
    ready,
    firstPass,
    reports,
    idle,
    steadyRssBytes: idle.steadyRssBytes,
    peakRssBytes,
    scrape: { seconds, bytes },
  };
}

async function afterRestart({ client, progress }: RunInput, operator: Operator): Promise<OperatorRun['restart']> {
  const before = await readWrites(client);
  const ready = await progress.step('operator: restart', async () =>
    operator.until('is ready again', operator.isReady),
  );
  await sleep(AFTERMATH_MS);
  return { ready, own: ownCounts(await operator.scrape()), apiServer: writesIn(before, await readWrites(client)) };
}

function ownCountsBetween(before: OwnCounts, after: OwnCounts): OwnCounts {
  const results = Object.entries(after.reportWrites).map(
    ([result, count]) => [result, count - (before.reportWrites[result] ?? 0)] as const,
  );
  return {
    reportWrites: Object.fromEntries(results),
    leaseRenewals: after.leaseRenewals - before.leaseRenewals,
    otherWrites: after.otherWrites - before.otherWrites,
  };
}

async function bytesOfReports(client: KubeClient): Promise<OperatorRun['reports']> {
  let findings = 0;
  async function* reports(): AsyncGenerator<KubernetesObject> {
    for (const path of [REPORTS, CLUSTER_REPORTS]) {
      for await (const report of list<SecurityReport>(client, path)) {
        findings += report.findings.length;
        yield report;
      }
    }
  }
  return { ...(await bytesOf(reports())), findings };
}

/** As before the first installation: no reports, and no Lease that tells of an earlier leader. */
async function forgetReports({ client, progress }: RunInput): Promise<void> {
  const namespaces = new Set<string>();
  for await (const { metadata } of list(client, REPORTS))
    if (metadata?.namespace !== undefined) namespaces.add(metadata.namespace);
  if (namespaces.size === 0) return;
  await progress.step('delete the reports of the run before', async () => {
    for (const namespace of namespaces) {
      await client.request({
        method: 'DELETE',
        path: `/apis/${API_VERSION}/namespaces/${namespace}/${SECURITY_REPORTS.resource}`,
      });
    }
    await client.request({ method: 'DELETE', path: CLUSTER_REPORTS });
    await client.request({
      method: 'DELETE',
      path: `/apis/coordination.k8s.io/v1/namespaces/${OPERATOR_NAMESPACE}/leases/${LEASE}`,
    });
  });
}
