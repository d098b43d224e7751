import assert from 'node:assert/strict';
import type { V1PodSpec } from '@kubernetes/client-node';
import * as fc from 'fast-check';
import type { Inputs, Outcome, Target, Violation } from '../../../src/checks/check.ts';
import type { PodSpecFacts } from '../../../src/inventory/facts/pod-spec.ts';
import { podView } from '../../../src/inventory/facts/pod-view.ts';
import type { BindingFacts, PolicyRule, RbacSubject } from '../../../src/inventory/facts/rbac.ts';
import { ALL } from '../../support/all-checks.ts';

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
  apiGroups: words('*', ''),
  resources: words('*', 'pods'),
  verbs: words('*', 'get'),
  resourceNames: words('web'),
  nonResourceURLs: words('*', '/metrics'),
});

const subject: fc.Arbitrary<RbacSubject> = fc.record(
  { kind: fc.constantFrom('User', 'Group', 'ServiceAccount'), name, namespace: name },
  { requiredKeys: ['kind', 'name'] },
);

const binding: fc.Arbitrary<BindingFacts> = fc.record({
  ref: refOf('RoleBinding', 'ClusterRoleBinding'),
  roleRef: fc.record({ kind: fc.constantFrom('Role', 'ClusterRole'), name }),
  subjects: fc.array(subject, { maxLength: 5 }),
});

const grantedRules = fc.option(
  fc.array(fc.record({ rule, role: fc.record({ kind: fc.constantFrom('Role', 'ClusterRole'), name }) }), {
    maxLength: 4,
  }),
  { nil: undefined },
);
const grants = fc.array(fc.record({ binding, subject, rules: grantedRules }), { maxLength: 5 });

const podSpec: fc.Arbitrary<PodSpecFacts> = fc.record({
  serviceAccountName: name,
  automountServiceAccountToken: flag,
  isMirror: fc.boolean(),
  tokenMounts: fc.record({ injected: fc.boolean(), explicitVolumes: words('vault') }),
  verdict: fc.constant(undefined),
});

const server = fc.record({
  major: fc.constantFrom(1, 2),
  minor: fc.nat({ max: 50 }),
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

const container = fc.record(
  {
    name: fc.constantFrom('app', 'proxy'),
    image: fc.oneof(word('nginx:latest', 'r:5000/a@sha256:b'), fc.jsonValue({ maxDepth: 1 })),
    env: environment,
    envFrom: environment,
  },
  { requiredKeys: ['name'] },
);
const containers = fc.array(container, { maxLength: 3 });

const podWithoutContainers = (): V1PodSpec => ({ containers: [] });

/** Inputs of the right outer type, with anything inside that such an object could hold. */
const INPUTS: { readonly [T in Target]: fc.Arbitrary<Inputs[T]> } = {
  pod: fc
    .record({ containers, initContainers: containers, ephemeralContainers: containers })
    // Fields of a wrong type are the point.
    .map((spec) => Object.assign(podView(Object.assign(podWithoutContainers(), spec)), { podSecurityMinor: 37 })),
  workload: fc
    .record({
      subject: refOf('Deployment', 'Pod'),
      specs: fc.array(podSpec, { maxLength: 4 }),
      accounts: fc.dictionary(name, flag),
      grants,
    })
    .map(({ subject: workload, specs, accounts, grants: granted }) => ({
      subject: workload,
      specs,
      grantsOf: () => granted,
      usersOf: () => 2,
      serviceAccount: (account) =>
        Object.hasOwn(accounts, account)
          ? { ref: workload, automountServiceAccountToken: accounts[account] }
          : undefined,
    })),
  serviceAccount: fc.record({
    serviceAccount: fc.record({ ref: refOf('ServiceAccount'), automountServiceAccountToken: flag }),
    grants,
    workloads: fc.array(refOf('Deployment', 'Pod'), { maxLength: 2 }),
  }),
  role: fc.record({ role: fc.record({ ref: refOf('Role', 'ClusterRole'), rules: fc.array(rule, { maxLength: 4 }) }) }),
  binding: fc.record({ binding, rules: grantedRules }),
  node: fc.record({
    node: fc.record({
      ref: refOf('Node'),
      addresses: fc.array(
        fc.record({ type: word('InternalIP', 'ExternalIP'), address: fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()) }),
        { maxLength: 4 },
      ),
      kubeletVersion: word('v1.37.2', 'v1.30.0-gke.1', 'v1', '1.99999999999'),
    }),
    server,
  }),
  namespace: fc.record({
    namespace: fc.record({ ref: refOf('Namespace'), podSecurityLabels: fc.dictionary(word('enforce'), fc.string()) }),
    hasWorkloads: fc.boolean(),
    networkPolicies: fc.nat(),
  }),
  cluster: fc.record({ server }),
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

    if (target === 'pod') return;
    it('gives each finding an identity of its own', () => {
      fc.assert(
        fc.property(INPUTS[target], (input) => {
          for (const { evaluate } of checks) {
            const outcome = evaluate(input);
            const keys = isViolations(outcome) ? outcome.map(({ key = '' }) => key) : [];
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
  'node',
  'namespace',
  'cluster',
] as const) {
  describeTarget(target);
}
