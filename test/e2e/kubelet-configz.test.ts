import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { dirname, join } from 'node:path';
import { useInstalled } from '../support/installed.ts';
import { violated } from '../support/violated.ts';

const NODE = 'configz';

describe('an operator that asks kubelets for their configuration', () => {
  const cluster = useInstalled();
  /** What the kubelet answers: its configuration, or that we may not see it. */
  let answer: { readonly status: number; readonly body: string };
  const tokens = new Set<string | undefined>();
  let kubelet: Server;

  before(async () => {
    // A serving certificate for 127.0.0.1 that the authority of the cluster has signed: that of the API server.
    const certs = join(dirname(cluster.controlPlane().kubeconfig), 'certs');
    const [key, cert] = ['apiserver.key', 'apiserver.crt'].map((file) => readFileSync(join(certs, file)));
    assert.ok(key !== undefined && cert !== undefined);
    kubelet = createServer({ key, cert }, ({ headers, url }, response) => {
      tokens.add(headers.authorization);
      response.statusCode = url === '/configz' ? answer.status : 404;
      response.end(answer.body);
    }).listen(0, '127.0.0.1');
    await once(kubelet, 'listening');
    const address = kubelet.address();
    assert.ok(typeof address === 'object' && address !== null);
    await cluster.apply([{ apiVersion: 'v1', kind: 'Node', metadata: { name: NODE } }]);
    const status = {
      addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
      daemonEndpoints: { kubeletEndpoint: { Port: address.port } },
    };
    await cluster.kubectl([
      'patch',
      'node',
      NODE,
      '--subresource=status',
      '--type=merge',
      `--patch=${JSON.stringify({ status })}`,
    ]);
  });
  after(async () => {
    await cluster.kubectl(['delete', 'node', NODE, '--ignore-not-found', '--wait=false']);
    kubelet.close();
  });

  it('finds what is wanting on the Node, from the first pass on, and nothing on the Cluster', async () => {
    answer = { status: 200, body: JSON.stringify({ kubeletconfig: { readOnlyPort: 10_255 } }) };
    const operator = await cluster.operator('--kubelet-config-source=direct');
    await operator.firstPassDone();
    const own = await cluster.report('', `node-${NODE}`);
    const found = own?.findings.find(({ check }) => check === 'kubelet-read-only-port');
    assert.equal(found?.origin, 'Baseline');
    assert.ok([...tokens].every((token) => token?.startsWith('Bearer ') === true));
    const whole = await cluster.report('', 'cluster');
    assert.ok(whole !== undefined && !violated(whole).some((check) => check.startsWith('kubelet-')));
    assert.ok(!whole.unknown.some(({ check }) => check === 'kubelet-read-only-port'));
    await operator.stop();
  });

  it('says once, on the Cluster, that it may not, and keeps what was found', async () => {
    answer = { status: 403, body: 'Forbidden' };
    const operator = await cluster.operator('--kubelet-config-source=direct');
    await operator.firstPassDone();
    const whole = await cluster.report('', 'cluster');
    const unknown = whole?.unknown.find(({ check }) => check === 'kubelet-read-only-port');
    assert.equal(unknown?.reason, 'PermissionDenied');
    const own = await cluster.report('', `node-${NODE}`);
    assert.ok(own !== undefined && violated(own).includes('kubelet-read-only-port'));
    await operator.stop();
  });

  it('asks nobody by default, and says nothing of kubelets where that is switched off', async () => {
    tokens.clear();
    const operator = await cluster.operator('--kubelet-config-source=off');
    await operator.firstPassDone();
    const whole = await cluster.report('', 'cluster');
    assert.ok(!whole?.unknown.some(({ check }) => check.startsWith('kubelet-')));
    await operator.stop();
    const another = await cluster.operator();
    await another.firstPassDone();
    await another.stop();
    assert.equal(tokens.size, 0);
  });
});
