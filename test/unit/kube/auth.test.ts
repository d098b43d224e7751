import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfigError, loadKubeConfig } from '../../../src/kube/auth.ts';

const CONFIG = `
apiVersion: v1
kind: Config
current-context: here
clusters:
- {name: one, cluster: {server: 'https://one:6443'}}
- {name: two, cluster: {server: 'https://two:6443'}}
- {name: odd, cluster: {server: 'not a URL'}}
users:
- {name: me, user: {token: t}}
contexts:
- {name: here, context: {cluster: one, user: me}}
- {name: there, context: {cluster: two, user: me}}
- {name: odd, context: {cluster: odd, user: me}}
- {name: broken, context: {cluster: none, user: me}}
`;

describe('loadKubeConfig', () => {
  let folder: string;
  let kubeconfig: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
    kubeconfig = join(folder, 'config');
    writeFileSync(kubeconfig, CONFIG);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('reads the current context of a file', () => {
    assert.equal(loadKubeConfig({ kubeconfig }).getCurrentCluster()?.server, 'https://one:6443');
  });

  it('reads the context that is asked for', () => {
    assert.equal(loadKubeConfig({ kubeconfig, context: 'there' }).getCurrentCluster()?.server, 'https://two:6443');
  });

  const wrong: readonly (readonly [name: string, context: string, message: RegExp])[] = [
    ['a context that is not there', 'nowhere', /no context 'nowhere' .*it has: here, there, odd, broken/],
    ['a context without its cluster', 'broken', /no context 'broken' with a cluster/],
    ['a server that is no URL', 'odd', /'not a URL' is not a URL/],
  ];
  for (const [name, context, message] of wrong) {
    it(`refuses ${name}`, () => {
      assert.throws(
        () => loadKubeConfig({ kubeconfig, context }),
        (error) => {
          assert.ok(error instanceof KubeConfigError);
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }

  it('refuses a file that is not there, and one that is not YAML', () => {
    assert.throws(() => loadKubeConfig({ kubeconfig: join(folder, 'absent') }), KubeConfigError);
    const garbage = join(folder, 'garbage');
    writeFileSync(garbage, '{{{');
    assert.throws(() => loadKubeConfig({ kubeconfig: garbage }), KubeConfigError);
  });
});
