import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BinariesError, ensureBinaries, type Binaries } from '../../cluster/binaries.ts';
import type { Environment } from '../../cluster/environment.ts';
import type { Progress } from '../../cluster/progress.ts';
import { useTempFolder } from './temp-folder.ts';

/** Stands for the Go toolchain: notes its calls beside itself, and "builds" files with the package's name in them. */
const FAKE_GO = `#!/bin/sh
echo "$@" >> "$0.calls"
for last; do :; done
case "$1" in
  list) echo "go: downloading a module" >&2; echo common; echo cached; echo "$last" ;;
  build)
    echo common >&2; echo "$last" >&2
    case "$last" in *"$BROKEN_PACKAGE") echo "undefined: x" >&2; exit 1 ;; esac
    while [ "$1" != -o ]; do shift; done
    echo "$last" > "$2" ;;
esac
`;

describe('The binaries of the control plane', () => {
  const folder = useTempFolder();
  const caches = (): string => join(folder(), 'caches');
  const env = (more: Environment = {}): Environment => ({
    PATH: join(folder(), 'bin'),
    HOME: folder(),
    XDG_CACHE_HOME: caches(),
    BROKEN_PACKAGE: '/none',
    ...more,
  });
  const installGo = (): void => {
    mkdirSync(join(folder(), 'bin'));
    writeFileSync(join(folder(), 'bin', 'go'), FAKE_GO, { mode: 0o755 });
  };
  const builds = (): readonly string[] =>
    readFileSync(join(folder(), 'bin', 'go.calls'), 'utf8')
      .split('\n')
      .filter((call) => call.startsWith('build'));
  const assets = (names: readonly string[]): string => {
    const path = join(folder(), 'assets');
    mkdirSync(path);
    for (const name of names) writeFileSync(join(path, name), '');
    return path;
  };
  const ensure = async (more?: Environment): Promise<Binaries> =>
    ensureBinaries({ env: env(more), progress: recorder() });
  let said: string[] = [];
  const recorder = (): Progress => ({
    note: (line) => said.push(line),
    step: async (title, work) => work((detail) => said.push(`${title}: ${detail}`)),
  });
  beforeEach(() => {
    said = [];
  });

  it('come from KUBEBUILDER_ASSETS when it is set', async () => {
    const path = assets(['etcd', 'kube-apiserver', 'kubectl', 'kube-controller-manager']);
    assert.deepEqual(await ensure({ KUBEBUILDER_ASSETS: path }), {
      etcd: join(path, 'etcd'),
      kubeApiserver: join(path, 'kube-apiserver'),
      kubectl: join(path, 'kubectl'),
      kubeControllerManager: join(path, 'kube-controller-manager'),
    });
  });

  it('are refused when KUBEBUILDER_ASSETS lacks some, which are named', async () => {
    const path = assets(['etcd']);
    await assert.rejects(ensure({ KUBEBUILDER_ASSETS: path }), (error) => {
      assert.ok(error instanceof BinariesError);
      assert.equal(error.message, `KUBEBUILDER_ASSETS is ${path}, which has no kube-apiserver, no kubectl`);
      return true;
    });
  });

  it('are completed by a built kube-controller-manager when KUBEBUILDER_ASSETS lacks only that', async () => {
    installGo();
    const path = assets(['etcd', 'kube-apiserver', 'kubectl']);
    const { etcd, kubeControllerManager } = await ensure({ KUBEBUILDER_ASSETS: path });
    assert.equal(dirname(etcd), path);
    assert.equal(dirname(dirname(kubeControllerManager ?? '')), join(caches(), 'plimsoll', 'controlplane'));
    assert.equal(builds().length, 1);
  });

  it('go without kube-controller-manager when KUBEBUILDER_ASSETS lacks it and there is no Go', async () => {
    const path = assets(['etcd', 'kube-apiserver', 'kubectl']);
    assert.equal((await ensure({ KUBEBUILDER_ASSETS: path })).kubeControllerManager, undefined);
    assert.match(said.join('\n'), /no kube-controller-manager/);
  });

  it('are built once, and come from the cache afterwards, also without Go', async () => {
    installGo();
    const built = await ensure();
    assert.equal(readFileSync(built.kubectl, 'utf8'), 'k8s.io/kubernetes/cmd/kubectl\n');
    assert.equal(builds().length, 4);
    assert.deepEqual(await ensure({ PATH: '' }), built);
    assert.deepEqual(readdirSync(dirname(built.etcd)).sort(), [
      'etcd',
      'kube-apiserver',
      'kube-controller-manager',
      'kubectl',
    ]);
  });

  it('are cached in ~/.cache when XDG_CACHE_HOME is not set', async () => {
    installGo();
    const { etcd } = await ensure({ XDG_CACHE_HOME: undefined });
    assert.equal(dirname(dirname(etcd)), join(folder(), '.cache', 'plimsoll', 'controlplane'));
  });

  it('are built once by two runs at a time', async () => {
    installGo();
    const [one, other] = await Promise.all([ensure(), ensure()]);
    assert.deepEqual(one, other);
    assert.equal(builds().length, 4);
    assert.match(said.join('\n'), new RegExp(`process ${process.pid} is making .*: waiting for it`));
  });

  it('say beforehand how long the build takes, and while it runs how far it is', async () => {
    installGo();
    await ensure();
    assert.match(said[0] ?? '', /^Kubernetes v1\.\d+\.\d+ is built from source, once: about ten minutes on two cores/);
    assert.ok(said.includes('fetch the Go modules: 1 so far'));
    assert.ok(said.includes('build etcd (1 of 4): 2 of 6 packages compiled'), said.join('\n'));
    assert.ok(said.includes('build kube-controller-manager (4 of 4): 6 of 6 packages compiled'), said.join('\n'));
  });

  it('are of an older version where KUBERNETES_MINOR asks for it, beside the newest etcd and kubectl', async () => {
    installGo();
    const older = await ensure({ KUBERNETES_MINOR: '1.32' });
    assert.match(older.kubeApiserver, /\/v1\.32\.\d+-[0-9a-f]{16}\/kube-apiserver$/);
    assert.equal(dirname(older.kubeControllerManager ?? ''), dirname(older.kubeApiserver));
    assert.equal(dirname(older.kubectl), dirname(older.etcd));
    assert.notEqual(dirname(older.etcd), dirname(older.kubeApiserver));
    assert.equal(builds().length, 4);
  });

  it('are the newest where KUBERNETES_MINOR asks for these', async () => {
    installGo();
    const newest = await ensure();
    const [, minor = ''] = /\/v(1\.\d+)\.\d+-/.exec(newest.etcd) ?? [];
    assert.deepEqual(await ensure({ KUBERNETES_MINOR: minor }), newest);
  });

  it('are refused for a version that is not there, with those that are', async () => {
    await assert.rejects(ensure({ KUBERNETES_MINOR: '1.2' }), /KUBERNETES_MINOR is 1\.2; there are v1\..* v1\.32/);
  });

  it('that were built before a build failed are kept, and nothing else', async () => {
    installGo();
    await assert.rejects(
      ensure({ BROKEN_PACKAGE: '/kube-apiserver' }),
      /go build failed \(exit code 1\):[^]*undefined: x/,
    );
    const { etcd } = await ensure();
    assert.equal(builds().filter((call) => call.endsWith('etcd/server/v3')).length, 1);
    assert.equal(readdirSync(dirname(etcd)).length, 4);
  });
});
