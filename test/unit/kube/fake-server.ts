import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import type { ClientHooks, KubeClient } from '../../../src/kube/client.ts';
import { createClient } from '../../../src/kube/transport.ts';
import type { Timers } from '../../../src/kube/timers.ts';
import type { Logger } from '../../../src/kube/logger.ts';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void | Promise<void>;

/** A server on loopback that answers what a test tells it to: for faults that a real API server cannot be made to show. */
export interface FakeServer {
  readonly url: string;
  readonly requests: SeenRequest[];
  /** How many connections were ever opened. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

export async function startFakeServer(answer: Answer): Promise<FakeServer> {
  const requests: SeenRequest[] = [];
  let connections = 0;
  const server = createServer((incoming, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
      const url = new URL(incoming.url ?? '/', 'http://fake');
      const request = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(request);
      await answer(response, request);
    })();
  });
  server.on('connection', () => connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    connections: () => connections,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers requests one after the other, each as its step says; what comes after the last step hangs. */
export function inTurn(...steps: readonly Answer[]): Answer {
  let next = 0;
  return async (response, request) => {
    await steps[next++]?.(response, request);
  };
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

/** The answer of an API server that refuses. */
export function refusal(code: number, reason: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return json(
    code,
    { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message: `because ${reason}` },
    headers,
  );
}

/** Breaks the connection without an answer. */
export const reset: Answer = (response) => {
  response.socket?.resetAndDestroy();
};

export function kubeConfigFor(url: string, token = 'secret'): KubeConfig {
  const config = new KubeConfig();
  config.loadFromClusterAndUser({ name: 'fake', server: url, skipTLSVerify: true }, { name: 'test', token });
  return config;
}

export function clientFor(server: FakeServer, timers: Timers = hastyTimers(), hooks: ClientHooks = {}): KubeClient {
  return createClient({ loadConfig: () => kubeConfigFor(server.url), userAgent: 'plimsoll/test', timers, hooks });
}

/** Timers that note how long they were asked to sleep, and hardly do. */
export interface HastyTimers extends Timers {
  readonly slept: number[];
}

export function hastyTimers(overrides: Partial<Timers> = {}): HastyTimers {
  const slept: number[] = [];
  return {
    slept,
    now: () => performance.now(),
    wallMs: () => Date.now(),
    random: () => 0.5,
    async sleep(ms) {
      slept.push(ms);
      await delay(1);
    },
    ...overrides,
  };
}

export const silent: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silent,
  isDebugEnabled: () => false,
};

/** Polls until the condition holds; fails loudly when it takes too long. */
export async function until(condition: () => boolean, what = String(condition)): Promise<void> {
  const deadline = performance.now() + 8_000;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`not in time: ${what}`);
    await delay(2);
  }
}
