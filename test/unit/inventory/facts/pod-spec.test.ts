import assert from 'node:assert/strict';
import type { V1Container, V1PodSpec, V1Volume } from '@kubernetes/client-node';
import { podSpecFacts, type PodSpecFacts, type TokenMounts } from '../../../../src/inventory/facts/pod-spec.ts';
import { podView } from '../../../../src/inventory/facts/pod-view.ts';

const PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const INJECTED = 'kube-api-access-x7f2k';

const container = (...mounts: readonly (readonly [volume: string, path: string])[]): V1Container => ({
  name: 'app',
  volumeMounts: mounts.map(([name, mountPath]) => ({ name, mountPath })),
});
const token = (name: string): V1Volume => ({
  name,
  projected: { sources: [{ configMap: { name: 'kube-root-ca.crt' } }, { serviceAccountToken: { path: 'token' } }] },
});
const facts = (spec: V1PodSpec, annotations: Readonly<Record<string, string>> = {}): PodSpecFacts<undefined> =>
  podSpecFacts(podView(spec, annotations), undefined);

const NONE: TokenMounts = { injected: false, shadowed: false, explicitVolumes: [] };

describe('What a pod spec tells of its tokens', () => {
  const cases: readonly (readonly [what: string, spec: V1PodSpec, expected: TokenMounts])[] = [
    ['nothing, of a malformed pod without containers', { containers: [] }, NONE],
    ['nothing, of a plain container', { containers: [container()] }, NONE],
    [
      'the volume of the API server',
      { containers: [container([INJECTED, PATH])], volumes: [token(INJECTED)] },
      { ...NONE, injected: true },
    ],
    [
      'a volume of the author',
      { containers: [container(['mine', '/token'])], volumes: [token('mine')] },
      { ...NONE, explicitVolumes: ['mine'] },
    ],
    ['a volume that nobody mounts', { containers: [container()], volumes: [token('mine')] }, NONE],
    [
      'a volume that only a sidecar mounts',
      {
        containers: [container()],
        initContainers: [{ ...container(['mine', '/token']), name: 'proxy', restartPolicy: 'Always' }],
        volumes: [token('mine')],
      },
      { ...NONE, explicitVolumes: ['mine'] },
    ],
    [
      'a volume that only a debug container mounts',
      {
        containers: [container()],
        ephemeralContainers: [{ ...container(['mine', '/token']), name: 'debug' }],
        volumes: [token('mine')],
      },
      { ...NONE, explicitVolumes: ['mine'] },
    ],
    [
      'a volume of the author that is nearly called like that of the API server',
      { containers: [container(['kube-api-access-mine-too', PATH])], volumes: [token('kube-api-access-mine-too')] },
      { injected: false, shadowed: true, explicitVolumes: ['kube-api-access-mine-too'] },
    ],
    [
      'a volume of the author that is called like it and mounted elsewhere',
      { containers: [container([INJECTED, '/token'])], volumes: [token(INJECTED)] },
      { ...NONE, explicitVolumes: [INJECTED] },
    ],
    [
      'something else in its place, in every container',
      { containers: [container(['data', PATH])], volumes: [{ name: 'data', emptyDir: {} }] },
      { ...NONE, shadowed: true },
    ],
    [
      'something else in its place, but not in an init container',
      { containers: [container(['data', PATH])], initContainers: [container()] },
      NONE,
    ],
    [
      'something else in its place, beside a debug container, which gets no token',
      { containers: [container(['data', PATH])], ephemeralContainers: [{ ...container(), name: 'debug' }] },
      { ...NONE, shadowed: true },
    ],
    [
      'something else below its place',
      { containers: [container(['data', `${PATH}/more`])], volumes: [{ name: 'data', emptyDir: {} }] },
      NONE,
    ],
  ];
  for (const [what, spec, expected] of cases) {
    it(`is ${what}`, () => assert.deepEqual(facts(spec).tokenMounts, expected));
  }
});

describe('What is kept of a pod spec', () => {
  it('is the ServiceAccount by its name, by its name of old, or the default one', () => {
    const containers = [container()];
    assert.equal(facts({ containers, serviceAccountName: 'a', serviceAccount: 'b' }).serviceAccountName, 'a');
    assert.equal(facts({ containers, serviceAccount: 'b' }).serviceAccountName, 'b');
    assert.equal(facts({ containers, serviceAccountName: '' }).serviceAccountName, 'default');
  });

  it('is a mirror pod by its annotation, whatever that says', () => {
    assert.ok(facts({ containers: [] }, { 'kubernetes.io/config.mirror': '' }).isMirror);
    assert.ok(!facts({ containers: [] }, { 'kubernetes.io/config.source': 'file' }).isMirror);
  });

  it('is every Secret that it mounts or takes variables from, in containers of each sort', () => {
    const spec: V1PodSpec = {
      containers: [{ name: 'app', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'c', key: 'k' } } }] }],
      initContainers: [{ name: 'init', envFrom: [{ secretRef: { name: 'b' } }] }],
      ephemeralContainers: [{ name: 'debug', envFrom: [{ secretRef: { name: 'a' } }] }],
      volumes: [
        { name: 'd', secret: { secretName: 'd' } },
        { name: 'e', projected: { sources: [{ secret: { name: 'e' } }] } },
        { name: 'f', configMap: { name: 'f' } },
      ],
    };
    assert.deepEqual(facts(spec).secrets, ['a', 'b', 'c', 'd', 'e']);
  });
});
