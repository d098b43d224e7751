import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it came. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An HTTP server on loopback that keeps what it is sent. */
export interface WebhookReceiver {
  /** Without a path; every path is taken. */
  readonly url: string;
  /** All so far, in the order in which they were complete. */
  readonly requests: () => readonly ReceivedRequest[];
  readonly clear: () => void;
  /** How it answers from now on. At first 200. */
  readonly answer: (status: number, headers?: Readonly<Record<string, string>>) => void;
  readonly stop: () => Promise<void>;
}

/** Start a receiver on a free port. */
export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  let requests: ReceivedRequest[] = [];
  let answer: readonly [number, Readonly<Record<string, string>>] = [200, {}];
  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    text(request).then(
      (body) => {
        requests.push({ method, path: url, headers, body });
        response.writeHead(...answer).end();
      },
      // The sender has gone away in the middle.
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // It keeps no process alive that has forgotten to stop it.
  server.unref();
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests: () => requests,
    clear: () => {
      requests = [];
    },
    answer: (status, headers = {}) => {
      answer = [status, headers];
    },
    stop: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
