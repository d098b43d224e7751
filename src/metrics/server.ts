import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from '../kube/logger.ts';
import { formatAddress, type Address } from './address.ts';
import { answerHealth, type HealthCheck } from './health.ts';

export interface ServerOptions {
  /** Left out: metrics are not served. */
  readonly metricsAddress?: Address | undefined;
  /** Left out: health is not served. */
  readonly healthAddress?: Address | undefined;
  readonly metrics: { readonly render: () => Promise<string>; readonly contentType: string };
  /** If one of these has a problem, a restart is asked for. */
  readonly alive: readonly HealthCheck[];
  /** If one of these has a problem, the operator does not do its work yet, or any more. */
  readonly ready: readonly HealthCheck[];
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  readonly logger: Logger;
}

export interface RunningServer {
  /** Where metrics are served, with the port that was chosen. */
  readonly metrics?: Address;
  readonly health?: Address;
  /** Stops listening and ends all connections; answers under way get a moment to finish. Resolves when all are closed. */
  readonly close: () => Promise<void>;
}

/** An address cannot be listened at. The message says which, why, and what to do. */
class ListenError extends Error {
  readonly code = 'Listen';
}

/** However many scrape, the metrics are printed once in this time. */
const RENDER_CACHE_MS = 1000;
/** What an answer under way is granted at the end. */
const CLOSE_GRACE_MS = 500;

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly contentType?: string;
}
type Route = (url: URL) => Answer | Promise<Answer>;
type Routes = ReadonlyMap<string, Route>;

/** Serves /metrics at one address, /healthz and /readyz at another. Throws a ListenError; then nothing is left open. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { metricsAddress, healthAddress, logger } = options;
  const started: Server[] = [];
  const close = async (): Promise<void> => void (await Promise.all(started.map(closeServer)));
  const start = async (what: string, address: Address, routes: Routes): Promise<Address> => {
    const server = createHttpServer(routes, logger);
    await listen(server, what, address);
    started.push(server);
    // A connection that cannot be accepted, for want of file descriptors, must not end the process.
    server.on('error', (error) => logger.warn('server failed', { server: what, error }));
    const bound = server.address();
    return typeof bound === 'object' && bound !== null ? { ...address, port: bound.port } : address;
  };
  try {
    const metrics = metricsAddress && (await start('metrics', metricsAddress, metricsRoutes(options)));
    const health = healthAddress && (await start('health', healthAddress, healthRoutes(options)));
    return { ...(metrics && { metrics }), ...(health && { health }), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function metricsRoutes({ metrics, nowMs }: ServerOptions): Routes {
  const render = cached(metrics.render, RENDER_CACHE_MS, nowMs);
  return new Map([['/metrics', async () => ({ status: 200, body: await render(), contentType: metrics.contentType })]]);
}

function healthRoutes({ alive, ready }: ServerOptions): Routes {
  return new Map([
    ['/healthz', healthRoute('healthz', alive)],
    ['/readyz', healthRoute('readyz', ready)],
  ]);
}

function healthRoute(probe: string, checks: readonly HealthCheck[]): Route {
  return (url) => {
    const { healthy, body } = answerHealth(probe, checks, url.searchParams.has('verbose'));
    return { status: healthy ? 200 : 503, body };
  };
}

/** The value of the last call for so long; callers meanwhile share one call. A failure is not kept. */
function cached<T>(make: () => Promise<T>, forMs: number, nowMs: () => number): () => Promise<T> {
  let last: { readonly value: Promise<T>; readonly sinceMs: number } | undefined;
  return async () => {
    if (last === undefined || nowMs() - last.sinceMs >= forMs) last = { value: make(), sinceMs: nowMs() };
    try {
      return await last.value;
    } catch (error) {
      last = undefined;
      throw error;
    }
  };
}

function createHttpServer(routes: Routes, logger: Logger): Server {
  const server = createServer(
    { headersTimeout: 5000, requestTimeout: 10_000, keepAliveTimeout: 60_000, maxHeaderSize: 8192 },
    (request, response) => void respond(routes, request, response, logger),
  );
  server.timeout = 60_000;
  return server;
}

async function respond(
  routes: Routes,
  request: IncomingMessage,
  response: ServerResponse,
  logger: Logger,
): Promise<void> {
  try {
    const { status, body, contentType = 'text/plain; charset=utf-8' } = await answer(routes, request, response);
    response.writeHead(status, {
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
      'x-content-type-options': 'nosniff',
    });
    response.end(body);
  } catch (error) {
    logger.error('request failed', { path: request.url, error });
    response.writeHead(500).end();
  }
}

async function answer(routes: Routes, request: IncomingMessage, response: ServerResponse): Promise<Answer> {
  const url = URL.parse(`http://host${request.url ?? '/'}`);
  const route = routes.get(url?.pathname ?? '');
  if (url === null || route === undefined)
    return { status: 404, body: `not found; there is ${[...routes.keys()].join(', ')}\n` };
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    return { status: 405, body: 'only GET and HEAD\n' };
  }
  return route(url);
}

async function listen(server: Server, what: string, { host, port }: Address): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ ...(host !== undefined && { host }), port }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (cause) {
    const address = formatAddress({ ...(host !== undefined && { host }), port });
    throw new ListenError(`cannot serve ${what} at ${address}: ${reasonOf(cause)}; choose another address`, { cause });
  }
}

const LISTEN_REASONS: ReadonlyMap<unknown, string> = new Map([
  ['EADDRINUSE', 'the port is taken by another process'],
  ['EACCES', 'the port is reserved for root'],
  ['EADDRNOTAVAIL', 'this machine has no such address'],
  ['ENOTFOUND', 'this machine knows no such name'],
]);

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return ('code' in cause ? LISTEN_REASONS.get(cause.code) : undefined) ?? cause.message;
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    // Idle connections close at once, those with an answer under way after it or with the grace.
    const grace = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(grace);
      resolve();
    });
  });
}
