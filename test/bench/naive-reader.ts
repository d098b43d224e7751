import { readFileSync } from 'node:fs';
import { Agent } from 'undici';

/**
 * The least that a program can do which reads all pods and Deployments: it streams them over one connection, parses each,
 * and keeps nothing. `naive-reader <server> <CA file> <token>` prints `done`, and stays until SIGTERM.
 */
const [, , origin = '', caFile = '', token = ''] = process.argv;
const dispatcher = new Agent({ allowH2: true, connect: { ca: readFileSync(caFile) }, bodyTimeout: 0 });
const headers = { authorization: `Bearer ${token}` };

const QUERY = 'watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
const END = '"k8s.io/initial-events-end":"true"';
const NEWLINE = 10;

async function readAll(path: string): Promise<number> {
  const { body, statusCode } = await dispatcher.request({ origin, path: `${path}?${QUERY}`, method: 'GET', headers });
  if (statusCode !== 200) throw new Error(`${path}: HTTP ${statusCode}: ${await body.text()}`);
  let rest: Buffer = Buffer.alloc(0);
  let objects = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, start)) {
      const event = rest.toString('utf8', start, end);
      JSON.parse(event);
      if (event.includes(END)) return objects;
      objects++;
      start = end + 1;
    }
    rest = rest.subarray(start);
  }
  throw new Error(`${path}: the watch ended before the list was complete`);
}

const counts = await Promise.all([readAll('/api/v1/pods'), readAll('/apis/apps/v1/deployments')]);
process.stdout.write(`done ${counts.join(' ')}\n`);
process.on('SIGTERM', () => process.exit(0));
setInterval(() => {}, 60_000);
