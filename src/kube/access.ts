import { hash } from 'node:crypto';
import type { RequestOptions } from 'node:https';
import { HttpMethod, RequestContext } from '@kubernetes/client-node';
import type { KubeConfig } from '@kubernetes/client-node';
import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import { withDeadline } from './deadline.ts';

/** What a request needs to reach the server and to be let in. */
export interface Access {
  readonly server: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
}

export interface AccessSource {
  readonly server: () => URL;
  /** Credentials not older than half a minute, and the one dispatcher that all requests share. */
  readonly current: () => Promise<Access>;
  /** The server did not accept these: read everything anew, unless another request has done so already. */
  readonly drop: (used: Access) => void;
  /** Breaks off what is under way. */
  readonly close: () => Promise<void>;
}

type Tls = Pick<RequestOptions, 'ca' | 'cert' | 'key' | 'passphrase' | 'servername' | 'rejectUnauthorized'>;

/** Token files rotate and exec plugins answer with new tokens; asking for each request would read files each time. */
const CREDENTIALS_MAX_AGE_MS = 30_000;
/** An exec plugin may talk to a cloud, but must not block us for ever. */
const CREDENTIALS_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** Below the idle timeout of any common load balancer. */
const KEEP_ALIVE_MS = 30_000;

/**
 * Who we are and the connection we use. Only KubeConfig knows all the ways to authenticate, but on its own it opens a
 * connection per request; so it is asked for headers and TLS material, and the dispatcher lasts as long as these stay the same.
 */
export function createAccessSource(loadConfig: () => KubeConfig, now: () => number): AccessSource {
  let config = loadConfig();
  let tlsDigest = '';
  let dispatcher: Dispatcher | undefined;
  let cached: Access | undefined;
  let cachedAtMs = 0;
  let refreshing: Promise<Access> | undefined;

  function server(): URL {
    return new URL(config.getCurrentCluster()?.server ?? '');
  }

  async function dispatcherFor(tls: Tls): Promise<Dispatcher> {
    const digest = digestOf(tls);
    if (dispatcher !== undefined && digest === tlsDigest) return dispatcher;
    const replaced = dispatcher;
    dispatcher = await createDispatcher(config, tls);
    tlsDigest = digest;
    // What runs on the old connection may end in peace; a watch does so within minutes.
    replaced?.close().catch(() => undefined);
    return dispatcher;
  }

  async function refresh(): Promise<Access> {
    const options: RequestOptions = {};
    await withDeadline('credentials', CREDENTIALS_TIMEOUT_MS, undefined, () => config.applyToHTTPSOptions(options));
    const access = { server: server(), headers: headersOf(options), dispatcher: await dispatcherFor(tlsOf(options)) };
    cached = access;
    cachedAtMs = now();
    return access;
  }

  return {
    server,
    async current() {
      if (cached !== undefined && now() - cachedAtMs < CREDENTIALS_MAX_AGE_MS) return cached;
      refreshing ??= refresh().finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },
    drop(used) {
      if (used !== cached) return;
      cached = undefined;
      try {
        // A new KubeConfig: the old one would give out the token that it remembers.
        config = loadConfig();
      } catch {
        // The file may be about to be replaced: go on with what it said before.
      }
    },
    async close() {
      await dispatcher?.destroy();
    },
  };
}

async function createDispatcher(config: KubeConfig, tls: Tls): Promise<Dispatcher> {
  if (config.getCurrentCluster()?.proxyUrl !== undefined) return createProxyDispatcher(config);
  return new Agent({
    allowH2: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    h2Options: { pingInterval: KEEP_ALIVE_MS },
    connect: { ...tls, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS },
  });
}

/** KubeConfig's own dispatcher, which speaks to every kind of proxy that a kubeconfig may name. */
async function createProxyDispatcher(config: KubeConfig): Promise<Dispatcher> {
  const context = new RequestContext(config.getCurrentCluster()?.server ?? '', HttpMethod.GET);
  await config.applySecurityAuthentication(context);
  return context.getDispatcher() ?? new Agent();
}

function tlsOf({ ca, cert, key, passphrase, servername, rejectUnauthorized }: Tls): Tls {
  return Object.fromEntries(
    Object.entries({ ca, cert, key, passphrase, servername, rejectUnauthorized }).filter(
      ([, value]) => value !== undefined,
    ),
  );
}

function digestOf(tls: Tls): string {
  return hash('sha256', JSON.stringify(tls));
}

function headersOf({ headers, auth }: RequestOptions): Record<string, string> {
  const result: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    // A token file may end in a newline, which no header may hold.
    if (value !== undefined) result[name.toLowerCase()] = String(value).trim();
  }
  if (typeof auth === 'string') result['authorization'] ??= `Basic ${Buffer.from(auth).toString('base64')}`;
  return result;
}
