import { KubeConfig } from '@kubernetes/client-node';

/** Where to find the API server and who to be. */
export interface KubeConfigOptions {
  /** Default: the files of KUBECONFIG, then ~/.kube/config, then the ServiceAccount of the pod. */
  readonly kubeconfig?: string | undefined;
  /** Default: the current context. */
  readonly context?: string | undefined;
}

/** No usable kubeconfig: the message says what to do about it. */
export class KubeConfigError extends Error {
  override readonly name = 'KubeConfigError';
  readonly code = 'KubeConfig';
}

/** Reads the kubeconfig, or the pod's ServiceAccount. Throws `KubeConfigError` in one clear line. */
export function loadKubeConfig({ kubeconfig, context }: KubeConfigOptions = {}): KubeConfig {
  const config = new KubeConfig();
  try {
    if (kubeconfig === undefined) config.loadFromDefault();
    else config.loadFromFile(kubeconfig);
  } catch (cause) {
    throw new KubeConfigError(`cannot read the kubeconfig: ${messageOf(cause)}`, { cause });
  }
  if (context !== undefined) config.setCurrentContext(context);
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) {
    const known = config.getContexts().map(({ name }) => name);
    throw new KubeConfigError(
      `the kubeconfig has no context '${config.getCurrentContext()}' with a cluster (it has: ${known.join(', ') || 'none'})`,
    );
  }
  if (kubeconfig === undefined && server === NOTHING_FOUND) {
    throw new KubeConfigError('no kubeconfig was found, and this is not a pod: set KUBECONFIG or name a file');
  }
  if (!URL.canParse(server)) throw new KubeConfigError(`the kubeconfig's server '${server}' is not a URL`);
  return config;
}

/** What the library falls back to when it finds no configuration at all. */
const NOTHING_FOUND = 'http://localhost:8080';

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
