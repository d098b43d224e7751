import assert from 'node:assert/strict';
import type { V1PodSpec } from '@kubernetes/client-node';
import * as fc from 'fast-check';
import type { Inputs, Outcome, Target, Violation } from '../../../src/checks/check.ts';
import { compileParameters, type CompiledParameters } from '../../../src/checks/parameters.ts';
import type { LimitRangeFacts } from '../../../src/inventory/facts/limit-range.ts';
import type { ClusterFacts } from '../../../src/inventory/facts/cluster.ts';
import { JUDGED_FLAGS, type ComponentFacts, type ComponentName } from '../../../src/inventory/facts/component.ts';
import type { IngressFacts } from '../../../src/inventory/facts/ingress.ts';
import { LABEL_OPERATORS } from '../../../src/inventory/facts/label-selector.ts';
import { podLabelsOf } from '../../../src/inventory/facts/pod-labels.ts';
import type { PodSpecFacts } from '../../../src/inventory/facts/pod-spec.ts';
import type { PodTraits } from '../../../src/inventory/facts/pod-traits.ts';
import { podView } from '../../../src/inventory/facts/pod-view.ts';
import type { BindingFacts, PolicyRule, RbacSubject } from '../../../src/inventory/facts/rbac.ts';
import { RESOURCE_FIELDS } from '../../../src/inventory/facts/resources.ts';
import type { WebhookConfigurationFacts, WebhookFacts } from '../../../src/inventory/facts/webhooks.ts';
import { KUBELET_FIELDS } from '../../../src/inventory/projections/configuration.ts';
import { ALL } from '../../support/all-checks.ts';
import { containerFields, podFields } from './arbitrary-pod-fields.ts';
import { policy } from './inputs.ts';
import { toldOtherwise } from './told-otherwise.ts';

/** Words that the checks look for, beside any other text. */
const word = (...known: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom(...known), fc.string({ maxLength: 8 }));
const words = (...known: readonly string[]): fc.Arbitrary<string[]> => fc.array(word(...known), { maxLength: 4 });

const name = word('default', 'cluster-admin', 'system:masters', 'system:anonymous', 'kube-system');
const flag = fc.constantFrom(true, false, undefined);
const refOf = (...kinds: readonly string[]): fc.Arbitrary<BindingFacts['ref']> =>
  fc.record({
    apiVersion: word('v1'),
    kind: fc.constantFrom(...kinds),
    namespace: name,
    name,
    uid: fc.constant('uid'),
  });

const rule: fc.Arbitrary<PolicyRule> = fc.record({
  apiGroups: words('*', '', 'rbac.authorization.k8s.io', 'apps'),
  resources: words('*', 'pods', 'secrets', 'clusterroles', 'rolebindings', 'pods/exec'),
  verbs: words('*', 'get', 'create', 'bind', 'patch'),
  resourceNames: words('web'),
  nonResourceURLs: words('*', '/metrics'),
});

const subject: fc.Arbitrary<RbacSubject> = fc.oneof(
  fc.record({ kind: fc.constantFrom('User', 'Group'), name }),
  fc.record({ kind: fc.constant('ServiceAccount'), name, namespace: name }),
);

const binding: fc.Arbitrary<BindingFacts> = fc.record({
  ref: refOf('RoleBinding', 'ClusterRoleBinding'),
  roleRef: fc.record({ kind: fc.constantFrom('Role', 'ClusterRole'), name }),
  subjects: fc.array(subject, { maxLength: 5 }),
});

const malformed = fc.constant({ malformed: 'spec is not an object' });

const traits: fc.Arbitrary<PodTraits> = fc.record({
  images: fc.oneof(words('coredns', 'ghcr.io/helm/tiller:v2'), malformed),
  resourceGaps: fc.oneof(
    fc.array(fc.record({ container: word('app'), path: word('spec'), lacks: fc.subarray([...RESOURCE_FIELDS]) }), {
      maxLength: 3,
    }),
    malformed,
  ),
  toleratesControlPlane: fc.oneof(fc.boolean(), malformed),
});

const limitRanges: fc.Arbitrary<LimitRangeFacts[]> = fc.array(
  fc.record({ ref: refOf('LimitRange'), gives: fc.subarray([...RESOURCE_FIELDS]) }),
  { maxLength: 2 },
);
const roleName = fc.record({ kind: fc.constantFrom('Role', 'ClusterRole'), name });
const grantedRules = fc.option(fc.array(fc.record({ rule, role: roleName }), { maxLength: 4 }), { nil: undefined });
/** Several grants may come by one binding, and there are no two of one name. */
const grants = fc.array(fc.record({ binding, subject, rules: grantedRules }), { maxLength: 5 }).map((all) => {
  const keyOf = ({ binding: { ref } }: (typeof all)[number]): string => [ref.kind, ref.namespace, ref.name].join('|');
  return all.map((each) => ({
    ...each,
    binding: all.find((first) => keyOf(first) === keyOf(each))?.binding ?? each.binding,
  }));
});

const podSpec: fc.Arbitrary<PodSpecFacts> = fc.record({
  serviceAccountName: name,
  automountServiceAccountToken: flag,
  isMirror: fc.boolean(),
  tokenMounts: fc.record({ injected: fc.boolean(), shadowed: fc.boolean(), explicitVolumes: words('vault') }),
  traits,
  hostNetwork: fc.boolean(),
  claims: fc.array(fc.record({ volume: word('data'), claim: word('data-0', 'data-1') }), { maxLength: 3 }),
  secrets: words('ci-token-x7k2p'),
  verdict: fc.constant(undefined),
});

const labels = fc.dictionary(word('app', 'pod-template-hash'), word('web'), { maxKeys: 2 }).map(podLabelsOf);

const requirement = fc.record({
  key: word('app', 'pod-template-hash'),
  operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
  values: words('web'),
});

const peer = fc.oneof(
  fc.record(
    {
      ipBlock: fc.record(
        { cidr: word('0.0.0.0/0', '::/0', '10.0.0.0/8'), except: words('10.0.0.0/8') },
        { requiredKeys: ['cidr'] },
      ),
    },
    { requiredKeys: [] },
  ),
  fc.constant({ podSelector: {} }),
);

const policyRules = (peers: 'from' | 'to'): fc.Arbitrary<object[]> =>
  fc.array(
    fc.record(
      { [peers]: fc.array(peer, { maxLength: 2 }), ports: fc.array(fc.record({ port: fc.nat() }), { maxLength: 2 }) },
      { requiredKeys: [] },
    ),
    { maxLength: 3 },
  );

const networkPolicy = fc
  .record(
    {
      podSelector: fc.record({ matchExpressions: fc.array(requirement, { maxLength: 2 }) }, { requiredKeys: [] }),
      policyTypes: fc.subarray(['Ingress', 'Egress']),
      ingress: policyRules('from'),
      egress: policyRules('to'),
    },
    { requiredKeys: [] },
  )
  .map((spec) => policy({ ...spec }));

const policies = fc.record({
  networkPolicies: fc.array(networkPolicy, { maxLength: 4 }),
  others: fc.constantFrom('None', 'Namespace', 'Cluster'),
});

/** What one claim is bound to: the same for the same claim, whatever the order in which it is asked for. */
const storage = fc.func(
  fc.option(fc.record({ type: fc.constantFrom('hostPath', 'local'), isProvisioned: fc.boolean() }), { nil: undefined }),
);

const level = fc.constantFrom('privileged', 'baseline', 'restricted');

const server = fc.record({
  major: fc.constantFrom(1, 2),
  minor: fc.nat({ max: 50 }),
  gitVersion: word('v1.37.2', 'v1.33.4-gke.100', '1.34.1+k3s1', 'v1.36.0-rc.1'),
  today: fc.constantFrom('2020-01-01', '2026-11-24', '2040-01-01'),
});

/** Anything that JSON can hold where an environment is read, mostly in the right shape. */
const environment = fc.oneof(
  fc.array(
    fc.record(
      {
        name: word('PASSWORD', 'LOG_LEVEL'),
        value: fc.oneof(word('$(A)', 'amqp://u:p@h'), fc.jsonValue({ maxDepth: 1 })),
        valueFrom: fc.oneof(fc.constant({ secretKeyRef: { name: 'db', key: 'k' } }), fc.jsonValue({ maxDepth: 2 })),
        secretRef: fc.oneof(fc.constant({ name: 'db' }), fc.jsonValue({ maxDepth: 1 })),
      },
      { requiredKeys: ['name'] },
    ),
    { maxLength: 4 },
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

const container = fc
  .record({
    own: fc.record(
      {
        name: fc.constantFrom('app', 'proxy'),
        image: fc.oneof(word('nginx:latest', 'r:5000/a@sha256:b'), fc.jsonValue({ maxDepth: 1 })),
        env: environment,
        envFrom: environment,
      },
      { requiredKeys: ['name'] },
    ),
    more: containerFields,
  })
  .map(({ own, more }) => ({ ...more, ...own }));
const containers = fc.array(container, { maxLength: 3 });

const podWithoutContainers = (): V1PodSpec => ({ containers: [] });

const component: fc.Arbitrary<ComponentFacts> = fc
  .constantFrom<ComponentName>('kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'etcd')
  .chain((of) =>
    fc.record({
      component: fc.constant(of),
      node: fc.constantFrom('a', 'b', ''),
      flags: fc.dictionary(
        fc.constantFrom(...Object.keys(JUDGED_FLAGS[of])),
        word('true', 'false', 'Node,RBAC', 'AlwaysAllow', '127.0.0.1', '30', '$(X)'),
      ),
    }),
  );

const namespaceRequirement = fc.record({
  key: word('kubernetes.io/metadata.name'),
  operator: fc.constantFrom(...LABEL_OPERATORS),
  values: words('shop', 'kube-system'),
});

const webhook: fc.Arbitrary<WebhookFacts> = fc.record({
  name: word('validation.gatekeeper.sh', 'validate.kyverno.svc-fail'),
  failurePolicy: word('Fail', 'Ignore'),
  service: fc.option(fc.record({ namespace: name, name: word('kyverno-svc') }), { nil: undefined }),
  namespaceSelector: fc.array(namespaceRequirement, { maxLength: 2 }),
  rules: fc.array(
    fc.record({ operations: words('CREATE', '*'), apiGroups: words('', '*'), resources: words('pods', '*') }),
    { maxLength: 2 },
  ),
});

const webhookConfiguration: fc.Arbitrary<WebhookConfigurationFacts> = fc.record({
  ref: refOf('ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'),
  webhooks: fc.array(webhook, { maxLength: 3 }),
});

const clusterFacts: fc.Arbitrary<ClusterFacts> = fc.record({
  components: fc.array(component, { maxLength: 5 }),
  kubeProxy: fc.option(
    fc.oneof(
      fc.record({ fields: fc.record({ metricsBindAddress: fc.jsonValue({ maxDepth: 1 }) }) }),
      fc.record({ problem: fc.constant('it is not YAML') }),
    ),
    { nil: undefined },
  ),
  advertisedServer: fc.option(word('https://10.0.0.1:6443', 'https://[2001:db8::1]:6443'), { nil: undefined }),
  serverAddresses: fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), { maxLength: 3 }),
  webhookConfigurations: fc.array(webhookConfiguration, { maxLength: 2 }),
  policyBindings: fc.array(fc.record({ name, policyName: name, validationActions: words('Deny', 'Warn') }), {
    maxLength: 2,
  }),
  enforcedLevels: words('baseline', 'privileged'),
  auditsPodSecurity: fc.boolean(),
  networkPlugins: words('calico', 'flannel'),
  customResources: words('vulnerabilityreports.aquasecurity.github.io'),
  csiDrivers: words('secrets-store.csi.k8s.io'),
});

const apiUse = fc.record({ apiVersion: word('batch/v1beta1', 'apps/v1'), kind: word('CronJob', 'Deployment') });

/** A field of a kubelet's configuration, mostly of the right type. */
const kubeletField = fc.oneof(
  fc.constantFrom(true, false, 0, 4096, -1, '0s', 'AlwaysAllow'),
  fc.constant({ anonymous: { enabled: true }, x509: { clientCAFile: '/ca.crt' } }),
  fc.jsonValue({ maxDepth: 3 }),
);

const namespaceGlobs = fc.subarray(['default', 'kube-*', '*']);
const nameGlobs = fc.subarray(['db_*', '*password*']);
const parameters: fc.Arbitrary<CompiledParameters> = fc
  .record({
    allowedRegistries: fc.subarray(['docker.io', 'r:5000/a/']),
    systemNamespaces: namespaceGlobs,
    privilegedNamespaces: namespaceGlobs,
    credentialNames: nameGlobs,
    notCredentialNames: nameGlobs,
  })
  .map(compileParameters);

/** Inputs of the right outer type, with anything inside that such an object could hold. */
const INPUTS: { readonly [T in Target]: fc.Arbitrary<Inputs[T]> } = {
  pod: fc
    .record({
      fields: podFields,
      lists: fc.record({ containers, initContainers: containers, ephemeralContainers: containers }),
      parameters,
      annotations: fc.constantFrom({}, { 'kubernetes.io/config.mirror': 'hash' }),
    })
    // Fields of a wrong type are the point.
    .map(({ fields, lists, parameters: given, annotations }) =>
      Object.assign(podView(Object.assign(podWithoutContainers(), fields, lists), annotations), {
        podSecurityMinor: 37,
        parameters: given,
      }),
    ),
  workload: fc
    .record({
      subject: refOf('Deployment', 'Pod'),
      specs: fc.array(podSpec, { maxLength: 4 }),
      accounts: fc.dictionary(name, flag),
      live: fc.nat({ max: 4 }),
      limitRanges,
      labelled: fc.array(fc.record({ labels, spec: podSpec }), { maxLength: 3 }),
      over: policies,
      storage,
      isTokenSecret: fc.func(flag),
      grants,
      server,
      parameters,
    })
    .map(({ subject: workload, specs, accounts, labelled, over, storage: storageOf, isTokenSecret, ...more }) => ({
      subject: workload,
      specs,
      admitted: specs.slice(0, more.live),
      limitRanges: more.limitRanges,
      labelled,
      policies: () => over,
      storageBehind: (claim) => storageOf(claim),
      isTokenSecret: (secret) => isTokenSecret(secret),
      grantsOf: () => more.grants,
      usersOf: (account) => account.length,
      server: more.server,
      parameters: more.parameters,
      serviceAccount: (account) =>
        Object.hasOwn(accounts, account)
          ? { ref: workload, automountServiceAccountToken: accounts[account], cloudIdentities: [] }
          : undefined,
    })),
  serviceAccount: fc.record({
    serviceAccount: fc.record(
      {
        ref: refOf('ServiceAccount'),
        automountServiceAccountToken: flag,
        listedTokens: words('ci-token-x7k2p'),
        cloudIdentities: fc.uniqueArray(word('iam'), { maxLength: 2 }),
      },
      { requiredKeys: ['ref', 'automountServiceAccountToken', 'cloudIdentities'] },
    ),
    tokenSecrets: fc.option(words('ci-token-x7k2p'), { nil: undefined }),
    grants,
    workloads: fc.array(refOf('Deployment'), { maxLength: 2 }),
    hasNeighbours: fc.boolean(),
    server,
    parameters,
  }),
  role: fc.record({
    role: fc.record({
      ref: refOf('Role', 'ClusterRole'),
      rules: fc.array(rule, { maxLength: 4 }),
      labels: fc.dictionary(word('rbac.authorization.k8s.io/aggregate-to-view'), word('true')),
    }),
    ownRules: fc.array(rule, { maxLength: 4 }),
    isInUse: fc.boolean(),
    server,
  }),
  binding: fc.record({ binding, rules: grantedRules, serviceAccountExists: fc.constant(() => false), parameters }),
  grant: fc.record({
    role: roleName,
    rules: grantedRules,
    binding: fc.option(binding, { nil: undefined }),
    server,
    parameters,
  }),
  node: fc.record({
    node: fc.record({
      ref: refOf('Node'),
      addresses: fc.array(
        fc.record({ type: word('InternalIP', 'ExternalIP'), address: fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()) }),
        { maxLength: 4 },
      ),
      kubeletVersion: word('v1.37.2', 'v1.30.0-gke.1', 'v1', '1.99999999999'),
      osImage: word('Ubuntu 18.04.6 LTS', 'Talos (v1.7.5)'),
      kernelVersion: word('5.10.90', '6.8.0-79-generic'),
      containerRuntimeVersion: word('containerd://1.5.1', 'docker://20.10.7', 'cri-o://1.30.0'),
      kubeletPort: fc.nat(),
      isControlPlane: fc.boolean(),
      isSchedulable: fc.boolean(),
    }),
    server,
    hasWorkers: fc.boolean(),
  }),
  namespace: fc.record({
    namespace: fc.record({
      ref: refOf('Namespace'),
      createdSeconds: fc.nat(),
      podSecurityLabels: fc.dictionary(
        word('pod-security.kubernetes.io/enforce', 'pod-security.kubernetes.io/enforce-version'),
        word('privileged', 'restricted', 'v1.25', 'latest'),
      ),
    }),
    hasWorkloads: fc.boolean(),
    limitRanges,
    policies,
    hasResourceQuota: fc.boolean(),
    server,
    parameters,
    satisfies: fc.option(level, { nil: undefined }).map((satisfied) => () => satisfied),
  }),
  service: fc.record({
    service: fc.record({
      ref: refOf('Service'),
      type: word('ClusterIP', 'NodePort', 'LoadBalancer'),
      externalIPs: words('198.51.100.7'),
      loadBalancer: fc.option(
        fc.record({
          isInternal: fc.boolean(),
          isLimited: fc.boolean(),
          isAssigned: fc.boolean(),
          publicAddresses: fc.constantFrom([], ['IPv4 address'], ['host name']),
        }),
        { nil: undefined },
      ),
    }),
    hasPublicNode: fc.boolean().map((is) => () => is),
  }),
  ingress: fc.record({
    ingress: fc
      .record({
        ref: refOf('Ingress'),
        hosts: fc.uniqueArray(word('', '*.example.com', 'a.example.com')),
        tlsHosts: words('', '*.example.com'),
        isTlsByAnnotation: fc.boolean(),
        unsafeAnnotations: fc.uniqueArray(fc.record({ name: word('a'), how: fc.constantFrom('Snippet', 'Value') }), {
          selector: ({ name: annotation }) => annotation,
        }),
      })
      .map((facts): IngressFacts => facts),
  }),
  networkPolicy: fc.record({ networkPolicy, labels: fc.array(labels, { maxLength: 3 }) }),
  configMap: fc.record({
    configMap: fc.record({
      ref: refOf('ConfigMap'),
      credentials: fc.uniqueArray(fc.record({ key: word('password'), evidence: fc.constant('is one') }), {
        selector: ({ key }) => key,
      }),
    }),
  }),
  cluster: fc.record(
    {
      server,
      parameters,
      cluster: clusterFacts,
      inhabitedNamespaces: words('default', 'kube-system'),
      apiUses: fc.array(apiUse, { maxLength: 3 }),
    },
    { requiredKeys: ['server', 'parameters', 'cluster', 'inhabitedNamespaces'] },
  ),
  kubelet: fc.record({
    config: fc.dictionary(fc.constantFrom(...KUBELET_FIELDS), kubeletField),
    observed: fc.constantFrom('Declared', 'Effective'),
  }),
  admissionWebhook: fc.record({ configuration: webhookConfiguration, parameters }),
};

/** The same value with every list in it, at any depth, turned by some places. */
function reordered<T>(value: T, places: number): T;
function reordered(value: unknown, places: number): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => reordered(item, places));
    const cut = items.length === 0 ? 0 : places % items.length;
    return [...items.slice(cut), ...items.slice(0, cut)].toReversed();
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, reordered(item, places)]));
}

const isViolations = (outcome: Outcome): outcome is readonly Violation[] => Array.isArray(outcome);

/** What a report takes over from an outcome, without any order. */
function substance(outcome: Outcome): unknown {
  if (typeof outcome === 'string') return outcome;
  if (!isViolations(outcome)) return outcome.reason;
  return [...new Set(outcome.map((violation) => JSON.stringify(violation, Object.keys(violation).sort())))].sort();
}

function describeTarget(target: Target): void {
  const checks = ALL.of(target);

  describe(`Every check of a ${target}`, () => {
    it('has an answer to whatever the object holds', () => {
      fc.assert(
        fc.property(INPUTS[target], (input) => {
          for (const { id, evaluate } of checks) {
            const outcome = evaluate(input);
            assert.ok(!isViolations(outcome) || outcome.length > 0, `${id} must say pass instead of an empty list`);
          }
        }),
      );
    });

    it('says the same whatever the order of any list', () => {
      fc.assert(
        fc.property(INPUTS[target], fc.nat(), (input, places) => {
          const other = reordered(input, places);
          for (const { evaluate } of checks) assert.deepEqual(substance(evaluate(other)), substance(evaluate(input)));
        }),
      );
    });

    it('goes by no parameter that its row does not name', () => {
      fc.assert(
        fc.property(INPUTS[target], (input) => {
          for (const check of checks) {
            for (const [parameter, other] of toldOtherwise(check, input))
              assert.deepEqual(check.evaluate(other), check.evaluate(input), `${check.id}: ${parameter}`);
          }
        }),
      );
    });

    if (target === 'pod') return;
    it('gives each finding an identity of its own', () => {
      fc.assert(
        fc.property(INPUTS[target], (input) => {
          for (const { evaluate } of checks) {
            const outcome = evaluate(input);
            const keys = isViolations(outcome)
              ? outcome.map(({ container: own = '', key = '' }) => `${own}/${key}`)
              : [];
            assert.equal(new Set(keys).size, keys.length);
          }
        }),
      );
    });
  });
}

for (const target of [
  'pod',
  'workload',
  'serviceAccount',
  'role',
  'binding',
  'grant',
  'node',
  'namespace',
  'service',
  'ingress',
  'networkPolicy',
  'configMap',
  'cluster',
  'kubelet',
  'admissionWebhook',
] as const) {
  describeTarget(target);
}
