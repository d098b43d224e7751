import { eventually } from '../../test/cluster/eventually.ts';
import type { DemoCluster } from './demo-cluster.ts';
import { FIELD_MANAGER } from './foreign-objects.ts';
import { objectsIn } from './kubectl-output.ts';
import { inRepository, SHOP } from './paths.ts';
import type { Kubectl } from './program.ts';

/** What config/default consists of, but for the pod of the operator, which here is a process. */
const INSTALLED: readonly (readonly [option: '--filename' | '--kustomize', path: string])[] = [
  ['--filename', 'config/default/namespace.yaml'],
  ['--kustomize', 'config/crd'],
  ['--kustomize', 'config/rbac'],
  ['--kustomize', 'config/viewers'],
];

/** Installs CRDs, namespace, ServiceAccount and rights of the operator. */
export async function install(kubectl: Kubectl): Promise<void> {
  for (const [option, path] of INSTALLED) await apply(kubectl, `${option}=${inRepository(path)}`);
  const crds = `--filename=${inRepository('config/crd/bases')}`;
  await kubectl(['wait', '--for=condition=Established', '--timeout=30s', crds]);
}

/** Deploys the shop, and waits until its Deployments have their pods; `detail` is told how many have. */
export async function deployShop(
  { kubectl, hasNodes, makesPods }: DemoCluster,
  detail: (text: string) => void,
): Promise<void> {
  // Not by server-side apply, which would take the status away; and there are none yet.
  if (!hasNodes) await kubectl(['create', `--filename=${inRepository(`${SHOP}/nodes`)}`]);
  const shop = `--kustomize=${inRepository(SHOP)}`;
  await apply(kubectl, shop);
  if (!makesPods) return;
  const attempt = async (): Promise<boolean> => {
    const objects = objectsIn(await kubectl(['get', shop, '--output=json'])) as readonly Workload[];
    const deployments = objects.filter(({ kind }) => kind === 'Deployment');
    const complete = deployments.filter(({ spec, status }) => (status?.replicas ?? 0) >= (spec?.replicas ?? 1));
    detail(`${complete.length} of ${deployments.length} Deployments have their pods`);
    return complete.length === deployments.length;
  };
  await eventually('the Deployments of the shop have their pods', attempt, { timeoutMs: 60_000, intervalMs: 500 });
}

/** As far as it is looked at. */
interface Workload {
  readonly kind: string;
  readonly spec?: { readonly replicas?: number };
  /** Pods that exist, whether they run or not. */
  readonly status?: { readonly replicas?: number };
}

async function apply(kubectl: Kubectl, what: string): Promise<void> {
  await kubectl(['apply', '--server-side', '--force-conflicts', `--field-manager=${FIELD_MANAGER}`, what]);
}
