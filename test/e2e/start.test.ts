import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPlimsoll } from '../support/operator.ts';

type Case = readonly [name: string, args: readonly string[], env: Readonly<Record<string, string>>, says: RegExp];

const IN_CLUSTER = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: '1' };

const CASES: readonly Case[] = [
  ['an unknown flag', ['--namespace=shop'], {}, /unknown option '--namespace=shop'/],
  ['an unknown variable', [], { PLIMSOLL_LOG_LEVL: 'debug' }, /PLIMSOLL_LOG_LEVL.*PLIMSOLL_LOG_LEVEL/],
  ['a bad value in a flag', ['--concurrency=many'], {}, /--concurrency.*many/],
  ['a bad value in a variable', [], { PLIMSOLL_CONCURRENCY: '0' }, /PLIMSOLL_CONCURRENCY.*0/],
  ['a kubeconfig that is not there', ['--kubeconfig=/nowhere/config'], {}, /--kubeconfig.*\/nowhere\/config/],
  ['a namespace both in and out', ['--namespaces=shop', '--exclude-namespaces=shop'], IN_CLUSTER, /shop/],
  ['no cluster to go to', ['--no-leader-elect'], {}, /kubeconfig/],
];

describe('a start that cannot succeed', () => {
  for (const [name, args, env, says] of CASES) {
    it(`ends with one line and code 2: ${name}`, async () => {
      const { code, stdout, stderr } = await runPlimsoll(['operator', ...args], env);
      assert.match(stderr, says);
      assert.match(stderr, /^plimsoll: [^\n]+\n$/);
      assert.deepEqual([code, stdout], [2, '']);
    });
  }

  it('ends with one line and code 1 if the kubeconfig cannot be used', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plimsoll-start-'));
    try {
      const kubeconfig = join(folder, 'config');
      await writeFile(kubeconfig, 'apiVersion: v1\nkind: Config\n');
      const { code, stderr } = await runPlimsoll(['operator', `--kubeconfig=${kubeconfig}`, '--no-leader-elect']);
      assert.match(stderr, /^plimsoll: [^\n]*kubeconfig[^\n]*\n$/);
      assert.equal(code, 1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('explains each setting with --help', async () => {
    const { code, stdout } = await runPlimsoll(['operator', '--help']);
    assert.equal(code, 0);
    for (const text of ['--exclude-namespaces', 'PLIMSOLL_METRICS_BIND_ADDRESS', 'default: 8', 'Examples:'])
      assert.ok(stdout.includes(text), text);
  });
});
