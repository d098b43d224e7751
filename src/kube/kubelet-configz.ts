import { KubeConfig } from '@kubernetes/client-node';
import type { KubeClient } from './client.ts';
import { createClient } from './transport.ts';

/** Where a kubelet is. */
export interface KubeletAddress {
  /** Name of its Node. */
  readonly node: string;
  readonly host: string;
  readonly port: number;
}

/** Asks a kubelet for its effective configuration. Throws as the client does. */
export type ReadConfigz = (kubelet: KubeletAddress, signal: AbortSignal) => Promise<unknown>;

/** A kubelet that does not answer within this is left for the next time. */
const TIMEOUT_MS = 5_000;

interface Configz {
  readonly kubeletconfig?: unknown;
}

/** How kubelets are asked directly. */
export interface DirectOptions {
  readonly loadConfig: () => KubeConfig;
  readonly userAgent: string;
  /** Does not verify their certificates, so that whoever poses as a kubelet gets our token. */
  readonly insecureTls: boolean;
}

/**
 * Asks the kubelet itself, with our own credentials; since Kubernetes 1.33 `get nodes/configz` is enough for it (KEP-2862). Its
 * certificate must be signed by the cluster's authority.
 */
export function directConfigz({ loadConfig, userAgent, insecureTls }: DirectOptions): ReadConfigz {
  return async (kubelet, signal) => {
    const client = createClient({ loadConfig: () => aimedAt(loadConfig(), kubelet, insecureTls), userAgent });
    try {
      const answer = await client.request<Configz>({ method: 'GET', path: '/configz', signal, timeoutMs: TIMEOUT_MS });
      return answer.kubeletconfig;
    } finally {
      await client.close();
    }
  };
}

/** Asks through the API server, which demands `get nodes/proxy`: as good as a shell in every container. */
export function proxiedConfigz(client: KubeClient): ReadConfigz {
  return async ({ node }, signal) => {
    const path = `/api/v1/nodes/${encodeURIComponent(node)}/proxy/configz`;
    return (await client.request<Configz>({ method: 'GET', path, signal, timeoutMs: TIMEOUT_MS })).kubeletconfig;
  };
}

/** The same credentials and authority, for another server. What weakens or redirects the way to the API server stays behind. */
function aimedAt(config: KubeConfig, { host, port }: KubeletAddress, insecureTls: boolean): KubeConfig {
  const aimed = new KubeConfig();
  const { caData, caFile } = config.getCurrentCluster() ?? {};
  const user = config.getCurrentUser();
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  aimed.loadFromOptions({
    clusters: [
      {
        name: 'kubelet',
        server,
        skipTLSVerify: insecureTls,
        ...(caData !== undefined && { caData }),
        ...(caFile !== undefined && { caFile }),
      },
    ],
    users: user === null ? [] : [user],
    contexts: [{ name: 'kubelet', cluster: 'kubelet', user: user?.name ?? '' }],
    currentContext: 'kubelet',
  });
  return aimed;
}
