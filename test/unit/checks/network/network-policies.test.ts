import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { NetworkPolicyInput } from '../../../../src/checks/check.ts';
import {
  networkPolicyAllowsAll,
  networkPolicySelectsNothing,
} from '../../../../src/checks/network/network-policies.ts';
import type { PodLabels } from '../../../../src/inventory/facts/pod-labels.ts';
import type { Json } from '../../../support/objects.ts';
import { labels, policy } from '../inputs.ts';
import { fails, verdicts } from '../verdicts.ts';

const judged = (spec: Json, ...present: readonly PodLabels[]): NetworkPolicyInput => ({
  networkPolicy: policy(spec),
  labels: present,
});
const proxy = { from: [{ podSelector: { matchLabels: { app: 'proxy' } } }] };
const everywhere = { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] };

verdicts(networkPolicyAllowsAll, [
  ['a policy that denies everything', judged({ podSelector: {}, policyTypes: ['Ingress', 'Egress'] }), PASS],
  ['a rule for some peers', judged({ ingress: [proxy] }), PASS],
  ['rules for a direction that it is not about', judged({ policyTypes: ['Ingress'], egress: [{}] }), PASS],
  [
    'a block with exceptions',
    judged({ egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }] }] }),
    PASS,
  ],
  [
    'an empty rule',
    judged({ ingress: [{}] }),
    fails({
      path: 'spec.ingress',
      key: 'ingress/any/',
      severity: 'Medium',
      message: 'a rule allows ingress from everybody on any port',
    }),
  ],
  [
    'rules that name nobody, once for each direction',
    judged({ ingress: [{ from: [] }, {}], egress: [{ to: [] }] }),
    fails({ key: 'ingress/any/' }, { key: 'egress/any/' }),
  ],
  [
    'a block of all addresses',
    judged({ egress: [everywhere] }),
    fails({ key: 'egress/IPv4/', message: 'a rule allows egress to every IPv4 address on any port' }),
  ],
  [
    'a port that is open to everybody, as worth knowing',
    judged({ ingress: [{ ports: [{ port: 443 }] }] }),
    fails({ key: 'ingress/any/TCP/443', severity: 'Info' }),
  ],
]);

const forWeb = { podSelector: { matchLabels: { app: 'web' } } };

verdicts(networkPolicySelectsNothing, [
  ['a policy for a pod that is there', judged(forWeb, labels({ app: 'api' }), labels({ app: 'web', more: 'x' })), PASS],
  [
    'a policy for single pods, which may be there',
    judged({ podSelector: { matchLabels: { 'statefulset.kubernetes.io/pod-name': 'web-0' } } }, labels({ app: 'web' })),
    PASS,
  ],
  ['a policy for all pods', judged({ podSelector: {} }), SKIP],
  ['a policy for pods of another name', judged(forWeb, labels({ app: 'webb' })), fails('spec.podSelector')],
  ['a policy where there are no pods', judged(forWeb), fails('spec.podSelector')],
]);
