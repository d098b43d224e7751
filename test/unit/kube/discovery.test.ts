import assert from 'node:assert/strict';
import { discover, serverVersion } from '../../../src/kube/discovery.ts';
import { clientFor, json, refusal, startFakeServer, type Answer, type FakeServer } from './fake-server.ts';

const resource = (
  group: string,
  version: string,
  plural: string,
): Parameters<Awaited<ReturnType<typeof discover>>['serves']>[0] => ({
  group,
  version,
  resource: plural,
  kind: plural,
  namespaced: true,
});

const PODS = resource('', 'v1', 'pods');
const DEPLOYMENTS = resource('apps', 'v1', 'deployments');
const OLD_DEPLOYMENTS = resource('apps', 'v1beta1', 'deployments');
const WIDGETS = resource('example.com', 'v1', 'widgets');
const METRICS = resource('metrics.k8s.io', 'v1beta1', 'pods');

const group = (name: string, version: string, freshness: string, ...plurals: readonly string[]): object => ({
  metadata: name === '' ? {} : { name },
  versions: [{ version, freshness, resources: plurals.map((plural) => ({ resource: plural })) }],
});

const AGGREGATED: Readonly<Record<string, Answer>> = {
  '/api': json(200, { kind: 'APIGroupDiscoveryList', items: [group('', 'v1', 'Current', 'pods')] }),
  '/apis': json(200, {
    kind: 'APIGroupDiscoveryList',
    items: [group('apps', 'v1', 'Current', 'deployments'), group('metrics.k8s.io', 'v1beta1', 'Stale')],
  }),
};

const versions = (...names: readonly string[]): object => ({
  versions: names.map((groupVersion) => ({ groupVersion })),
});
const LEGACY: Readonly<Record<string, Answer>> = {
  '/api': json(200, { kind: 'APIVersions', versions: ['v1'] }),
  '/api/v1': json(200, { kind: 'APIResourceList', resources: [{ name: 'pods' }, { name: 'pods/status' }] }),
  '/apis': json(200, { kind: 'APIGroupList', groups: [versions('apps/v1'), versions('metrics.k8s.io/v1beta1')] }),
  '/apis/apps/v1': json(200, { kind: 'APIResourceList', resources: [{ name: 'deployments' }] }),
  '/apis/metrics.k8s.io/v1beta1': refusal(503, 'ServiceUnavailable'),
};

describe('discovery', () => {
  let server: FakeServer | undefined;
  afterEach(async () => server?.close());

  async function start(routes: Readonly<Record<string, Answer>>): Promise<ReturnType<typeof clientFor>> {
    server = await startFakeServer((response, request) =>
      (routes[request.path] ?? refusal(404, 'NotFound'))(response, request),
    );
    return clientFor(server);
  }

  for (const [name, routes] of [
    ['aggregated', AGGREGATED],
    ['older', LEGACY],
  ] as const) {
    it(`tells what is served, absent and unknown, from ${name} discovery`, async () => {
      const { serves } = await discover(await start(routes));
      assert.deepEqual([PODS, DEPLOYMENTS, OLD_DEPLOYMENTS, WIDGETS, METRICS].map(serves), [
        'Served',
        'Served',
        'Absent',
        'Absent',
        'Unknown',
      ]);
    });
  }

  it('takes two requests if the server knows aggregated discovery', async () => {
    await discover(await start(AGGREGATED));
    assert.equal(server?.requests.length, 2);
    assert.match(
      server.requests[0]?.headers.accept ?? '',
      /^application\/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,/,
    );
  });

  it('throws when nothing can be learnt', async () => {
    await assert.rejects(discover(await start({})), { code: 'NotFound' });
  });

  for (const minor of ['37', '37+']) {
    it(`reads the version of a server that calls its minor ${minor}`, async () => {
      const client = await start({ '/version': json(200, { major: '1', minor, gitVersion: 'v1.37.2' }) });
      assert.deepEqual(await serverVersion(client), { major: 1, minor: 37, gitVersion: 'v1.37.2' });
    });
  }
});
