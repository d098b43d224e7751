import { PASS, SKIP } from '../../../../src/checks/check.ts';
import type { ClusterInput } from '../../../../src/checks/check.ts';
import { namespacesNotSeparated } from '../../../../src/checks/namespaces/separation.ts';
import { cluster as clusterOf } from '../cluster/facts.ts';
import { fails, verdicts } from '../verdicts.ts';

const cluster = (...inhabitedNamespaces: readonly string[]): ClusterInput => ({ ...clusterOf(), inhabitedNamespaces });

verdicts(namespacesNotSeparated, [
  ['workloads in two namespaces', cluster('default', 'kube-system', 'shop'), PASS],
  ['a cluster that runs only its system', cluster('kube-system'), SKIP],
  ['a cluster that runs only add-ons', cluster('kube-system', 'plimsoll-system', 'cert-manager', 'kube-flannel'), SKIP],
  [
    'workloads in default only',
    cluster('default', 'kube-system'),
    fails({ message: 'all workloads but add-ons run in namespace default' }),
  ],
  [
    'workloads in one namespace beside add-ons',
    cluster('shop', 'cert-manager', 'calico-system'),
    fails('metadata.namespace'),
  ],
]);
