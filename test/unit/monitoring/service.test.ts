import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { startService, type Service } from '../../monitoring/service.ts';

/** Stands for a server of Prometheus' family: ready at the second question, and tells its folder, process and data. */
const SERVER = `
import { appendFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
const [folder, address] = process.argv.slice(2);
appendFileSync(folder + '/data', 'started ');
let asked = 0;
createServer((request, response) => {
  if (request.url === '/-/ready') response.writeHead(++asked > 1 ? 200 : 503);
  response.end(JSON.stringify({ folder, pid: process.pid, data: readFileSync(folder + '/data', 'utf8') }));
}).listen(Number(address.split(':')[1]), '127.0.0.1');
`;

interface About {
  readonly folder: string;
  readonly pid: number;
  readonly data: string;
}

describe('A service of the monitoring', () => {
  const running: Service[] = [];
  afterEach(async () => {
    for (const service of running.splice(0)) await service.stop();
  });
  const start = async (script = SERVER): Promise<Service> => {
    const service = await startService({
      name: 'some',
      program: process.execPath,
      files: { 'server.mjs': script },
      args: (folder, address) => [`${folder}/server.mjs`, folder, address],
    });
    running.push(service);
    return service;
  };
  const about = async ({ url }: Service): Promise<About> => (await (await fetch(url)).json()) as About;

  it('is started when it is ready', async () => {
    const service = await start();
    assert.equal((await fetch(`${service.url}/-/ready`)).status, 200);
  });

  it('keeps its address and its data over a restart', async () => {
    const service = await start();
    const before = await about(service);
    let wasDown = false;
    await service.restart(async () => {
      wasDown = await fetch(service.url).then(
        () => false,
        () => true,
      );
    });
    const after = await about(service);
    assert.ok(wasDown);
    assert.notEqual(after.pid, before.pid);
    assert.equal(after.data, 'started started ');
  });

  it('leaves neither process nor files behind when it is stopped, also twice', async () => {
    const service = await start();
    const { folder, pid } = await about(service);
    await service.stop();
    await service.stop();
    assert.ok(!existsSync(folder));
    assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' });
  });

  it('that ends by itself is reported with the end of its log', async () => {
    await assert.rejects(start('console.error("bad configuration"); process.exit(3);'), {
      code: 'DaemonEnded',
      message: /^some ended \(exit code 3\)[^]*bad configuration/,
    });
  });
});
