import { isDeepStrictEqual } from 'node:util';
import type { ClusterFacts, ConfigurationFacts } from '../facts/cluster.ts';
import type { ComponentFacts } from '../facts/component.ts';
import type { NamespaceFacts } from '../facts/namespace.ts';
import type { ControllerFacts } from '../facts/workload.ts';
import type { Change } from '../store.ts';
import type { Stores } from '../stores.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
/** Where the manifests install us; it enforces a level from the start, which says nothing of what others do. */
const OWN_NAMESPACE = 'plimsoll-system';
const MILDER = ['pod-security.kubernetes.io/audit', 'pod-security.kubernetes.io/warn'];

/** Whether a DaemonSet has become, or ceased to be, a network plugin. */
export const controllerTouchesCluster = ({ before, after }: Change<ControllerFacts>): boolean =>
  !isDeepStrictEqual(before?.networkPlugins, after?.networkPlugins);

/** Whether what a namespace enforces has changed. */
export const namespaceTouchesCluster = ({ before, after }: Change<NamespaceFacts>): boolean =>
  !isDeepStrictEqual(before?.podSecurityLabels, after?.podSecurityLabels);

/** The address in the kubeconfig that cluster-info holds. */
function serverOf(clusterInfo: ConfigurationFacts | undefined): string | undefined {
  if (clusterInfo === undefined || !('fields' in clusterInfo)) return undefined;
  const { clusters } = clusterInfo.fields;
  if (!Array.isArray(clusters)) return undefined;
  const [first] = clusters as readonly ({ readonly cluster?: { readonly server?: unknown } | null } | null)[];
  const server = first?.cluster?.server;
  return typeof server === 'string' ? server : undefined;
}

const distinct = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();

/** Those in which people decide. */
function namespacesOf<V>(stores: Stores<V>, isSystemNamespace: (name: string) => boolean): readonly NamespaceFacts[] {
  return [...stores.Namespace.values()].filter(({ ref }) => !isSystemNamespace(ref.name) && ref.name !== OWN_NAMESPACE);
}

function admissionOf<V>(
  stores: Stores<V>,
  isSystemNamespace: (name: string) => boolean,
): Pick<ClusterFacts, 'webhookConfigurations' | 'policyBindings' | 'enforcedLevels' | 'auditsPodSecurity'> {
  const labels = namespacesOf(stores, isSystemNamespace).map(({ podSecurityLabels }) => podSecurityLabels);
  return {
    webhookConfigurations: [
      ...stores.ValidatingWebhookConfiguration.values(),
      ...stores.MutatingWebhookConfiguration.values(),
    ],
    policyBindings: [...stores.ValidatingAdmissionPolicyBinding.values()].filter(
      ({ policyName }) => stores.ValidatingAdmissionPolicy.get('', policyName) !== undefined,
    ),
    enforcedLevels: distinct(labels.flatMap((each) => each[ENFORCE] ?? [])),
    auditsPodSecurity: labels.some((each) => each[ENFORCE] === undefined && MILDER.some((label) => label in each)),
  };
}

/** What is known of the cluster as a whole. Pods are not gone through: there may be very many. */
export function clusterFactsOf<V>(
  stores: Stores<V>,
  components: readonly ComponentFacts[],
  isSystemNamespace: (name: string) => boolean,
): ClusterFacts {
  return {
    ...admissionOf(stores, isSystemNamespace),
    components,
    kubeProxy: stores.KubeProxyConfig.get('kube-system', 'kube-proxy'),
    advertisedServer: serverOf(stores.ClusterInfo.get('kube-public', 'cluster-info')),
    serverAddresses: stores.ServerEndpoints.get('default', 'kubernetes')?.addresses ?? [],
    networkPlugins: distinct([...stores.DaemonSet.values()].flatMap(({ networkPlugins = [] }) => networkPlugins)),
    customResources: [...stores.CustomResourceDefinition.values()].map(({ name }) => name),
    csiDrivers: [...stores.CSIDriver.values()].map(({ name }) => name),
  };
}
