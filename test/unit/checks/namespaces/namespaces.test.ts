import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { NamespaceInput } from '../../../../src/checks/check.ts';
import {
  namespacePsaNotEnforced,
  namespaceWithoutNetworkPolicy,
} from '../../../../src/checks/namespaces/namespaces.ts';
import { fails, verdicts } from '../verdicts.ts';

const namespace = (
  name: string,
  more: Partial<NamespaceInput> = {},
  labels: Readonly<Record<string, string>> = {},
): NamespaceInput => ({
  namespace: { ref: { apiVersion: 'v1', kind: 'Namespace', name, uid: 'uid' }, podSecurityLabels: labels },
  hasWorkloads: true,
  networkPolicies: 0,
  limitRanges: [],
  ...more,
});
const enforcing = (name: string, level: string): NamespaceInput =>
  namespace(name, {}, { 'pod-security.kubernetes.io/enforce': level });

verdicts(namespaceWithoutNetworkPolicy, [
  ['one policy', namespace('shop', { networkPolicies: 1 }), PASS],
  ['no policy, but no pod either', namespace('shop', { hasWorkloads: false }), SKIP],
  ['kube-system', namespace('kube-system'), SKIP],
  ['kube-public', namespace('kube-public'), SKIP],
  ['kube-node-lease', namespace('kube-node-lease'), SKIP],
  ['pods without a policy', namespace('shop'), fails('metadata.name')],
  ['default, which is no system namespace', namespace('default'), fails('metadata.name')],
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
