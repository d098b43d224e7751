import type { ComponentFacts } from './component.ts';
import type { PolicyBindingFacts, WebhookConfigurationFacts } from './webhooks.ts';

/** A configuration file that stands in a ConfigMap: its fields, or why they cannot be read. */
export type ConfigurationFacts = { readonly fields: Readonly<Record<string, unknown>> } | { readonly problem: string };

/** What is known of the cluster as a whole, gathered from what is kept of its objects. */
export interface ClusterFacts {
  /** Parts of the control plane that run as static pods. */
  readonly components: readonly ComponentFacts[];
  /** Of the ConfigMap kube-system/kube-proxy; undefined if there is none. */
  readonly kubeProxy: ConfigurationFacts | undefined;
  /** Where kube-public/cluster-info says that the API server is; undefined if it does not exist or does not say. */
  readonly advertisedServer: string | undefined;
  /** Addresses of the API server in the EndpointSlice default/kubernetes. */
  readonly serverAddresses: readonly string[];
  readonly webhookConfigurations: readonly WebhookConfigurationFacts[];
  /** Bindings whose ValidatingAdmissionPolicy exists. */
  readonly policyBindings: readonly PolicyBindingFacts[];
  /** Pod Security levels that are enforced outside the system namespaces, each once. */
  readonly enforcedLevels: readonly string[];
  /** Whether a namespace outside the system ones audits by a Pod Security level or warns, if it enforces none. */
  readonly auditsPodSecurity: boolean;
  /** Network plugins that run as a DaemonSet, each once. */
  readonly networkPlugins: readonly string[];
  /** Names of the CustomResourceDefinitions: `vulnerabilityreports.aquasecurity.github.io`. */
  readonly customResources: readonly string[];
  readonly csiDrivers: readonly string[];
}
