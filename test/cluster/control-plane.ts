import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBinaries, type Binaries } from './binaries.ts';
import {
  apiServerArgs,
  controllerManagerArgs,
  etcdArgs,
  layoutOf,
  writeCredentials,
  writeKubeconfigs,
  type Layout,
} from './components.ts';
import { daemonGroup, DaemonEndedError, type DaemonGroup } from './daemon-group.ts';
import type { Environment } from './environment.ts';
import { eventually } from './eventually.ts';
import { freePort } from './free-port.ts';
import { kubeconfig } from './kubeconfig.ts';
import { kubectlFor, type Kubectl } from './kubectl.ts';
import { endWithThisProcess } from './lifetime.ts';
import { silentProgress, type Progress } from './progress.ts';

/** Who a kubeconfig is for. */
export type Identity =
  { readonly token: string } | { readonly serviceAccount: { readonly namespace: string; readonly name: string } };

/** A running Kubernetes: etcd, kube-apiserver and, where it could be had, kube-controller-manager. */
export interface ControlPlane {
  /** Of the API server, on loopback. */
  readonly url: string;
  /** Of the API server, such as `v1.37.2`. */
  readonly version: string;
  /** Path of a kubeconfig with all rights. */
  readonly kubeconfig: string;
  /** kubectl as the administrator. */
  readonly kubectl: Kubectl;
  /** Without it: no pods from Deployments, no garbage collection, no default ServiceAccounts, no aggregated roles. */
  readonly hasControllerManager: boolean;
  /** Write a kubeconfig for somebody and answer its path. A ServiceAccount must exist; its token is good for a day. */
  readonly kubeconfigFor: (identity: Identity) => Promise<string>;
  /** A token as the kubelet would mount it, by TokenRequest. */
  readonly serviceAccountToken: (namespace: string, name: string) => Promise<string>;
  /** Paths of the logs, by the name of the process. */
  readonly logs: () => Readonly<Record<string, string>>;
  /** Process ids of what runs, for measurements. */
  readonly pids: () => readonly number[];
  /** Stop the API server, do `whileDown`, and start it on the same port; resolves when it is ready again. */
  readonly restartApiServer: (whileDown?: () => Promise<void>) => Promise<void>;
  /** End every process and remove the files. May be called more than once. */
  readonly stop: () => Promise<void>;
}

/** How to start a control plane. */
export interface ControlPlaneOptions {
  /** Where the programs are looked for: KUBEBUILDER_ASSETS, XDG_CACHE_HOME, HOME, PATH. */
  readonly env: Environment;
  /** Default: silence. */
  readonly progress?: Progress;
  /** Leave data and logs behind at the end, for a look. Default false. */
  readonly keepFiles?: boolean;
  /** Of the API server, after all others. Default none. */
  readonly apiServerFlags?: readonly string[];
  /**
   * Stop on SIGINT, SIGTERM and SIGHUP, then let the signal end this process. Default true; false where the caller has
   * more to stop, in an order of its own. On the `exit` of this process everything is killed in any case.
   */
  readonly handleSignals?: boolean;
}

const READY_TIMEOUT_MS = 120_000;
const API_SERVER = 'kube-apiserver';

/** Start a control plane and wait until it is of use; throws with the end of the log if a part of it dies. */
export async function startControlPlane(options: ControlPlaneOptions): Promise<ControlPlane> {
  const { env, progress = silentProgress, keepFiles = false, apiServerFlags = [], handleSignals = true } = options;
  const binaries = await ensureBinaries({ env, progress });
  const layout = layoutOf(mkdtempSync(join(tmpdir(), 'plimsoll-')));
  const daemons = daemonGroup(layout.root);

  const removeFiles = (): void => {
    if (keepFiles) progress.note(`data and logs are left in ${layout.root}`);
    else rmSync(layout.root, { recursive: true, force: true, maxRetries: 5 });
  };
  const kill = (): void => {
    daemons.kill();
    removeFiles();
  };
  const stopOnce = async (): Promise<void> => {
    await daemons.stop();
    release();
    removeFiles();
  };
  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => (stopping ??= stopOnce());
  const release = endWithThisProcess({ stop, kill, handleSignals });

  try {
    return { ...(await bringUp({ binaries, layout, daemons, progress, apiServerFlags })), stop };
  } catch (error) {
    // An API server that is still starting does not heed SIGTERM.
    daemons.kill();
    await stop();
    throw error;
  }
}

interface Parts {
  readonly binaries: Binaries;
  readonly layout: Layout;
  readonly daemons: DaemonGroup;
  readonly progress: Progress;
  readonly apiServerFlags: readonly string[];
}

async function bringUp(parts: Parts): Promise<Omit<ControlPlane, 'stop'>> {
  const { binaries, layout, daemons, progress, apiServerFlags } = parts;
  const kubectl = kubectlFor(binaries.kubectl, layout.adminKubeconfig);
  const port = await progress.step('start etcd and kube-apiserver', async () => {
    daemons.start('etcd', binaries.etcd, etcdArgs(layout));
    return startApiServerOnFreePort(parts, kubectl);
  });
  const hasControllerManager = await startControllerManager(parts, kubectl);
  const url = urlOf(port);
  return {
    url,
    version: await serverVersion(kubectl),
    kubeconfig: layout.adminKubeconfig,
    kubectl,
    hasControllerManager,
    ...accessFor(layout, url, kubectl),
    logs: daemons.logs,
    pids: daemons.pids,
    restartApiServer: async (whileDown) => {
      await daemons.stopOne(API_SERVER);
      await whileDown?.();
      daemons.start(API_SERVER, binaries.kubeApiserver, apiServerArgs(layout, port, apiServerFlags));
      await untilApiServerReady(daemons, kubectl);
    },
  };
}

function accessFor(
  { root, certificateAuthority }: Layout,
  server: string,
  kubectl: Kubectl,
): Pick<ControlPlane, 'serviceAccountToken' | 'kubeconfigFor'> {
  const serviceAccountToken: ControlPlane['serviceAccountToken'] = async (namespace, name) =>
    (await kubectl(['create', 'token', name, `--namespace=${namespace}`, '--duration=24h'])).trim();
  let written = 0;
  return {
    serviceAccountToken,
    kubeconfigFor: async (identity) => {
      const token =
        'token' in identity
          ? identity.token
          : await serviceAccountToken(identity.serviceAccount.namespace, identity.serviceAccount.name);
      const path = join(root, `${++written}.kubeconfig`);
      writeFileSync(path, kubeconfig({ server, certificateAuthority, token }), { mode: 0o600 });
      return path;
    },
  };
}

/** Answers whether there is one. */
async function startControllerManager(
  { binaries: { kubeControllerManager }, layout, daemons, progress }: Parts,
  kubectl: Kubectl,
): Promise<boolean> {
  if (kubeControllerManager === undefined) {
    progress.note(
      'there is no kube-controller-manager: no pods from Deployments, no garbage collection, no default ServiceAccounts, no aggregated roles',
    );
    return false;
  }
  await progress.step('start kube-controller-manager', async () => {
    daemons.start('kube-controller-manager', kubeControllerManager, controllerManagerArgs(layout));
    await untilControllersWork(daemons, kubectl);
  });
  return true;
}

/** Somebody may take the port between its choice and its use; then another one is tried. */
async function startApiServerOnFreePort(
  { binaries, layout, daemons, apiServerFlags }: Parts,
  kubectl: Kubectl,
): Promise<number> {
  const credentials = writeCredentials(layout);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    writeKubeconfigs(layout, urlOf(port), credentials);
    daemons.start(API_SERVER, binaries.kubeApiserver, apiServerArgs(layout, port, apiServerFlags));
    try {
      await untilApiServerReady(daemons, kubectl);
      return port;
    } catch (error) {
      const portWasTaken = error instanceof DaemonEndedError && error.logTail.includes('address already in use');
      if (!portWasTaken || attempt === 5) throw error;
    }
  }
}

function urlOf(port: number): string {
  return `https://127.0.0.1:${port}`;
}

async function untilApiServerReady(daemons: DaemonGroup, kubectl: Kubectl): Promise<void> {
  await untilReady(daemons, 'the API server is ready', async () => {
    await kubectl(['get', '--raw=/readyz']);
    await kubectl(['get', 'namespace', 'default']);
  });
}

/** What takes the controllers longest, and what tests rely on. */
async function untilControllersWork(daemons: DaemonGroup, kubectl: Kubectl): Promise<void> {
  await untilReady(daemons, 'the namespace default has its ServiceAccount and ConfigMap', async () => {
    await kubectl(['get', 'serviceaccount/default', 'configmap/kube-root-ca.crt', '--namespace=default']);
  });
  await untilReady(daemons, 'the ClusterRole admin is aggregated', async () => {
    const rules = await kubectl(['get', 'clusterrole', 'admin', '--output=jsonpath={.rules}']);
    if (rules === '') throw new Error('it has no rules yet');
  });
}

async function untilReady(daemons: DaemonGroup, what: string, probe: () => Promise<void>): Promise<void> {
  await eventually(what, async () => outcomeOf(daemons, probe), { timeoutMs: READY_TIMEOUT_MS });
  daemons.verify();
}

/** True also when a daemon has ended: then waiting is over, and `verify` says why. */
async function outcomeOf(daemons: DaemonGroup, probe: () => Promise<void>): Promise<true> {
  try {
    await probe();
  } catch (error) {
    if (daemons.allRun()) throw error;
  }
  return true;
}

async function serverVersion(kubectl: Kubectl): Promise<string> {
  const version: unknown = JSON.parse(await kubectl(['get', '--raw=/version']));
  if (typeof version === 'object' && version !== null && 'gitVersion' in version) return String(version.gitVersion);
  throw new Error('the API server does not tell its version');
}
