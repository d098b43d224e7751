import { clusterCheck, finding, PASS, SKIP } from '../check.ts';
import { cis } from '../cis.ts';
import { namespaceCalled, objects, podIn } from '../example-objects.ts';

/** Namespaces that add-ons bring with them, which separate nothing; those called `…-system` are others. */
const ADD_ON_NAMESPACES: ReadonlySet<string> = new Set([
  'amazon-cloudwatch',
  'amazon-guardduty',
  'argocd',
  'cert-manager',
  'cilium-secrets',
  'external-secrets',
  'gmp-public',
  'ingress-nginx',
  'istio-ingress',
  'kube-flannel',
  'kubernetes-dashboard',
  'kyverno',
  'linkerd',
  'local-path-storage',
  'metallb',
  'monitoring',
  'tigera-operator',
  'traefik',
]);

const isAddOn = (name: string): boolean =>
  ADD_ON_NAMESPACES.has(name) || /-system$|^(?:kube|gke-managed|openshift)-/.test(name);

/** A cluster of one namespace has one set of rights, policies and quotas for all; one that runs nothing of its users has none to judge. */
export const namespacesNotSeparated = clusterCheck({
  id: 'namespaces-not-separated',
  severity: 'Low',
  title: 'All workloads share one namespace',
  why: 'Rights, network policies, quotas and Pod Security are given by namespace: here each is given to everybody at once.',
  fix: 'Give each application or team a namespace of its own.',
  references: {
    cis: cis('5.6.1', { id: '5.7.1', until: '1.10' }),
    nsa: ['Network policies', 'Authentication and authorization'],
    kubescape: ['C-0209'],
  },
  reads: ['Pod', 'Namespace'],
  parameters: ['systemNamespaces'],
  maySkip: true,
  evaluate: ({ inhabitedNamespaces, parameters }) => {
    const own = inhabitedNamespaces.filter((name) => !parameters.isSystemNamespace(name) && !isAddOn(name));
    const [only] = own;
    if (only === undefined) return SKIP;
    return own.length > 1
      ? PASS
      : [finding('metadata.namespace', `all workloads but add-ons run in namespace ${only}`)];
  },
  example: {
    before: objects(namespaceCalled('default'), podIn('default', 'shop'), podIn('default', 'payments')),
    after: objects(namespaceCalled('shop'), podIn('shop', 'shop'), podIn('payments', 'payments')),
  },
});
