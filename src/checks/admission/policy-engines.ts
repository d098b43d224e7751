import type {
  PolicyBindingFacts,
  WebhookConfigurationFacts,
  WebhookFacts,
  WebhookRule,
} from '../../inventory/facts/webhooks.ts';

/** How the webhooks of a policy engine are told from others: by their own names, or by the Service behind them. */
interface PolicyEngine {
  readonly name: string;
  readonly webhook?: RegExp;
  readonly service?: RegExp;
}

const POLICY_ENGINES: readonly PolicyEngine[] = [
  { name: 'Gatekeeper', webhook: /\.gatekeeper\.sh$/, service: /^gatekeeper-webhook-service$/ },
  { name: 'Kyverno', webhook: /\.kyverno\.svc(?:-fail|-ignore)?(?:-.+)?$/, service: /^kyverno-svc$/ },
  { name: 'Kubewarden', webhook: /\.kubewarden\.admission$/, service: /^policy-server-/ },
  { name: 'Polaris', webhook: /^polaris\.fairwinds\.com$/, service: /^polaris-webhook$/ },
  { name: 'Open Policy Agent', webhook: /\.openpolicyagent\.org$/ },
  { name: 'jsPolicy', webhook: /\.jspolicy\.com$/, service: /^jspolicy$/ },
  { name: 'Sigstore policy-controller', webhook: /^policy\.sigstore\.dev$/ },
  { name: 'Connaisseur', service: /^connaisseur-svc$/ },
  { name: 'NeuVector', service: /^neuvector-svc-(?:admission|crd)-webhook$/ },
  { name: 'StackRox', webhook: /\.stackrox\.io$/ },
];

const WORKLOAD_RESOURCES: Readonly<Record<string, readonly string[]>> = {
  '': ['pods'],
  apps: ['deployments', 'statefulsets', 'daemonsets', 'replicasets'],
  batch: ['jobs', 'cronjobs'],
};

const includesOrAll = (list: readonly string[], item: string): boolean => list.includes(item) || list.includes('*');

/** Whether a webhook with this rule is asked before pods, or what makes pods, are created. */
function guardsWorkloads({ operations, apiGroups, resources }: WebhookRule): boolean {
  if (!includesOrAll(operations, 'CREATE')) return false;
  return Object.entries(WORKLOAD_RESOURCES).some(
    ([group, kinds]) =>
      includesOrAll(apiGroups, group) &&
      resources.some((resource) => resource === '*' || resource === '*/*' || kinds.includes(resource)),
  );
}

/** The policy engine that a webhook belongs to; undefined if it is none, or only guards the engine's own objects. */
export function engineOf({ name, service, rules }: WebhookFacts): string | undefined {
  if (!rules.some(guardsWorkloads)) return undefined;
  return POLICY_ENGINES.find(
    (engine) =>
      engine.webhook?.test(name) === true || (service !== undefined && engine.service?.test(service.name) === true),
  )?.name;
}

/** The policy engines among these configurations, each once, sorted. */
export function enginesOf(configurations: readonly WebhookConfigurationFacts[]): readonly string[] {
  const engines = configurations.flatMap(({ webhooks }) => webhooks.flatMap((webhook) => engineOf(webhook) ?? []));
  return [...new Set(engines)].sort();
}

/** Policies that distributions bring along for their own ends. */
const OF_DISTRIBUTIONS = /^(?:openshift-|gke-|eks-|aks-)|\.(?:openshift|gke|azmk8s)\.io$/;

/** Bindings of policies that somebody chose for this cluster. */
export const ownBindings = (bindings: readonly PolicyBindingFacts[]): readonly PolicyBindingFacts[] =>
  bindings.filter(({ policyName }) => !OF_DISTRIBUTIONS.test(policyName));

/** Pod Security levels that forbid anything. */
export const FORBIDDING_LEVELS: ReadonlySet<string> = new Set(['baseline', 'restricted']);
