import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { NamespaceInput } from '../../../../src/checks/check.ts';
import {
  namespacePsaNotEnforced,
  namespaceWithoutDefaultDeny,
  namespaceWithoutNetworkPolicy,
} from '../../../../src/checks/namespaces/namespaces.ts';
import { namespaceWithoutResourceQuota } from '../../../../src/checks/namespaces/resource-quota.ts';
import type { OtherPolicies } from '../../../../src/inventory/facts/network-policy.ts';
import type { Json } from '../../../support/objects.ts';
import { namespaceInput as namespace, policy } from '../inputs.ts';
import { fails, verdicts } from '../verdicts.ts';

const governed = (specs: readonly Json[], others: OtherPolicies = 'None', name = 'shop'): NamespaceInput =>
  namespace(name, { policies: { networkPolicies: specs.map((spec) => policy(spec)), others } });
const enforcing = (name: string, level: string): NamespaceInput =>
  namespace(name, {}, { 'pod-security.kubernetes.io/enforce': level });

const web = { podSelector: { matchLabels: { app: 'web' } } };
const denyAll = { podSelector: {}, policyTypes: ['Ingress', 'Egress'] };
const denyIngress = { podSelector: {}, policyTypes: ['Ingress'] };
const fromProxy = [{ from: [{ podSelector: { matchLabels: { app: 'proxy' } } }] }];

verdicts(namespaceWithoutNetworkPolicy, [
  ['one policy', governed([web]), PASS],
  ['a policy of Cilium or Calico in the namespace', governed([], 'Namespace'), PASS],
  ['a policy of another kind for the whole cluster, which may be about it', governed([], 'Cluster'), SKIP],
  ['no policy, but no pod either', namespace('shop', { hasWorkloads: false }), SKIP],
  ['kube-system', namespace('kube-system'), SKIP],
  ['kube-public', namespace('kube-public'), SKIP],
  ['kube-node-lease', namespace('kube-node-lease'), SKIP],
  ['pods without a policy', namespace('shop'), fails('metadata.name')],
  ['default, which is no system namespace', namespace('default'), fails('metadata.name')],
]);

verdicts(namespaceWithoutDefaultDeny, [
  ['a policy that denies everything', governed([denyAll]), PASS],
  ['one policy for each direction', governed([denyIngress, { podSelector: {}, policyTypes: ['Egress'] }]), PASS],
  ['a policy for all pods with rules, which is the same as two', governed([{ ...denyAll, ingress: fromProxy }]), PASS],
  [
    'a selector with empty lists, which selects all',
    governed([{ ...denyAll, podSelector: { matchLabels: {} } }]),
    PASS,
  ],
  ['a rule for some pods that lets everybody through', governed([denyAll, { ...web, ingress: [{}] }]), PASS],
  [
    'a rule for all pods that lets everybody through to one port',
    governed([{ ...denyAll, ingress: [{ ports: [{ port: 80 }] }] }]),
    PASS,
  ],
  ['no policy, but no pod either', namespace('shop', { hasWorkloads: false }), SKIP],
  ['kube-system', namespace('kube-system'), SKIP],
  ['policies of other kinds, which may deny it', governed([web], 'Namespace'), SKIP],
  [
    'no policy at all',
    governed([]),
    fails({ severity: 'Medium', message: 'no NetworkPolicy denies all other ingress and egress of its pods' }),
  ],
  ['policies for some pods only', governed([web]), fails({ severity: 'Medium' })],
  [
    'ingress only, mildly',
    governed([denyIngress]),
    fails({ severity: 'Low', message: 'no NetworkPolicy denies all other egress of its pods' }),
  ],
  ['a policy without policyTypes and egress rules', governed([{ podSelector: {} }]), fails({ severity: 'Low' })],
  [
    'a rule for all pods that lets everybody through',
    governed([denyAll, { podSelector: {}, ingress: [{}] }]),
    fails({ severity: 'Medium', message: 'no NetworkPolicy denies all other ingress of its pods' }),
  ],
  [
    'a rule for all pods that lets every address through',
    governed([{ ...denyAll, egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] }]),
    fails({ severity: 'Low' }),
  ],
]);

verdicts(namespacePsaNotEnforced, [
  ['a namespace that enforces baseline', enforcing('shop', 'baseline'), PASS],
  ['a namespace that somebody decided to leave open', enforcing('kube-system', 'privileged'), PASS],
  ['an invalid level, as the API server enforces restricted then', enforcing('shop', 'strict'), PASS],
  ['an empty level, which is invalid too', enforcing('shop', ''), PASS],
  ['no label', namespace('shop'), fails({ path: 'metadata.labels' })],
  ['no label where nothing runs yet', namespace('shop', { hasWorkloads: false }), fails({ path: 'metadata.labels' })],
  [
    'labels that warn and audit only',
    namespace(
      'shop',
      {},
      { 'pod-security.kubernetes.io/warn': 'restricted', 'pod-security.kubernetes.io/audit': 'restricted' },
    ),
    fails({ path: 'metadata.labels' }),
  ],
  ['a system namespace, mildly', namespace('kube-system'), fails({ severity: 'Low' })],
]);

verdicts(namespaceWithoutResourceQuota, [
  ['a namespace with a quota', namespace('shop', { hasResourceQuota: true }), PASS],
  ['no quota, but no pod either', namespace('shop', { hasWorkloads: false }), SKIP],
  ['kube-system', namespace('kube-system'), SKIP],
  ['pods without a quota', namespace('shop'), fails('metadata.name')],
]);
