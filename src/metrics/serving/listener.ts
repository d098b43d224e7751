import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerOptions as HttpOptions,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer, type Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { Logger } from '../../kube/logger.ts';
import { formatAddress, type Address } from '../address.ts';
import type { Answer } from './answer.ts';

export interface ListenerOptions {
  /** How the log and the error of a failed start call it: `metrics`. */
  readonly what: string;
  readonly address: Address;
  readonly answer: (request: IncomingMessage) => Promise<Answer>;
  /** Left out: plain HTTP. */
  readonly tls?: SecureContextOptions | undefined;
  readonly limits?: Partial<Limits> | undefined;
  readonly logger: Logger;
}

export interface Listener {
  /** With the port that was chosen. */
  readonly address: Address;
  /** New connections get this certificate; those that are open keep theirs. Only of one that was made with TLS. */
  readonly setSecureContext: (tls: SecureContextOptions) => void;
  /** Stops listening and ends all connections; answers under way get a moment to finish. Resolves when all are closed. */
  readonly close: () => Promise<void>;
}

/** What one client may take up. */
export interface Limits {
  /** Until a new connection has sent the headers of its first request; a kept one, from the first byte of the next. */
  readonly headersMs: number;
  readonly requestMs: number;
  readonly headerBytes: number;
  /** An idle connection is kept for so long: longer than most scrape intervals. */
  readonly keepAliveMs: number;
  readonly handshakeMs: number;
  /** More are closed as they come. Default: as many as there can be. */
  readonly connections?: number;
}

const LIMITS: Limits = {
  headersMs: 5000,
  requestMs: 10_000,
  headerBytes: 8192,
  keepAliveMs: 60_000,
  handshakeMs: 5000,
};

/** An address cannot be listened at. The message says which, why, and what to do. */
class ListenError extends Error {
  readonly code = 'Listen';
}

/** What an answer under way is granted at the end. */
const CLOSE_GRACE_MS = 500;

/** Listens for HTTP/1.1, over TLS if there is a certificate. Throws a ListenError; then nothing is left open. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  const { what, address, tls, logger } = options;
  const server = createServer(options);
  const sockets = socketsOf(server);
  await listen(server, what, address);
  // A connection that cannot be accepted, for want of file descriptors, must not end the process.
  server.on('error', (error) => logger.warn('server failed', { server: what, error }));
  const bound = server.address();
  return {
    address: typeof bound === 'object' && bound !== null ? { ...address, port: bound.port } : address,
    setSecureContext: (context) => {
      if (tls !== undefined && 'setSecureContext' in server) server.setSecureContext(context);
    },
    close: () => closeServer(server, sockets),
  };
}

function createServer({ answer, tls, limits: given, logger }: ListenerOptions): Server | TlsServer {
  const limits = { ...LIMITS, ...given };
  const options: HttpOptions = {
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    // Half of it, so that a deadline is kept as well as it can be without looking all the time.
    connectionsCheckingInterval: limits.headersMs / 2,
    keepAliveTimeout: limits.keepAliveMs,
    maxHeaderSize: limits.headerBytes,
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void =>
    void respond(answer, request, response, logger);
  const server =
    tls === undefined
      ? createHttpServer(options, listener)
      : createHttpsServer({ ...options, ...tls, handshakeTimeout: limits.handshakeMs }, listener);
  server.timeout = limits.keepAliveMs;
  if (limits.connections !== undefined) server.maxConnections = limits.connections;
  return server;
}

async function respond(
  answer: ListenerOptions['answer'],
  request: IncomingMessage,
  response: ServerResponse,
  logger: Logger,
): Promise<void> {
  try {
    const { status, body, contentType = 'text/plain; charset=utf-8', headers } = await answer(request);
    response.writeHead(status, {
      'content-type': contentType,
      'content-length': Buffer.byteLength(body),
      'x-content-type-options': 'nosniff',
      ...headers,
    });
    response.end(body);
  } catch (error) {
    logger.error('request failed', { path: request.url, error });
    response.writeHead(500).end();
  }
}

/** Every open socket, also those that have not come as far as a request: with TLS the server itself knows only the others. */
function socketsOf(server: Server | TlsServer): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

async function listen(server: Server | TlsServer, what: string, { host, port }: Address): Promise<void> {
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

async function closeServer(server: Server | TlsServer, sockets: ReadonlySet<Socket>): Promise<void> {
  await new Promise<void>((resolve) => {
    // Idle connections close at once, those with an answer under way after it or with the grace.
    const grace = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(grace);
      resolve();
    });
  });
}
