import assert from 'node:assert/strict';
import { posix } from 'node:path';
import * as fc from 'fast-check';
import { holds } from '../../../../src/checks/volumes/host-directories.ts';
import { reachesRuntime } from '../../../../src/checks/volumes/runtime-sockets.ts';
import { sensitivity } from '../../../../src/checks/volumes/sensitive-paths.ts';

const CASES: readonly (readonly [path: string, severity: ReturnType<typeof sensitivity>])[] = [
  ['/', 'Critical'],
  ['/var', 'Critical'],
  ['/var/lib', 'Critical'],
  ['/var/lib/kubelet', 'Critical'],
  ['/var/lib/kubelet/pods', 'Critical'],
  ['/var/lib/kubelet/plugins/driver', 'High'],
  ['/var/lib/kubelet-data', undefined],
  ['/etc', 'Critical'],
  ['/etc/kubernetes/pki', 'Critical'],
  ['/etc/cni/net.d', 'High'],
  ['/etc/ssl', 'High'],
  ['/etc/ssl/certs', undefined],
  ['/etc/localtime', undefined],
  ['/etcd', undefined],
  ['/proc/1', 'High'],
  ['/dev/shm', undefined],
  ['/lib/modules', undefined],
  ['/srv/data', undefined],
  ['/var/log', undefined],
];

describe('The sensitivity of a path of the node', () => {
  for (const [path, severity] of CASES) {
    it(`is ${severity ?? 'none'} for ${path}`, () => assert.equal(sensitivity(path), severity));
  }

  it('is never less for a directory than for what it holds', () => {
    const segments = fc.array(fc.constantFrom('var', 'lib', 'etc', 'kubelet', 'plugins', 'ssl', 'certs', 'x'), {
      maxLength: 5,
    });
    const ranks = ['Critical', 'High', 'Medium', undefined];
    fc.assert(
      fc.property(segments, (names) => {
        const path = `/${names.join('/')}`;
        assert.ok(ranks.indexOf(sensitivity(posix.dirname(path))) <= ranks.indexOf(sensitivity(path)), path);
      }),
    );
  });
});

describe('A path reaches the container runtime', () => {
  for (const path of [
    '/run/containerd/containerd.sock',
    '/var/run/docker.sock',
    '/run',
    '/var/run',
    '/',
    '/var',
    '/opt/x/crio.sock',
  ]) {
    it(`if it is ${path}`, () => assert.ok(reachesRuntime(path)));
  }
  for (const path of [
    '/run/user',
    '/run/containerd-x',
    '/var/lib/docker',
    '/run/containerd/containerd.sock.ttrpc',
    '/docker.sock.d',
  ]) {
    it(`and not if it is ${path}`, () => assert.ok(!reachesRuntime(path)));
  }
});

describe('A directory holds', () => {
  it('itself and what lies in it, and nothing that only begins like it', () => {
    assert.ok(holds('/a', '/a') && holds('/a', '/a/b') && holds('/', '/a') && holds('/', '/'));
    assert.ok(!holds('/a', '/ab') && !holds('/a/b', '/a'));
  });
});
