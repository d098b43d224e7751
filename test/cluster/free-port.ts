import { createServer } from 'node:net';

/** A TCP port of 127.0.0.1 that nobody listens on now. Somebody may by the time it is used: be ready to try another. */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error(`no port in the address ${address}`));
      });
    });
  });
}
