import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { eventually } from '../cluster/eventually.ts';
import { useInstalled, type StoredReport } from '../support/installed.ts';
import { deployment, type Manifest } from '../support/manifests.ts';
import type { RunningOperator } from '../support/operator.ts';
import { violated } from '../support/violated.ts';

const NETWORKING = 'networking.k8s.io/v1';
const policy = (name: string, spec: object): Manifest => ({
  apiVersion: NETWORKING,
  kind: 'NetworkPolicy',
  metadata: { name },
  spec: { ...spec },
});
const forApp = (app: string): object => ({
  podSelector: { matchLabels: { app } },
  policyTypes: ['Ingress', 'Egress'],
});
const ingress = (name: string, tls: readonly object[], annotations: object = {}): Manifest => ({
  apiVersion: NETWORKING,
  kind: 'Ingress',
  metadata: { name, annotations },
  spec: {
    tls,
    rules: [
      {
        host: 'shop.example.com',
        http: {
          paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
        },
      },
    ],
  },
});
const service = (name: string, spec: object): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { ports: [{ port: 80 }], ...spec },
});

const has = (check: string) => (report: StoredReport) => violated(report).includes(check);
const hasNot = (check: string) => (report: StoredReport) => !violated(report).includes(check);

describe('the operator and what surrounds workloads', () => {
  const cluster = useInstalled();
  let operator: RunningOperator;
  let namespace: string;

  before(async () => {
    for (const word of ['configmaps', 'token-secrets'])
      for (const file of ['role', 'role_binding']) {
        const path = new URL(`../../config/optional/read-${word}/${file}.yaml`, import.meta.url);
        await cluster.kubectl(['apply', '--server-side', '--filename=-'], { input: await readFile(path, 'utf8') });
      }
    operator = await cluster.operator('--exclude-namespaces=kube-*', '--read=configmaps,token-secrets');
    await operator.firstPassDone();
  });
  beforeEach(async () => {
    namespace = await cluster.namespace('shop');
  });
  after(async () => {
    for (const kind of ['clusterrole', 'clusterrolebinding'])
      await cluster.kubectl(['delete', kind, 'plimsoll-read-configmaps', 'plimsoll-read-token-secrets']);
  });

  const apply = async (...manifests: readonly Manifest[]): Promise<void> => cluster.apply(manifests, namespace);
  const report = (name: string, what: string, is: (report: StoredReport) => boolean): Promise<StoredReport> =>
    cluster.reportWhere(namespace, name, what, is);
  const gone = (name: string): Promise<unknown> =>
    eventually(`the report ${name} is gone`, async () => (await cluster.report(namespace, name)) === undefined);

  it('judges a namespace by its policies, and again with each of them', async () => {
    await apply(deployment('web'));
    const own = `namespace-${namespace}`;
    await report(own, 'misses a policy', has('namespace-without-network-policy'));
    await report('deployment-web', 'is not isolated', has('pod-not-isolated'));
    await apply(policy('web', forApp('web')));
    await report(own, 'has a policy, and no default', hasNot('namespace-without-network-policy'));
    await report(own, 'has no default', has('namespace-without-default-deny'));
    await report('deployment-web', 'is isolated', hasNot('pod-not-isolated'));
    await apply(policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }));
    await report(own, 'has a default', hasNot('namespace-without-default-deny'));
  });

  it('judges workload and policy again when labels change', async () => {
    const tiers = { matchLabels: { tier: 'front' }, matchExpressions: [{ key: 'debug', operator: 'DoesNotExist' }] };
    await apply(policy('front', { podSelector: tiers, policyTypes: ['Ingress', 'Egress'] }));
    await report('networkpolicy-front', 'selects nothing', has('network-policy-selects-nothing'));
    await apply(deployment('web', { labels: { tier: 'front' } }));
    await gone('networkpolicy-front');
    await report('deployment-web', 'is isolated', hasNot('pod-not-isolated'));
    const pod = await eventually('there is a pod', async () => {
      const output = await cluster.kubectl(['get', 'pods', '--output=name', `--namespace=${namespace}`]);
      return output.split('\n').find((name) => name !== '');
    });
    await cluster.kubectl(['label', pod, 'debug=yes', `--namespace=${namespace}`]);
    await report('deployment-web', 'has a pod that is not', has('pod-not-isolated'));
    await cluster.kubectl(['label', pod, 'debug-', `--namespace=${namespace}`]);
    await report('deployment-web', 'has none any more', hasNot('pod-not-isolated'));
  });

  it('finds a policy that lets everybody through, until it does not', async () => {
    await apply(policy('open', { podSelector: {}, ingress: [{}] }));
    await report('networkpolicy-open', 'says so', has('network-policy-allows-all'));
    await apply(policy('open', { podSelector: {}, ingress: [{ from: [{ podSelector: {} }] }] }));
    await gone('networkpolicy-open');
  });

  it('finds what a Service opens, until it does not', async () => {
    await apply(service('ports', { type: 'NodePort' }), service('claims', { externalIPs: ['198.51.100.7'] }));
    await report('service-ports', 'says so', has('service-node-port'));
    await report('service-claims', 'says so', has('service-external-ips'));
    await apply(service('ports', { type: 'ClusterIP' }), service('claims', { externalIPs: [] }));
    await gone('service-ports');
    await gone('service-claims');
  });

  it('judges a load balancer by the address that it is given', async () => {
    await apply(service('lb', { type: 'LoadBalancer' }));
    const severity = ({ findings: [first] }: StoredReport): string | undefined => first?.severity;
    await report(
      'service-lb',
      'asks for one',
      (each) => severity(each) === 'Low' && has('service-public-load-balancer')(each),
    );
    const give = (ip: string): Promise<string> => {
      const patch = JSON.stringify({ status: { loadBalancer: { ingress: [{ ip }] } } });
      return cluster.kubectl([
        'patch',
        'service',
        'lb',
        '--subresource=status',
        '--type=merge',
        `--patch=${patch}`,
        `--namespace=${namespace}`,
      ]);
    };
    await give('8.8.8.8');
    const found = await report('service-lb', 'is public', (each) => severity(each) === 'Medium');
    assert.ok(!JSON.stringify(found.findings).includes('8.8.8.8'));
    await give('10.0.0.8');
    await gone('service-lb');
  });

  it('finds an Ingress without TLS, until it has a certificate', async () => {
    await apply(ingress('web', [], { 'nginx.ingress.kubernetes.io/server-snippet': 'return 200;' }));
    const found = await report('ingress-web', 'says so', has('ingress-without-tls'));
    assert.ok(has('ingress-nginx-unsafe-annotation')(found));
    await apply(ingress('web', [{ hosts: ['*.example.com'], secretName: 'tls' }]));
    await gone('ingress-web');
  });

  it('follows a claim to the node, and forgets it with the volume', async () => {
    const volume = (source: object): Manifest => ({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: namespace },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        storageClassName: namespace,
        ...source,
      },
    });
    const claim: Manifest = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data' },
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: namespace,
        volumeName: namespace,
        resources: { requests: { storage: '1Gi' } },
      },
    };
    const podSpec = { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] };
    await apply(deployment('db', { podSpec }), claim);
    await report('deployment-db', 'is there', hasNot('host-path-claim'));
    await apply(volume({ hostPath: { path: '/data' } }));
    const found = await report('deployment-db', 'says so', has('host-path-claim'));
    assert.equal(found.findings.find(({ check }) => check === 'host-path-claim')?.severity, 'Medium');
    await cluster.kubectl(['delete', 'persistentvolume', namespace, '--wait=false']);
    await cluster.kubectl([
      'patch',
      'persistentvolume',
      namespace,
      '--type=merge',
      '--patch={"metadata":{"finalizers":null}}',
    ]);
    await report('deployment-db', 'has forgotten it', hasNot('host-path-claim'));
  });

  it('tells which level a namespace could enforce', async () => {
    const own = `namespace-${namespace}`;
    await apply(deployment('web'));
    const message = ({ findings }: StoredReport): string =>
      findings.find(({ check }) => check === 'namespace-psa-would-fail')?.message ?? '';
    await report(own, 'satisfies baseline', (each) => message(each).endsWith('all satisfy baseline'));
    await apply(deployment('agent', { podSpec: { hostPID: true } }));
    await report(own, 'satisfies nothing', (each) => message(each).endsWith('all satisfy privileged'));
    await cluster.kubectl(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce=baseline']);
    await report(own, 'would not let them in again', (each) => message(each).includes('cannot be made again'));
  });

  it('knows Secrets with tokens by their metadata', async () => {
    await apply(
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'ci' }, automountServiceAccountToken: false },
      deployment('runner', { podSpec: { volumes: [{ name: 'token', secret: { secretName: 'old' } }] } }),
    );
    await report('deployment-runner', 'is there', hasNot('legacy-token-secret-mounted'));
    await apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'old', annotations: { 'kubernetes.io/service-account.name': 'ci' } },
      type: 'kubernetes.io/service-account-token',
    });
    await report('serviceaccount-ci', 'has a token', has('sa-long-lived-token'));
    await report('deployment-runner', 'uses it', has('legacy-token-secret-mounted'));
    await cluster.kubectl(['delete', 'secret', 'old', `--namespace=${namespace}`]);
    await gone('serviceaccount-ci');
    await report('deployment-runner', 'cannot use it', hasNot('legacy-token-secret-mounted'));
  });

  it('finds a credential in a ConfigMap, and says nowhere what it is', async () => {
    const settings = (data: object): Manifest => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings' },
      data: { ...data },
    });
    await apply(settings({ DB_PASSWORD: 'correct-horse' }));
    const found = await report('configmap-settings', 'says so', has('configmap-contains-secret'));
    assert.ok(!JSON.stringify(found).includes('correct-horse'));
    assert.ok(!operator.log().includes('correct-horse'));
    await apply(settings({ LOG_LEVEL: 'info' }));
    await gone('configmap-settings');
  });

  it('misses nothing where policies of other projects are not served', async () => {
    await apply(deployment('web'));
    await report(`namespace-${namespace}`, 'misses a policy', has('namespace-without-network-policy'));
    const unknown = (await cluster.report('', 'cluster'))?.unknown ?? [];
    assert.deepEqual(
      unknown.filter(({ reason }) => reason === 'ApiAbsent'),
      [],
    );
    assert.ok(unknown.every(({ check }) => !check.startsWith('namespace-') && check !== 'pod-not-isolated'));
  });
});

describe('an operator in a cluster with policies of another project', () => {
  const cluster = useInstalled();
  const crd: Manifest = {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: 'ciliumnetworkpolicies.cilium.io' },
    spec: {
      group: 'cilium.io',
      scope: 'Namespaced',
      names: { plural: 'ciliumnetworkpolicies', singular: 'ciliumnetworkpolicy', kind: 'CiliumNetworkPolicy' },
      versions: [
        {
          name: 'v2',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
        },
      ],
    },
  };

  before(async () => {
    await cluster.apply([crd]);
    await cluster.kubectl(['wait', '--for=condition=Established', `crd/${crd.metadata.name}`]);
  });
  after(async () => cluster.kubectl(['delete', 'crd', crd.metadata.name]));

  it('counts them, and says nothing of what they say', async () => {
    const namespace = await cluster.namespace('shop');
    await cluster.apply([deployment('web')], namespace);
    const operator = await cluster.operator('--exclude-namespaces=kube-*');
    const own = `namespace-${namespace}`;
    await cluster.reportWhere(namespace, own, 'misses a policy', has('namespace-without-network-policy'));
    await cluster.apply(
      [{ apiVersion: 'cilium.io/v2', kind: 'CiliumNetworkPolicy', metadata: { name: 'x' } }],
      namespace,
    );
    const found = await cluster.reportWhere(namespace, own, 'has one', hasNot('namespace-without-network-policy'));
    assert.ok(!has('namespace-without-default-deny')(found));
    await cluster.reportWhere(namespace, 'deployment-web', 'may be isolated', hasNot('pod-not-isolated'));
    await operator.stop();
  });
});

describe('an operator that was not asked to read ConfigMaps and Secrets', () => {
  const cluster = useInstalled();

  it('says so once, and how to ask', async () => {
    const operator = await cluster.operator('--exclude-namespaces=kube-*');
    await operator.firstPassDone();
    const whole = await cluster.report('', 'cluster');
    const notAskedFor = whole?.unknown.filter(({ message }) => message.includes('--read')) ?? [];
    assert.deepEqual(
      notAskedFor.map(({ check, reason }) => [check, reason]),
      [
        ['configmap-contains-secret', 'NotProvided'],
        ['legacy-token-secret-mounted', 'NotProvided'],
        ['sa-long-lived-token', 'NotProvided'],
      ],
    );
    assert.match(notAskedFor[0]?.message ?? '', /configmaps is not switched on: set --read configmaps/);
    assert.ok(!operator.log().includes('warn'), 'an API that most clusters do not have is nothing to warn of');
  });
});
