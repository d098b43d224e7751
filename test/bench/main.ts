import { existsSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { CLUSTER_SECURITY_REPORTS, GROUP, SECURITY_REPORTS } from '../../src/crds/index.ts';
import { loadKubeConfig } from '../../src/kube/auth.ts';
import { createClient } from '../../src/kube/transport.ts';
import { startControlPlane, type ControlPlane } from '../cluster/control-plane.ts';
import { textProgress, type Progress } from '../cluster/progress.ts';
import { measureBaseline } from './baseline.ts';
import { planCluster } from './cluster-plan.ts';
import { loadCluster } from './load.ts';
import { BUNDLE, OPERATOR_NAMESPACE } from '../support/operator-command.ts';
import { brokenPromises, measureOperator, type OperatorRun } from './operator-run.ts';
import { readOptions, type BenchOptions } from './options.ts';
import { summaryOf, type Measurements } from './summary.ts';

/**
 * `npm run bench -- --pods 2000`: what the operator costs. No time is asserted; it ends with 1 if a step fails, or if a
 * cluster at rest or a restart cost a write. Ctrl-C ends everything that was started.
 */
const CONFIG = join(import.meta.dirname, '..', '..', 'config');

async function install({ kubectl }: ControlPlane, progress: Progress): Promise<void> {
  await progress.step('install CustomResourceDefinitions and RBAC', async () => {
    await kubectl(['apply', '--server-side', `--filename=${join(CONFIG, 'default', 'namespace.yaml')}`]);
    await kubectl(['apply', '--server-side', `--kustomize=${join(CONFIG, 'crd')}`]);
    await kubectl(['apply', '--server-side', `--kustomize=${join(CONFIG, 'rbac')}`]);
    const names = [SECURITY_REPORTS, CLUSTER_SECURITY_REPORTS].map(
      ({ resource }) => `customresourcedefinition/${resource}.${GROUP}`,
    );
    await kubectl(['wait', '--for=condition=Established', '--timeout=60s', ...names]);
  });
}

async function measure(options: BenchOptions, controlPlane: ControlPlane, progress: Progress): Promise<Measurements> {
  const { kubeconfig: admin } = controlPlane;
  // Goes with the control plane.
  const folder = dirname(admin);
  const client = createClient({ loadConfig: () => loadKubeConfig({ kubeconfig: admin }), userAgent: 'plimsoll-bench' });
  try {
    await install(controlPlane, progress);
    const startedAt = performance.now();
    const pods = await loadCluster({ client, plan: planCluster(options), progress });
    const loadSeconds = (performance.now() - startedAt) / 1000;
    progress.note(`loaded in ${loadSeconds.toFixed(0)} s: ${pods.objects} pods of ${Math.round(pods.meanBytes)} bytes`);

    const kubeconfig = await controlPlane.kubeconfigFor({
      serviceAccount: { namespace: OPERATOR_NAMESPACE, name: 'plimsoll' },
    });
    const baseline = options.baseline ? await measureBaseline({ kubeconfig, folder, progress }) : undefined;
    const operator = { kubeconfig, logFolder: folder, args: options.operatorArgs, cpuProfile: options.cpuProf };
    const runs: OperatorRun[] = [];
    for (let run = 1; run <= options.runs; run++) {
      if (options.runs > 1) progress.note(`run ${run} of ${options.runs}`);
      runs.push(await measureOperator({ client, operator, idleSeconds: options.idleSeconds, progress }));
    }
    return { loadSeconds, pods, runs, ...(baseline && { baseline }) };
  } finally {
    await client.close();
  }
}

function report(options: BenchOptions, { version }: ControlPlane, measurements: Measurements): void {
  const { pods, workloads, namespaces } = options;
  const machine = {
    cpus: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    node: process.version,
    kubernetes: version,
  };
  process.stdout.write(`
${pods} pods in ${workloads} Deployments in ${namespaces} namespaces; Kubernetes ${version} on the same ${machine.cpus} CPUs (${machine.model}); Node ${machine.node}

${summaryOf(measurements)}`);
  if (options.json !== undefined) {
    writeFileSync(options.json, `${JSON.stringify({ options, machine, ...measurements }, undefined, 2)}\n`);
  }
  for (const broken of measurements.runs.flatMap(brokenPromises)) {
    process.stderr.write(`broken: ${broken}\n`);
    process.exitCode = 1;
  }
}

async function bench(options: BenchOptions): Promise<void> {
  if (!existsSync(BUNDLE)) throw new Error('dist/plimsoll.js is missing: run npm run build first');
  const progress = textProgress({ stream: process.stderr });
  const controlPlane = await startControlPlane({ env: process.env, progress });
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => (isInterrupted = true));
  let isKept = false;
  try {
    if (!controlPlane.hasControllerManager)
      throw new Error('kube-controller-manager is needed to make pods: install Go');
    report(options, controlPlane, await measure(options, controlPlane, progress));
    isKept = options.keep;
  } finally {
    if (!isKept) await controlPlane.stop();
  }
  if (isKept) progress.note(`Ctrl-C ends the cluster; to look at it: export KUBECONFIG=${controlPlane.kubeconfig}`);
}

/** Then everything is being stopped, and what fails of that is no news. */
let isInterrupted = false;
try {
  await bench(readOptions(process.argv.slice(2)));
} catch (error) {
  if (!isInterrupted) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
