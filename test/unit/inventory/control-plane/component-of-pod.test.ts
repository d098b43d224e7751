import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { componentOf } from '../../../../src/inventory/control-plane/component-of-pod.ts';
import { isComponentName, type ComponentFacts } from '../../../../src/inventory/facts/component.ts';

interface Container {
  readonly command?: unknown;
  readonly args?: unknown;
  readonly env?: unknown;
}

const of = (...containers: readonly Container[]): ComponentFacts | undefined => componentOf(containers, 'a');
const flagsOf = (...command: readonly string[]): ComponentFacts['flags'] | undefined => of({ command })?.flags;

describe('a part of the control plane', () => {
  it('is told by the program it starts, wherever that lies', () => {
    assert.deepEqual(of({ command: ['/usr/local/bin/kube-scheduler', '--profiling=false'] }), {
      component: 'kube-scheduler',
      node: 'a',
      flags: { profiling: 'false' },
    });
  });

  it('is told by args where the image starts it', () => {
    assert.equal(of({ args: ['etcd', '--auto-tls'] })?.component, 'etcd');
  });

  it('is found behind a shell, and behind what runs another program', () => {
    const script =
      'mkdir -p /var/log/kube-apiserver; exec /bin/kube-apiserver --anonymous-auth="false" 2>&1 | tee /log';
    assert.deepEqual(flagsOf('/bin/sh', '-ec', script), { 'anonymous-auth': 'false' });
    assert.deepEqual(flagsOf('/go-runner', '--redirect-stderr', 'kube-apiserver', '--profiling=false'), {
      profiling: 'false',
    });
    assert.deepEqual(flagsOf('sh', '-c', 'GOGC=50 kube-apiserver --profiling'), { profiling: 'true' });
  });

  it('is none where its name is only mentioned', () => {
    assert.equal(flagsOf('cp', '/usr/bin/kube-apiserver', '/out'), undefined);
    assert.equal(flagsOf('kube-apiserver-proxy', '--profiling'), undefined);
    assert.equal(flagsOf('sh', '-c', 'echo kube-apiserver --profiling'), undefined);
  });

  it('is the first container that is one', () => {
    assert.equal(of({ command: ['pause'] }, { command: ['kube-scheduler'] })?.component, 'kube-scheduler');
  });
});

const FLAGS: readonly (readonly [name: string, args: readonly string[], flags: ComponentFacts['flags']])[] = [
  [
    'take their value after = or as the next word',
    ['--client-ca-file=/a', '--token-auth-file', '/b'],
    { 'client-ca-file': '/a', 'token-auth-file': '/b' },
  ],
  [
    'may stand alone if they are boolean, and never take the next word',
    ['--profiling', 'false'],
    { profiling: 'true' },
  ],
  ['may have = in their value', ['--client-ca-file=/a=b'], { 'client-ca-file': '/a=b' }],
  [
    'read booleans as Go does',
    ['--profiling=F', '--anonymous-auth=1'],
    { profiling: 'false', 'anonymous-auth': 'true' },
  ],
  ['count the last time they are given', ['--profiling=true', '--profiling=false'], { profiling: 'false' }],
  [
    'add up if they are lists',
    ['--authorization-mode=Node', '--authorization-mode=RBAC,Webhook'],
    { 'authorization-mode': 'Node,RBAC,Webhook' },
  ],
  ['may be written with underscores', ['--client_ca_file=/a'], { 'client-ca-file': '/a' }],
  ['end at --', ['--', '--profiling=false'], {}],
  [
    'are not kept if nobody reads them',
    ['--v=2', '--etcd-servers', 'https://e', '--allow-privileged', '--profiling=false'],
    { profiling: 'false' },
  ],
  ['may be empty', ['--client-ca-file='], { 'client-ca-file': '' }],
];

describe('the flags of a part of the control plane', () => {
  for (const [name, args, flags] of FLAGS) {
    it(name, () => assert.deepEqual(flagsOf('kube-apiserver', ...args), flags));
  }

  it('have their variables replaced by what the container sets', () => {
    const env = [
      { name: 'CA', value: '/ca' },
      { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.hostIP' } } },
    ];
    assert.deepEqual(of({ command: ['kube-scheduler', '--config=$(CA)', '--bind-address=$(HOST)'], env })?.flags, {
      config: '/ca',
      'bind-address': '$(HOST)',
    });
  });

  it('of etcd may have one hyphen, and may stand in the environment, over which the command line wins', () => {
    const env = [
      { name: 'ETCD_CERT_FILE', value: '/env.crt' },
      { name: 'ETCD_CLIENT_CERT_AUTH', value: 'true' },
      { name: 'ETCD_DATA_DIR', value: '/data' },
    ];
    assert.deepEqual(of({ command: ['etcd', '-cert-file=/arg.crt', '-auto-tls'], env })?.flags, {
      'cert-file': '/arg.crt',
      'client-cert-auth': 'true',
      'auto-tls': 'true',
    });
  });

  it('are none where there is no list of containers', () => {
    for (const odd of [undefined, null, 'etcd', {}]) assert.equal(componentOf(odd, 'a'), undefined);
  });

  it('are read from whatever stands in a pod', () => {
    const field = fc.oneof(fc.array(fc.constantFrom('etcd', 'sh', '-c', '--auto-tls', '--')), fc.jsonValue());
    const container = fc.oneof(fc.record({ command: field, args: field, env: field }), fc.jsonValue());
    fc.assert(
      fc.property(fc.array(container), (containers) => {
        const found = componentOf(containers, '');
        assert.ok(found === undefined || isComponentName(found.component));
      }),
    );
  });
});
