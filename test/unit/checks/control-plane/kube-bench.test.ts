import assert from 'node:assert/strict';
import type { Outcome, Violation } from '../../../../src/checks/check.ts';
import { controlPlaneChecks } from '../../../../src/checks/control-plane/index.ts';
import { judgeFlags } from '../../../../src/checks/control-plane/judge-flags.ts';
import { JUDGED_FLAGS } from '../../../../src/inventory/facts/component.ts';
import { controlPlane, KUBEADM } from './facts.ts';

type Verdict = 'pass' | 'fail';

interface Item {
  readonly id: string;
  /** What kube-bench says of the argv that kubeadm writes; a warning of an unscored item counts as a failure. */
  readonly kubeBench: Verdict;
  /** Keys of the rules that are this item: `<component> <flag>`, and what is asked of a list. */
  readonly rules: readonly string[];
  /** Our verdict and its reason, where it is meant to differ. */
  readonly ours?: readonly [verdict: Verdict, why: string];
}

const api = (flag: string): string => `kube-apiserver ${flag}`;

/** Sections 1.2, 1.3, 1.4, 2 and 3.2 of the benchmark as kube-bench judges a cluster of kubeadm (cis-1.9 to cis-1.12). */
const ITEMS: readonly Item[] = [
  { id: '1.2.1', kubeBench: 'fail', rules: [api('anonymous-auth')] },
  { id: '1.2.2', kubeBench: 'pass', rules: [api('token-auth-file')] },
  { id: '1.2.3', kubeBench: 'fail', rules: [api('enable-admission-plugins has DenyServiceExternalIPs')] },
  { id: '1.2.4', kubeBench: 'pass', rules: [api('kubelet-client-certificate'), api('kubelet-client-key')] },
  { id: '1.2.5', kubeBench: 'fail', rules: [api('kubelet-certificate-authority')] },
  { id: '1.2.6', kubeBench: 'pass', rules: [api('authorization-mode lacks AlwaysAllow')] },
  { id: '1.2.7', kubeBench: 'pass', rules: [api('authorization-mode has Node')] },
  { id: '1.2.8', kubeBench: 'pass', rules: [api('authorization-mode has RBAC')] },
  { id: '1.2.9', kubeBench: 'fail', rules: [api('enable-admission-plugins has EventRateLimit')] },
  { id: '1.2.10', kubeBench: 'pass', rules: [api('enable-admission-plugins lacks AlwaysAdmit')] },
  { id: '1.2.11', kubeBench: 'fail', rules: [api('enable-admission-plugins has AlwaysPullImages')] },
  { id: '1.2.12', kubeBench: 'pass', rules: [api('disable-admission-plugins lacks ServiceAccount')] },
  { id: '1.2.13', kubeBench: 'pass', rules: [api('disable-admission-plugins lacks NamespaceLifecycle')] },
  { id: '1.2.14', kubeBench: 'pass', rules: [api('enable-admission-plugins has NodeRestriction')] },
  { id: '1.2.15', kubeBench: 'fail', rules: [api('profiling')] },
  { id: '1.2.16', kubeBench: 'fail', rules: [api('audit-log-path')] },
  ...['maxage', 'maxbackup', 'maxsize'].map((limit, index): Item => ({
    id: `1.2.${17 + index}`,
    kubeBench: 'fail',
    rules: [api(`audit-log-${limit}`)],
    ours: ['pass', 'limits are asked of a log that is a file: that there is none is said once'],
  })),
  { id: '1.2.21', kubeBench: 'pass', rules: [api('service-account-lookup')] },
  { id: '1.2.22', kubeBench: 'pass', rules: [api('service-account-key-file')] },
  { id: '1.2.23', kubeBench: 'pass', rules: [api('etcd-certfile'), api('etcd-keyfile')] },
  { id: '1.2.24', kubeBench: 'pass', rules: [api('tls-cert-file'), api('tls-private-key-file')] },
  { id: '1.2.25', kubeBench: 'pass', rules: [api('client-ca-file')] },
  { id: '1.2.26', kubeBench: 'pass', rules: [api('etcd-cafile')] },
  { id: '1.2.27', kubeBench: 'fail', rules: [api('encryption-provider-config')] },
  {
    id: '1.2.29',
    kubeBench: 'fail',
    rules: [api('tls-cipher-suites')],
    ours: ['pass', "Go's own choice of suites is sound; only what somebody chose is judged"],
  },
  { id: '1.2.30', kubeBench: 'fail', rules: [api('service-account-extend-token-expiration')] },
  {
    id: '1.3.1',
    kubeBench: 'fail',
    rules: ['kube-controller-manager terminated-pod-gc-threshold'],
    ours: ['pass', 'ended pods are removed by default'],
  },
  { id: '1.3.2', kubeBench: 'fail', rules: ['kube-controller-manager profiling'] },
  { id: '1.3.3', kubeBench: 'pass', rules: ['kube-controller-manager use-service-account-credentials'] },
  { id: '1.3.4', kubeBench: 'pass', rules: ['kube-controller-manager service-account-private-key-file'] },
  { id: '1.3.5', kubeBench: 'pass', rules: ['kube-controller-manager root-ca-file'] },
  {
    id: '1.3.6',
    kubeBench: 'pass',
    rules: ['kube-controller-manager feature-gates lacks RotateKubeletServerCertificate=false'],
  },
  { id: '1.3.7', kubeBench: 'pass', rules: ['kube-controller-manager bind-address'] },
  { id: '1.4.1', kubeBench: 'fail', rules: ['kube-scheduler profiling'] },
  { id: '1.4.2', kubeBench: 'pass', rules: ['kube-scheduler bind-address'] },
  { id: '2.1', kubeBench: 'pass', rules: ['etcd cert-file', 'etcd key-file'] },
  { id: '2.2', kubeBench: 'pass', rules: ['etcd client-cert-auth'] },
  { id: '2.3', kubeBench: 'pass', rules: ['etcd auto-tls'] },
  { id: '2.4', kubeBench: 'pass', rules: ['etcd peer-cert-file', 'etcd peer-key-file'] },
  { id: '2.5', kubeBench: 'pass', rules: ['etcd peer-client-cert-auth'] },
  { id: '2.6', kubeBench: 'pass', rules: ['etcd peer-auto-tls'] },
  { id: '2.7', kubeBench: 'pass', rules: ['etcd trusted-ca-file'] },
  { id: '3.2.1', kubeBench: 'fail', rules: [api('audit-policy-file')] },
];

const isViolations = (outcome: Outcome): outcome is readonly Violation[] => Array.isArray(outcome);

/** Keys of all rules that the argv of kubeadm breaks. */
const broken = new Set(
  controlPlaneChecks.flatMap(({ evaluate }) => {
    const outcome = evaluate(controlPlane(...KUBEADM));
    return isViolations(outcome) ? outcome.map(({ key = '' }) => key) : [];
  }),
);

/** What each rule is called when it is broken: by an instance that has nothing set, or the wrong thing. */
const WRONG = ['AlwaysAllow', 'AlwaysAdmit', 'true', 'false', '0.0.0.0', '0', 'RotateKubeletServerCertificate=false'];

describe('A cluster of kubeadm, judged by us and by kube-bench', () => {
  for (const { id, kubeBench, rules, ours } of ITEMS) {
    const [verdict, why] = ours ?? [kubeBench, undefined];
    it(`${verdict === 'pass' ? 'passes' : 'fails'} ${id}${why === undefined ? '' : `, other than there: ${why}`}`, () => {
      assert.equal(rules.some((key) => broken.has(key)) ? 'fail' : 'pass', verdict);
    });
  }

  it('breaks no rule that is none of these items', () => {
    const named = new Set(ITEMS.flatMap(({ rules }) => rules));
    assert.deepEqual(
      [...broken].filter((key) => !named.has(key)),
      [],
    );
  });

  it('is judged by items that have a rule each', () => {
    const flags = new Set(
      controlPlaneChecks.flatMap(({ rules }) => rules.map((rule) => `${rule.component} ${rule.flag}`)),
    );
    for (const key of ITEMS.flatMap(({ rules }) => rules)) {
      const [component = '', flag = ''] = key.split(' ');
      assert.ok(flags.has(`${component} ${flag}`), key);
    }
  });
});

describe('The rules about flags', () => {
  const rules = controlPlaneChecks.flatMap((check) => check.rules);

  it('read exactly the flags that are kept', () => {
    const read = rules.flatMap(({ component, flag, unless = [], movedTo, overruledBy, want }) => [
      `${component} ${flag}`,
      ...unless.map((condition) => `${component} ${condition.flag}`),
      ...[movedTo, overruledBy].flatMap((file) => (file === undefined ? [] : [`${component} ${file}`])),
      ...(want.op === 'differs' ? [`${want.component} ${want.flag}`] : []),
    ]);
    const kept = Object.entries(JUDGED_FLAGS).flatMap(([component, flags]) =>
      Object.keys(flags).map((flag) => `${component} ${flag}`),
    );
    assert.deepEqual([...new Set(read)].sort(), kept.sort());
  });

  for (const rule of rules.filter(({ want }) => want.op !== 'inFile')) {
    it(`can be broken: ${rule.component} --${rule.flag} ${JSON.stringify(rule.want)}`, () => {
      const values = rule.want.op === 'lacks' ? [rule.want.item] : WRONG;
      const commands = [rule.component, ...values.map((value) => `${rule.component} --${rule.flag}=${value}`)];
      const other = rule.want.op === 'differs' ? [`${rule.want.component} --${rule.want.flag}=0`] : [];
      const audit = rule.flag.startsWith('audit-log-max') ? ' --audit-log-path=/audit.log' : '';
      assert.ok(commands.some((command) => isViolations(judgeFlags([rule], controlPlane(command + audit, ...other)))));
    });
  }
});
