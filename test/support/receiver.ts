import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What a receiver does with a request that it has read. */
export type Manners = (response: ServerResponse, request: Received) => void | Promise<void>;

/** A receiver on loopback, well or ill behaved. */
export interface Receiver {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly Received[];
  /** How many requests it ever worked on at the same time. */
  readonly busiest: () => number;
  readonly close: () => Promise<void>;
}

async function listen(server: Server, scheme: string): Promise<Pick<Receiver, 'url' | 'port' | 'close'>> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    // A client that breaks off is what many tests are about.
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  server.on('connection', keep);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${scheme}://127.0.0.1:${port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Speaks HTTP; with `tls`, over TLS. */
export async function startReceiver(manners: Manners, tls?: ServerOptions): Promise<Receiver> {
  const requests: Received[] = [];
  let busy = 0;
  let busiest = 0;
  const serve = (incoming: IncomingMessage, response: ServerResponse): void => {
    void (async () => {
      busiest = Math.max(busiest, ++busy);
      response.on('close', () => busy--);
      const chunks: Buffer[] = [];
      for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
      const request = { path: incoming.url ?? '', headers: incoming.headers, body: Buffer.concat(chunks).toString() };
      requests.push(request);
      await manners(response, request);
    })().catch(() => response.destroy());
  };
  const server = tls === undefined ? createHttpServer(serve) : createHttpsServer(tls, serve);
  server.on('tlsClientError', () => {});
  const listening = await listen(server, tls === undefined ? 'http' : 'https');
  return { ...listening, requests, busiest: () => busiest };
}

/** Speaks whatever the test says to each connection. */
export async function startRawReceiver(serve: (socket: Socket) => void): Promise<Receiver> {
  const listening = await listen(createTcpServer(serve), 'http');
  return { ...listening, requests: [], busiest: () => 0 };
}

export function answer(status: number, body = '', headers: Readonly<Record<string, string>> = {}): Manners {
  return (response) => void response.writeHead(status, headers).end(body);
}

/** Never answers. */
export const hang: Manners = () => {};

/** Answers one after the other, and then always like the last. */
export function inTurn(...steps: readonly Manners[]): Manners {
  let next = 0;
  return (response, request) => steps[Math.min(next++, steps.length - 1)]?.(response, request);
}
