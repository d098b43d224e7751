import assert from 'node:assert/strict';
import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { ApiUse, ClusterInput } from '../../../../src/checks/check.ts';
import { apiServerPublic } from '../../../../src/checks/cluster/api-server-public.ts';
import { clusterPatchOutdated } from '../../../../src/checks/cluster/cluster-patch.ts';
import { externalSecretStoreAbsent, securityScannerMissing } from '../../../../src/checks/cluster/installed.ts';
import { kubeProxyMetricsExposed } from '../../../../src/checks/cluster/kube-proxy.ts';
import { cniWithoutNetworkPolicy } from '../../../../src/checks/cluster/network-plugin.ts';
import { deprecatedApiInUse } from '../../../../src/checks/cluster/removed-apis.ts';
import { newestPatchOf } from '../../../../src/checks/tables/kubernetes-patches.ts';
import { supportOf } from '../../../../src/checks/tables/kubernetes-releases.ts';
import { fails, undecided, verdicts } from '../verdicts.ts';
import { cluster } from './facts.ts';

const reached = (advertisedServer: string | undefined, ...serverAddresses: readonly string[]): ClusterInput =>
  cluster({ advertisedServer, serverAddresses });

verdicts(apiServerPublic, [
  ['a private address', reached('https://10.0.0.10:6443', '10.0.0.10'), PASS],
  ['a private IPv6 address', reached('https://[fd00::10]:6443', 'fd00::10'), PASS],
  ['an address behind carrier-grade NAT', reached('https://100.64.0.1:6443', '100.64.0.1'), PASS],
  [
    'a public address that clients are told',
    reached('https://8.8.4.4:6443', '10.0.0.10'),
    fails({ key: 'cluster-info' }),
  ],
  ['a public IPv6 address that clients are told', reached('https://[2600::1]:6443'), fails({ key: 'cluster-info' })],
  [
    'public addresses of the API servers, in one finding',
    reached(undefined, '8.8.8.8', '2600::1', '10.0.0.1'),
    fails({
      key: 'endpoints',
      message: 'default/kubernetes: 2600::1, 8.8.8.8: reachable from the internet unless a firewall is in between',
    }),
  ],
  ['a name', reached('https://api.example.org:6443', '10.0.0.10'), undecided('NotProvided')],
  ['what is no URL', reached('api', '10.0.0.10'), undecided('NotProvided')],
  ['private endpoints with who knows what before them', reached(undefined, '10.0.0.10'), undecided('NotProvided')],
]);

const patch = (gitVersion: string, minor: number, today = '2026-11-24'): ClusterInput =>
  cluster({}, { gitVersion, minor, today });

verdicts(clusterPatchOutdated, [
  ['the newest patch', patch('v1.37.2', 37), PASS],
  ['a newer patch than the table has', patch('v1.37.9', 37), PASS],
  [
    'an older patch',
    patch('v1.37.1', 37),
    fails({ path: 'version', message: 'the API server is v1.37.1, and 1.37.2 is known' }),
  ],
  ['an older patch, whatever k3s appends', patch('v1.34.1+k3s1', 34), fails('version')],
  ['a candidate of the newest patch', patch('v1.37.2-rc.1', 37), fails('version')],
  ['the newest patch, whatever k3s appends', patch('v1.37.2+k3s1', 37), PASS],
  ['an older patch, whatever RKE2 appends', patch('v1.33.5+rke2r1', 33), fails('version')],
  ['an older patch, whatever IBM Cloud appends', patch('v1.33.5+IKS', 33), fails('version')],
  ['a patch that Alibaba Cloud has chosen', patch('v1.33.4-aliyun.1', 33), SKIP],
  ['a patch that GKE has chosen', patch('v1.33.4-gke.100', 33), SKIP],
  ['a patch that EKS has chosen', patch('v1.31.2-eks-1a2b3c', 31), SKIP],
  ['an older patch past the horizon, which is no less true', patch('v1.37.1', 37, '2030-01-01'), fails('version')],
  ['the newest patch past the horizon', patch('v1.37.2', 37, '2027-02-01'), undecided('BeyondHorizon')],
  ['the last patch of an ended minor, whenever', patch('v1.30.14', 30, '2030-01-01'), PASS],
  ['a minor that came after the table', patch('v1.38.0', 38), undecided('BeyondHorizon')],
  ['a major that came after the table', cluster({}, { major: 2, gitVersion: 'v2.37.1' }), undecided('BeyondHorizon')],
  ['what is no version', patch('devel', 37), undecided('Malformed')],
]);

describe('The table of patches', () => {
  it('has every minor that the table of releases has', () => {
    for (let minor = 24; supportOf(1, minor, '2024-01-01').status !== 'unknown'; minor++) {
      assert.notEqual(newestPatchOf(minor), undefined, String(minor));
    }
  });
});

const plugins = (...networkPlugins: readonly string[]): ClusterInput => cluster({ networkPlugins });

verdicts(cniWithoutNetworkPolicy, [
  ['one that enforces', plugins('cilium'), PASS],
  ['one that enforces beside one that does not (Canal)', plugins('flannel', 'calico'), PASS],
  [
    'one that does not',
    plugins('flannel'),
    fails({ path: 'networkPlugin', message: 'flannel does not enforce NetworkPolicies here' }),
  ],
  [
    'an old kindnet',
    plugins('kindnet-without-policies'),
    fails({ message: 'kindnet does not enforce NetworkPolicies here' }),
  ],
  ['none that is known', plugins(), undecided('NotProvided')],
]);

const proxy = (metricsBindAddress?: unknown): ClusterInput =>
  cluster({ kubeProxy: { fields: metricsBindAddress === undefined ? {} : { metricsBindAddress } } });

verdicts(kubeProxyMetricsExposed, [
  ['nothing, which means loopback', proxy(), PASS],
  ['nothing in quotes', proxy(''), PASS],
  ['loopback', proxy('127.0.0.1:10249'), PASS],
  ['loopback of IPv6', proxy('[::1]:10249'), PASS],
  ['every address', proxy('0.0.0.0:10249'), fails('metricsBindAddress')],
  ['an address that only begins like loopback', proxy('127.0.0.1.example.org'), fails('metricsBindAddress')],
  ['a wrong type', proxy(10_249), undecided('Malformed')],
  ['no ConfigMap', cluster(), undecided('NotProvided')],
  ['a ConfigMap that cannot be read', cluster({ kubeProxy: { problem: 'it is not YAML' } }), undecided('Malformed')],
]);

const webhookTo = (service: string): ClusterInput['cluster']['webhookConfigurations'] => [
  {
    ref: { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'MutatingWebhookConfiguration', name: 'x', uid: 'u' },
    webhooks: [
      {
        name: 'x.y',
        failurePolicy: 'Ignore',
        service: { namespace: 'vault', name: service },
        namespaceSelector: [],
        rules: [],
      },
    ],
  },
];

verdicts(externalSecretStoreAbsent, [
  ['the External Secrets Operator', cluster({ customResources: ['externalsecrets.external-secrets.io'] }), PASS],
  ['a group below one that is known', cluster({ customResources: ['passwords.generators.external-secrets.io'] }), PASS],
  ['the CSI driver', cluster({ csiDrivers: ['secrets-store.csi.k8s.io'] }), PASS],
  ['the injector of Vault', cluster({ webhookConfigurations: webhookTo('vault-agent-injector-svc') }), PASS],
  [
    'none',
    cluster({
      customResources: ['widgets.example.org'],
      csiDrivers: ['ebs.csi.aws.com'],
      webhookConfigurations: webhookTo('x'),
    }),
    fails('customresourcedefinitions'),
  ],
  [
    'a group that only ends alike',
    cluster({ customResources: ['x.notexternal-secrets.io'] }),
    fails('customresourcedefinitions'),
  ],
]);

verdicts(securityScannerMissing, [
  ['the Trivy operator', cluster({ customResources: ['vulnerabilityreports.aquasecurity.github.io'] }), PASS],
  ['none', cluster(), fails('customresourcedefinitions')],
]);

const written = (apiUses: readonly ApiUse[], minor = 37): ClusterInput => ({ ...cluster({}, { minor }), apiUses });

verdicts(deprecatedApiInUse, [
  ['a live cluster, which serves every object in every version', cluster(), SKIP],
  ['versions that are served', written([{ apiVersion: 'batch/v1', kind: 'CronJob' }]), PASS],
  [
    'a version that is gone, once',
    written([
      { apiVersion: 'batch/v1beta1', kind: 'CronJob' },
      { apiVersion: 'batch/v1beta1', kind: 'CronJob' },
    ]),
    fails({
      key: 'batch/v1beta1 CronJob',
      message: 'batch/v1beta1 CronJob is not served since Kubernetes 1.25; use batch/v1',
    }),
  ],
  ['a version that this cluster still serves', written([{ apiVersion: 'batch/v1beta1', kind: 'CronJob' }], 24), PASS],
  [
    'a kind of a group by its own date',
    written(
      [
        { apiVersion: 'extensions/v1beta1', kind: 'Ingress' },
        { apiVersion: 'extensions/v1beta1', kind: 'Deployment' },
      ],
      21,
    ),
    fails({ key: 'extensions/v1beta1 Deployment' }),
  ],
  [
    'the same kind in a group of somebody else',
    written([{ apiVersion: 'example.org/v1beta1', kind: 'CronJob' }]),
    PASS,
  ],
]);
