import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import {
  directConfigz,
  proxiedConfigz,
  type KubeletAddress,
  type ReadConfigz,
} from '../../../src/kube/kubelet-configz.ts';
import { clientFor, hastyTimers, inTurn, json, startFakeServer } from './fake-server.ts';

const TOKEN = 'the-token-of-the-operator';

/** A key and a certificate for 127.0.0.1 that is its own authority. */
function certificate(folder: string, name: string): { readonly key: string; readonly cert: string } {
  const [key, cert] = [join(folder, `${name}.key`), join(folder, `${name}.crt`)];
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', cert];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files], {
    stdio: 'ignore',
  });
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

describe('reading the configuration of a kubelet', () => {
  let folder = '';
  let server: Server;
  let kubelet: KubeletAddress;
  let authority = '';
  let strangers = '';
  let seen: string[] = [];

  /** As a kubelet answers: 401 without a known token, and its configuration to one that may. */
  function answer({ url, headers }: IncomingMessage, response: ServerResponse): void {
    seen.push(`${url} ${headers.authorization ?? 'without a token'}`);
    response.statusCode = headers.authorization === `Bearer ${TOKEN}` ? 200 : 401;
    response.end(response.statusCode === 200 ? JSON.stringify({ kubeletconfig: { readOnlyPort: 0 } }) : 'Unauthorized');
  }

  before(async function make() {
    this.timeout(30_000);
    folder = mkdtempSync(join(tmpdir(), 'plimsoll-kubelet-'));
    const own = certificate(folder, 'kubelet');
    authority = own.cert;
    strangers = certificate(folder, 'stranger').cert;
    server = createServer(own, answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(typeof address === 'object' && address !== null);
    kubelet = { node: 'a', host: '127.0.0.1', port: address.port };
  });
  beforeEach(() => {
    seen = [];
  });
  after(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A kubeconfig for an API server that is nowhere, which trusts `ca`. */
  function configFor(ca: string, token = TOKEN, skipTLSVerify = false): KubeConfig {
    const config = new KubeConfig();
    config.loadFromOptions({
      clusters: [
        {
          name: 'c',
          server: 'https://api.invalid:6443/prefix',
          caData: Buffer.from(ca).toString('base64'),
          skipTLSVerify,
          tlsServerName: 'api.invalid',
          proxyUrl: 'http://proxy.invalid:3128',
        },
      ],
      users: [{ name: 'u', token }],
      contexts: [{ name: 'x', cluster: 'c', user: 'u' }],
      currentContext: 'x',
    });
    return config;
  }

  const direct = (config: KubeConfig, insecureTls = false): ReadConfigz =>
    directConfigz({ loadConfig: () => config, userAgent: 'plimsoll/test', insecureTls });
  const { signal } = new AbortController();
  const isCertificateError = (error: unknown): boolean =>
    error instanceof Error && 'code' in error && /CERT/.test(String(error.code));

  it('goes to the kubelet itself, with our token, verified by the authority of the cluster', async () => {
    assert.deepEqual(await direct(configFor(authority))(kubelet, signal), { readOnlyPort: 0 });
    assert.deepEqual(seen, [`/configz Bearer ${TOKEN}`]);
  });

  it('tells no stranger our token', async () => {
    await assert.rejects(direct(configFor(strangers))(kubelet, signal), isCertificateError);
    assert.deepEqual(seen, []);
  });

  it('verifies kubelets also where the API server is not verified', async () => {
    await assert.rejects(direct(configFor(strangers, TOKEN, true))(kubelet, signal), isCertificateError);
    assert.deepEqual(seen, []);
  });

  it('verifies nothing where that is asked for', async () => {
    assert.deepEqual(await direct(configFor(strangers), true)(kubelet, signal), { readOnlyPort: 0 });
  });

  it('says so where it is not let in', async () => {
    await assert.rejects(direct(configFor(authority, 'another'))(kubelet, signal), { code: 'Unauthorized' });
  });

  it('goes through the API server only where that is asked for', async () => {
    const apiServer = await startFakeServer(inTurn(json(200, { kubeletconfig: { readOnlyPort: 1 } })));
    const client = clientFor(apiServer, hastyTimers());
    assert.deepEqual(await proxiedConfigz(client)({ ...kubelet, node: 'a b' }, signal), { readOnlyPort: 1 });
    assert.deepEqual(
      apiServer.requests.map(({ path }) => path),
      ['/api/v1/nodes/a%20b/proxy/configz'],
    );
    await client.close();
    await apiServer.close();
  });
});
