import type { V1ObjectMeta } from '@kubernetes/client-node';
import PQueue from 'p-queue';
import type { KubeClient } from '../../src/kube/client.ts';
import { eventually } from '../cluster/eventually.ts';
import type { Progress } from '../cluster/progress.ts';
import { readWrites, writesIn } from './api-server-writes.ts';
import { bytesOf, count, list, METADATA_ONLY, type Bytes } from './collections.ts';
import { APP_LABEL, nodeOfPod, type ClusterPlan, type Planned } from './cluster-plan.ts';
import { runningStatus } from './pod-status.ts';

interface LoadInput {
  readonly client: KubeClient;
  readonly plan: ClusterPlan;
  readonly progress: Progress;
}

const CONCURRENCY = 32;
/** The controllers make about a hundred pods per second on two cores. */
const CONTROLLERS_TIMEOUT_MS = 20 * 60_000;
const QUIET_MS = 5_000;

/**
 * Load an empty cluster as the plan says: the API server's own controllers make ReplicaSets and pods, and we do what
 * scheduler and kubelets would. Resolves when nothing moves any more, and answers how large the pods are.
 */
export async function loadCluster(input: LoadInput): Promise<Bytes> {
  const { client, plan, progress } = input;
  const { namespaces, nodes, surroundings, deployments } = plan;
  await create(input, 'namespaces and nodes', [...namespaces, ...nodes]);
  await create(input, 'ServiceAccounts, RBAC and NetworkPolicies', surroundings);
  await progress.step('wait for default ServiceAccounts', async () =>
    // A pod that comes before its account is refused, and tried again ever more slowly.
    eventually(
      'each namespace has its default ServiceAccount',
      async () => {
        const accounts = await count(client, '/api/v1/serviceaccounts', 'metadata.name=default');
        return accounts === (await count(client, '/api/v1/namespaces'));
      },
      { timeoutMs: CONTROLLERS_TIMEOUT_MS },
    ),
  );
  await create(input, 'Deployments', deployments);
  await untilPodsExist(input);
  await runPods(input);
  await untilQuiet(input);
  return progress.step('measure the pods', async () => bytesOf(list(client, '/api/v1/pods')));
}

async function create({ client, progress }: LoadInput, what: string, objects: readonly Planned[]): Promise<void> {
  await progress.step(`create ${objects.length} ${what}`, async (detail) => {
    await inParallel(objects, detail, async ({ collection, object }) => {
      await client.request({ method: 'POST', path: collection, body: object });
    });
  });
}

async function untilPodsExist({ client, plan, progress }: LoadInput): Promise<void> {
  const wanted = podsOf(plan);
  await progress.step(`wait until the controllers have made ${wanted} pods`, async (detail) =>
    eventually(
      `there are ${wanted} pods`,
      async () => {
        const pods = await count(client, '/api/v1/pods');
        detail(`${pods} of ${wanted}`);
        return pods === wanted;
      },
      { timeoutMs: CONTROLLERS_TIMEOUT_MS, intervalMs: 1000 },
    ),
  );
}

/** Bind each pod to a Node, and report its containers as running. */
async function runPods({ client, plan, progress }: LoadInput): Promise<void> {
  const specs = new Map(plan.deployments.map(({ object }) => [object.metadata?.name, object.spec?.template.spec]));
  const pods: { readonly metadata: V1ObjectMeta; readonly number: number }[] = [];
  for await (const { metadata = {} } of list(client, '/api/v1/pods', METADATA_ONLY)) {
    pods.push({ metadata, number: pods.length });
  }
  await progress.step(`schedule and run ${pods.length} pods`, async (detail) => {
    await inParallel(pods, detail, async ({ metadata: { namespace, name = '', labels }, number }) => {
      const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
      const spec = specs.get(labels?.[APP_LABEL]);
      if (!spec) throw new Error(`${path} is not of a planned Deployment`);
      await bind(client, path, { name, node: nodeOfPod(plan, number) });
      await setRunning(client, path, runningStatus({ spec, number, now: rfc3339(new Date()) }));
    });
  });
}

const rfc3339 = (time: Date): string => time.toISOString().replace(/\.\d+/, '');

interface Binding {
  readonly name: string;
  readonly node: string;
}

async function bind(client: KubeClient, path: string, { name, node }: Binding): Promise<void> {
  const target = { apiVersion: 'v1', kind: 'Node', name: node };
  const body = { apiVersion: 'v1', kind: 'Binding', metadata: { name }, target };
  await client.request({ method: 'POST', path: `${path}/binding`, query: { fieldManager: 'kube-scheduler' }, body });
}

async function setRunning(client: KubeClient, path: string, status: object): Promise<void> {
  await client.request({
    method: 'PATCH',
    path: `${path}/status`,
    query: { fieldManager: 'kubelet' },
    contentType: 'application/strategic-merge-patch+json',
    body: { status },
  });
}

/** The controllers go on counting ready pods for a while; that is not to be mixed up with what is measured. */
async function untilQuiet({ client, progress }: LoadInput): Promise<void> {
  await progress.step('wait until the controllers are done', async (detail) => {
    let before = await readWrites(client);
    let quietSince = performance.now();
    await eventually(
      'nothing is written any more',
      async () => {
        const now = await readWrites(client);
        const written = writesIn(before, now);
        before = now;
        detail(JSON.stringify(written));
        if (Object.keys(written).length > 0) quietSince = performance.now();
        return performance.now() - quietSince >= QUIET_MS;
      },
      { timeoutMs: CONTROLLERS_TIMEOUT_MS, intervalMs: 1000 },
    );
  });
}

/** Ends at the first failure; what is under way then is left to end by itself. */
async function inParallel<T>(
  items: readonly T[],
  detail: (text: string) => void,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = new PQueue({ concurrency: CONCURRENCY });
  let done = 0;
  const jobs = items.map((item) => async () => {
    await work(item);
    detail(`${++done} of ${items.length}`);
  });
  try {
    await queue.addAll(jobs);
  } finally {
    queue.clear();
  }
}

function podsOf({ deployments }: ClusterPlan): number {
  return deployments.reduce((sum, { object }) => sum + (object.spec?.replicas ?? 0), 0);
}
