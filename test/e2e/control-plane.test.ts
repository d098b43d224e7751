import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { ensureBinaries } from '../cluster/binaries.ts';
import { startControlPlane, type ControlPlane } from '../cluster/control-plane.ts';
import type { Environment } from '../cluster/environment.ts';
import { silentProgress } from '../cluster/progress.ts';
import { eventually, useCluster } from '../cluster/shared.ts';

const TOOLS = join(import.meta.dirname, '..', '..', 'tools', 'controlplane');

/** The newest version stands at the top, others in folders of their own. */
function moduleOf(minor = ''): string {
  const older = join(TOOLS, `v${minor}`, 'go.mod');
  return existsSync(older) ? older : join(TOOLS, 'go.mod');
}
const START_TIMEOUT_MS = 120_000;

const deployment = (name: string): object => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'web', image: 'registry.example/web:1.0.0' }] },
    },
  },
});

describe('the embedded control plane', () => {
  const cluster = useCluster();
  const kubectl: ControlPlane['kubectl'] = async (args, options) => cluster.controlPlane().kubectl(args, options);
  const podsIn = async (namespace: string): Promise<readonly string[]> => {
    const names = await kubectl(['get', 'pods', `--namespace=${namespace}`, '--output=name']);
    return names.split('\n').filter((name) => name !== '');
  };

  it('is the Kubernetes that the tools module names', function () {
    const { KUBEBUILDER_ASSETS, KUBERNETES_MINOR } = process.env;
    if (KUBEBUILDER_ASSETS !== undefined) this.skip();
    const version = /k8s\.io\/kubernetes (\S+)/.exec(readFileSync(moduleOf(KUBERNETES_MINOR), 'utf8'))?.[1];
    assert.equal(cluster.controlPlane().version, version);
  });

  it('makes the pods of a Deployment, and collects them when it is deleted', async function () {
    if (!cluster.controlPlane().hasControllerManager) this.skip();
    const namespace = await cluster.namespace('shop');
    await cluster.apply([deployment('web')], namespace);
    await eventually('the Deployment has its two pods', async () => (await podsIn(namespace)).length === 2);

    await kubectl(['delete', 'deployment', 'web', `--namespace=${namespace}`]);
    await eventually('the pods are collected', async () => (await podsIn(namespace)).length === 0);
  });

  it('lets a ServiceAccount in with the rights it was given, and no others', async () => {
    const namespace = await cluster.namespace('reader');
    await kubectl(['create', 'serviceaccount', 'reader', `--namespace=${namespace}`]);
    await kubectl([
      'create',
      'clusterrolebinding',
      namespace,
      '--clusterrole=view',
      `--serviceaccount=${namespace}:reader`,
    ]);
    const kubeconfig = await cluster.controlPlane().kubeconfigFor({ serviceAccount: { namespace, name: 'reader' } });
    const list = async (resource: string): Promise<string> =>
      kubectl(['get', resource, `--namespace=${namespace}`, `--kubeconfig=${kubeconfig}`]);

    await list('pods');
    await assert.rejects(list('secrets'), /forbidden: User "system:serviceaccount:reader-\w+:reader"/);
  });

  it('comes back with its objects when the API server is restarted', async () => {
    const namespace = await cluster.namespace('kept');
    const { url, restartApiServer } = cluster.controlPlane();
    await restartApiServer(async () => {
      await assert.rejects(kubectl(['get', 'namespaces']), /refused/);
    });
    assert.match(
      await kubectl(['get', 'namespace', namespace, '--output=name']),
      new RegExp(`^namespace/${namespace}`),
    );
    assert.equal(cluster.controlPlane().url, url);
  });

  /** The environment of a machine that has nothing but the programs without which it does not go. */
  const assetsOnly = async (scripts: Readonly<Record<string, string>> = {}): Promise<Environment> => {
    const {
      etcd,
      kubeApiserver,
      kubectl: kubectlProgram,
    } = await ensureBinaries({
      env: process.env,
      progress: silentProgress,
    });
    assets = mkdtempSync(join(tmpdir(), 'plimsoll-assets-'));
    for (const program of [etcd, kubeApiserver, kubectlProgram]) {
      const name = basename(program);
      const script = scripts[name];
      if (script === undefined) symlinkSync(program, join(assets, name));
      else writeFileSync(join(assets, name), script, { mode: 0o755 });
    }
    return { KUBEBUILDER_ASSETS: assets, XDG_CACHE_HOME: assets, PATH: '' };
  };
  let assets: string | undefined;
  afterEach(() => {
    if (assets !== undefined) rmSync(assets, { recursive: true, force: true });
  });

  it('leaves no process and no file when it is stopped', async function () {
    this.timeout(START_TIMEOUT_MS);
    const other = await startControlPlane({ env: process.env });
    const pids = other.pids();
    const files = Object.values(other.logs());
    await other.stop();
    assert.ok(pids.length >= 2);
    assert.deepEqual(pids.filter(isAlive), []);
    assert.deepEqual(files.filter(existsSync), []);
  });

  it('does without kube-controller-manager where there is none to be had', async function () {
    this.timeout(START_TIMEOUT_MS);
    const said: string[] = [];
    const bare = await startControlPlane({
      env: await assetsOnly(),
      progress: { ...silentProgress, note: (line) => said.push(line) },
    });
    try {
      assert.equal(bare.hasControllerManager, false);
      assert.match(said.join('\n'), /no pods from Deployments/);
      assert.match(await bare.kubectl(['get', 'namespaces']), /kube-system/);
    } finally {
      await bare.stop();
    }
  });

  it('that cannot start says which part ended, and why', async function () {
    this.timeout(START_TIMEOUT_MS);
    const broken = await assetsOnly({ etcd: '#!/bin/sh\necho "no space left on device" >&2; exit 7\n' });
    await assert.rejects(
      startControlPlane({ env: broken }),
      /^DaemonEndedError: etcd ended \(exit code 7\)[^]*no space left/,
    );
  });

  it('of the developer ends with Ctrl-C, and leaves nothing', async function () {
    this.timeout(START_TIMEOUT_MS);
    const main = join(import.meta.dirname, '..', 'cluster', 'main.ts');
    const child = spawn(process.execPath, [main], { stdio: ['ignore', 'pipe', 'pipe'] });
    const exited = once(child, 'exit');
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        said += String(chunk);
      });
    }
    try {
      const told = (pattern: RegExp): string | undefined => pattern.exec(said)?.[1];
      const patience = { timeoutMs: START_TIMEOUT_MS };
      const kubeconfig = await eventually(
        'it tells its kubeconfig',
        () => told(/^export KUBECONFIG=(.*)\n/m),
        patience,
      );
      const pids = (await eventually('it tells its processes', () => told(/^pids: (.*)\n/m))).split(' ').map(Number);
      assert.deepEqual([existsSync(kubeconfig), pids.every(isAlive), pids.length >= 2], [true, true, true]);
      child.kill('SIGINT');
      assert.deepEqual(await exited, [null, 'SIGINT']);
      assert.deepEqual([existsSync(kubeconfig), pids.some(isAlive)], [false, false]);
    } finally {
      child.kill('SIGKILL');
    }
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
