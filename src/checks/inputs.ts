import type { ClusterFacts } from '../inventory/facts/cluster.ts';
import type { ConfigMapFacts } from '../inventory/facts/config-map.ts';
import type { IngressFacts } from '../inventory/facts/ingress.ts';
import type { LimitRangeFacts } from '../inventory/facts/limit-range.ts';
import type { NamespaceFacts } from '../inventory/facts/namespace.ts';
import type { NetworkPolicyFacts, OtherPolicies } from '../inventory/facts/network-policy.ts';
import type { NodeFacts } from '../inventory/facts/node.ts';
import type { ObjectRef } from '../inventory/facts/object-ref.ts';
import type { PodLabels } from '../inventory/facts/pod-labels.ts';
import type { PodSpecFacts } from '../inventory/facts/pod-spec.ts';
import type { PodView } from '../inventory/facts/pod-view.ts';
import type {
  BindingFacts,
  EffectiveGrant,
  GrantedRule,
  PolicyRule,
  RoleFacts,
  RoleName,
} from '../inventory/facts/rbac.ts';
import type { ServiceAccountFacts } from '../inventory/facts/service-account.ts';
import type { ServiceFacts } from '../inventory/facts/service.ts';
import type { NodeStorage } from '../inventory/facts/volume.ts';
import type { WebhookConfigurationFacts } from '../inventory/facts/webhooks.ts';
import type { LabelledSpec } from '../inventory/facts/workload.ts';
import type { CompiledParameters } from './parameters.ts';

/** A pod spec, judged by itself: the verdict is shared by all that are equal. */
export interface PodInput extends PodView {
  /** Minor of the Pod Security policy version that judges: 37 for v1.37. */
  readonly podSecurityMinor: number;
  readonly parameters: CompiledParameters;
}

/** What governs the traffic of a namespace. */
export interface NamespacePolicies {
  readonly networkPolicies: readonly NetworkPolicyFacts[];
  /** Whether policies of other kinds govern it, or may: what these say is not known. */
  readonly others: OtherPolicies;
}

/** A controller with its template and the distinct specs of its live pods. */
export interface WorkloadInput {
  readonly subject: ObjectRef;
  readonly specs: readonly PodSpecFacts[];
  /** Those of them that were admitted: live pods, which have what the LimitRanges of their day gave them. */
  readonly admitted: readonly PodSpecFacts[];
  /** The LimitRanges of the subject's namespace. */
  readonly limitRanges: readonly LimitRangeFacts[];
  /** The ServiceAccount of that name in the subject's namespace, if it exists. */
  readonly serviceAccount: (name: string) => ServiceAccountFacts | undefined;
  /** Each distinct pair of labels and spec. */
  readonly labelled: readonly LabelledSpec[];
  readonly policies: () => NamespacePolicies;
  /** What of a node a claim of the namespace is bound to, if it is. */
  readonly storageBehind: (claim: string) => NodeStorage | undefined;
  /** Whether a Secret of the namespace holds a token that never expires; undefined if nobody says so and Secrets are not read. */
  readonly isTokenSecret: (name: string) => boolean | undefined;
  /** Every binding that reaches the ServiceAccount of that name in the subject's namespace. */
  readonly grantsOf: (serviceAccount: string) => readonly EffectiveGrant[];
  /** How many workloads of the namespace run as the ServiceAccount, counted no further than to two. */
  readonly usersOf: (serviceAccount: string) => number;
  readonly server: ServerFacts;
  readonly parameters: CompiledParameters;
}

export interface ServiceAccountInput {
  readonly serviceAccount: ServiceAccountFacts;
  /** Every binding that reaches it: by its name, as a user, or by one of its groups. */
  readonly grants: readonly EffectiveGrant[];
  /** The workloads that run as it. */
  readonly workloads: readonly ObjectRef[];
  /** Whether pods of its namespace run as another ServiceAccount. */
  readonly hasNeighbours: boolean;
  /** Secrets that are known, by their type, to hold a token of it; undefined where Secrets are not read. */
  readonly tokenSecrets: readonly string[] | undefined;
  readonly server: ServerFacts;
  readonly parameters: CompiledParameters;
}

export interface RoleInput {
  readonly role: RoleFacts;
  /** The rules that count as its own; what an aggregated ClusterRole has of others is judged there. */
  readonly ownRules: readonly PolicyRule[];
  /** Whether a binding refers to it, or to a role that it is aggregated into; those for people count as bound. */
  readonly isInUse: boolean;
  readonly server: ServerFacts;
}

/** What a role grants: by one binding of it, or, while nothing binds the role, to whoever will be bound. */
export interface GrantInput {
  readonly role: RoleName;
  /** What the role allows, aggregation resolved; undefined if there is no such role. */
  readonly rules: readonly GrantedRule[] | undefined;
  /** Undefined where the role itself is judged. */
  readonly binding: BindingFacts | undefined;
  readonly server: ServerFacts;
  readonly parameters: CompiledParameters;
}

export interface BindingInput {
  readonly binding: BindingFacts;
  /** What its role allows, aggregation resolved; undefined if there is no such role. */
  readonly rules: readonly GrantedRule[] | undefined;
  readonly serviceAccountExists: (namespace: string, name: string) => boolean;
  readonly parameters: CompiledParameters;
}

/** What is known of the API server and of the day, for checks against tables that age. */
export interface ServerFacts {
  readonly major: number;
  readonly minor: number;
  /** As the server says it: `v1.37.2`, `v1.33.4-gke.100`, `v1.34.1+k3s1`. */
  readonly gitVersion: string;
  /** The day of judgement in UTC, `YYYY-MM-DD`. */
  readonly today: string;
}

export interface NodeInput {
  readonly node: NodeFacts;
  readonly server: ServerFacts;
  /** Whether there are nodes beside those of the control plane. */
  readonly hasWorkers: boolean;
}

/** The configuration of a kubelet. */
export interface KubeletInput {
  readonly config: Readonly<Record<string, unknown>>;
  /** Declared: as the ConfigMap holds it, before the kubelet fills in its defaults. Effective: as the kubelet itself says. */
  readonly observed: 'Declared' | 'Effective';
}

export interface NamespaceInput {
  readonly namespace: NamespaceFacts;
  /** Whether a pod or a workload in scope of judgement lives here. */
  readonly hasWorkloads: boolean;
  readonly policies: NamespacePolicies;
  readonly limitRanges: readonly LimitRangeFacts[];
  readonly hasResourceQuota: boolean;
  readonly server: ServerFacts;
  readonly parameters: CompiledParameters;
  /** The strictest level that all its workloads satisfy; undefined if the checks that tell do not all run. */
  readonly satisfies: () => PodSecurityLevel | undefined;
}

/** The levels of Pod Security, as labels name them. */
export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

export interface ServiceInput {
  readonly service: ServiceFacts;
  /** Whether any node has a public address. */
  readonly hasPublicNode: () => boolean;
}

export interface IngressInput {
  readonly ingress: IngressFacts;
}

export interface NetworkPolicyInput {
  readonly networkPolicy: NetworkPolicyFacts;
  /** The distinct labels of pods and templates in its namespace. */
  readonly labels: readonly PodLabels[];
}

export interface ConfigMapInput {
  readonly configMap: ConfigMapFacts;
}

export interface ClusterInput {
  readonly server: ServerFacts;
  readonly parameters: CompiledParameters;
  readonly cluster: ClusterFacts;
  /** Namespaces in which anything runs. */
  readonly inhabitedNamespaces: readonly string[];
  /** In which versions objects were written. Only files tell: a cluster serves every object in every version. */
  readonly apiUses?: readonly ApiUse[];
}

/** A kind in the version in which an object was written. */
export interface ApiUse {
  readonly apiVersion: string;
  readonly kind: string;
}

/** A configuration of admission webhooks. */
export interface AdmissionWebhookInput {
  readonly configuration: WebhookConfigurationFacts;
  readonly parameters: CompiledParameters;
}

/** What each sort of check is given. */
export interface Inputs {
  readonly pod: PodInput;
  readonly workload: WorkloadInput;
  readonly serviceAccount: ServiceAccountInput;
  readonly role: RoleInput;
  readonly binding: BindingInput;
  readonly grant: GrantInput;
  readonly node: NodeInput;
  readonly namespace: NamespaceInput;
  readonly service: ServiceInput;
  readonly ingress: IngressInput;
  readonly networkPolicy: NetworkPolicyInput;
  readonly configMap: ConfigMapInput;
  readonly cluster: ClusterInput;
  readonly kubelet: KubeletInput;
  readonly admissionWebhook: AdmissionWebhookInput;
}
