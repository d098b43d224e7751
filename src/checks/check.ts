import type { Severity, UnknownReason } from '../crds/index.ts';
import type { LimitRangeFacts } from '../inventory/facts/limit-range.ts';
import type { ClusterFacts } from '../inventory/facts/cluster.ts';
import type { ConfigMapFacts } from '../inventory/facts/config-map.ts';
import type { IngressFacts } from '../inventory/facts/ingress.ts';
import type { PodLabels } from '../inventory/facts/pod-labels.ts';
import type { NamespaceFacts } from '../inventory/facts/namespace.ts';
import type { NetworkPolicyFacts, OtherPolicies } from '../inventory/facts/network-policy.ts';
import type { NodeFacts } from '../inventory/facts/node.ts';
import type { ObjectRef } from '../inventory/facts/object-ref.ts';
import type { PodSpecFacts } from '../inventory/facts/pod-spec.ts';
import type { PodView } from '../inventory/facts/pod-view.ts';
import type { BindingFacts, EffectiveGrant, GrantedRule, RoleFacts, RoleName } from '../inventory/facts/rbac.ts';
import type { ServiceAccountFacts } from '../inventory/facts/service-account.ts';
import type { CheckParameters } from './parameters.ts';
import type { WebhookConfigurationFacts } from '../inventory/facts/webhooks.ts';
import type { ServiceFacts } from '../inventory/facts/service.ts';
import type { NodeStorage } from '../inventory/facts/volume.ts';
import type { LabelledSpec } from '../inventory/facts/workload.ts';

/** What is wrong, and where. */
export interface Violation {
  /** The field, from the top of the judged object (of the Pod, for templates); for display only. */
  readonly path?: string;
  /** One sentence. Never a secret value, a pod name or a count that changes by itself. */
  readonly message: string;
  readonly container?: string;
  /** Tells several violations of one check in one container apart, whatever their order: a volume, a capability. */
  readonly key?: string;
  /** Only where the evidence decides; otherwise the check's own holds. */
  readonly severity?: Severity;
}

/** Data or permission is missing, so nothing may be claimed. */
export interface Undecided {
  readonly reason: UnknownReason;
  readonly message: string;
}

/** The rule was looked at and holds. */
export const PASS = 'pass';
/** The rule does not apply to this object. */
export const SKIP = 'skip';

/** The rule was applied: it holds, or there is at least one violation. */
export type Decision = typeof PASS | readonly Violation[];

/** The answer of a check: pass, skip, at least one violation, or undecided with the reason. */
export type Outcome = Decision | typeof SKIP | Undecided;

/** A violation at a field; `more` carries key, container or severity. */
export function finding(path: string, message: string, more: Omit<Violation, 'path' | 'message'> = {}): Violation {
  return { path, message, ...more };
}

/** The given violations, or a pass if there is none. */
export function verdict(violations: readonly Violation[]): Decision {
  return violations.length === 0 ? PASS : violations;
}

/** Kinds that a relational check joins; if one cannot be read, the check is unknown for the whole cluster. */
export type FactKind =
  | 'ServiceAccount'
  | 'Role'
  | 'ClusterRole'
  | 'RoleBinding'
  | 'ClusterRoleBinding'
  | 'Node'
  | 'Namespace'
  | 'LimitRange'
  | 'NetworkPolicy'
  | 'DaemonSet'
  | 'ValidatingWebhookConfiguration'
  | 'MutatingWebhookConfiguration'
  | 'ValidatingAdmissionPolicy'
  | 'ValidatingAdmissionPolicyBinding'
  | 'CustomResourceDefinition'
  | 'CSIDriver'
  | 'KubeProxyConfig'
  | 'ClusterInfo'
  | 'ServerEndpoints'
  | 'PersistentVolume'
  | 'PersistentVolumeClaim'
  | 'ResourceQuota'
  | 'Secret'
  | 'Pod';

/** Where a rule comes from, and what other tools call it. CIS ids are (benchmark version, id) pairs. */
export interface References {
  readonly podSecurity?: readonly string[];
  readonly cis?: readonly (readonly [version: string, id: string])[];
  readonly nsa?: readonly string[];
  readonly mitre?: readonly string[];
  readonly trivy?: readonly string[];
  readonly kubescape?: readonly string[];
  readonly polaris?: readonly string[];
  readonly kubeLinter?: readonly string[];
  readonly kubeScore?: readonly string[];
  readonly checkov?: readonly string[];
  readonly kubesec?: readonly string[];
  readonly kyverno?: readonly string[];
  readonly gatekeeper?: readonly string[];
  /** Items of the checklist "Kubernetes security from day one" (KubeCon 2020). */
  readonly checklist?: readonly ChecklistItem[];
  readonly urls?: readonly string[];
}

/** An item of the KubeCon 2020 checklist, as far as the API can answer for it. */
export type ChecklistItem =
  | 'distroless-images'
  | 'current-images'
  | 'signed-images'
  | 'no-host-path'
  | 'no-host-network'
  | 'conscious-service-account'
  | 'cluster-up-to-date'
  | 'not-on-the-internet'
  | 'use-secrets'
  | 'groups-not-users'
  | 'admission-control'
  | 'scanners'
  | 'network-policies';

/**
 * What fails the check, and what it looks like mended, as YAML that is judged as it stands by the tests. For checks of pods a
 * fragment of a Pod (`spec:` and below); for others whole objects, several of them divided by `---`.
 */
export interface Example {
  readonly before: string;
  readonly after: string;
}

/**
 * What a check may say of manifests in files, where a cluster would know more. Default: it is unknown as long as a kind that
 * it reads is not among the files. See docs/adr/0008-what-files-leave-open.md.
 */
export type InFiles =
  /** What is not among the files is taken not to exist, because the default of the API then holds. */
  | 'defaults'
  /** What is not among the files could only add violations: those that are found stand, and a pass is unknown. */
  | 'lower-bound'
  /** What is not among the files could only take violations away: a pass stands, and what is found is unknown. */
  | 'upper-bound'
  /** It depends on the namespace, which a manifest may leave to whoever applies it. */
  | 'namespace'
  /** It depends on the version of the API server, which no file holds. */
  | 'server';

/** What a check may answer beside pass and violations. The compiler holds a row to what its `evaluate` returns. */
export interface Abstentions {
  /** There are objects to which it does not apply. Default false. */
  readonly maySkip?: boolean;
  /** There are objects about which it cannot decide by itself, whatever can be read. Default false. */
  readonly mayBeUndecided?: boolean;
}

/** The row of a check, whatever it judges. */
export interface CheckRow {
  /** Kebab-case, ours, never renamed: findings are remembered by it. */
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  readonly references: References;
  /** Raised when the meaning changes, so that what an upgrade newly finds is not taken for news. Default 1. */
  readonly revision?: number;
  /** Kinds joined beyond the judged object itself. Default none. */
  readonly reads?: readonly FactKind[];
  /** Kinds that only add to what it finds: without one of them it goes on, but says for the whole cluster that it cannot know all. */
  readonly alsoReads?: readonly FactKind[];
  readonly inFiles?: InFiles;
  /** A matter of taste: it runs only if it is asked for. Default false. */
  readonly isOptIn?: true;
  /** Why no framework has it. Default: one does. */
  readonly unmapped?: string;
  readonly example?: Example;
}

/** A pod spec, judged by itself: the verdict is shared by all that are equal. */
export interface PodInput extends PodView {
  /** Minor of the Pod Security policy version that judges: 37 for v1.37. */
  readonly podSecurityMinor: number;
  readonly parameters: CheckParameters;
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
}

export interface RoleInput {
  readonly role: RoleFacts;
  /** Whether a binding refers to it, or it is aggregated into a role for people. */
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
}

export interface BindingInput {
  readonly binding: BindingFacts;
  /** What its role allows, aggregation resolved; undefined if there is no such role. */
  readonly rules: readonly GrantedRule[] | undefined;
  readonly serviceAccountExists: (namespace: string, name: string) => boolean;
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
  /** Whether a Service has an endpoint; undefined where that is not known. */
  readonly hasEndpoints?: (namespace: string, service: string) => boolean | undefined;
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

/**
 * What a check judges. Findings of `pod` checks land, like those of `workload` checks, on the workload; those of `kubelet`
 * checks on the Node that was asked, or on the Cluster if all nodes have their configuration from one place; those of `grant`
 * checks on the binding, or on a role that nothing binds.
 */
export type Target = keyof Inputs;

/** A check: a row of data and a pure function. It has no clock, no environment, no I/O. */
export interface CheckOf<T extends Target> extends CheckRow, Abstentions {
  readonly target: T;
  readonly evaluate: (input: Inputs[T]) => Outcome;
}

export type Check = { [T in Target]: CheckOf<T> }[Target];

type Rule<T extends Target> = Omit<CheckOf<T>, 'target' | 'evaluate' | keyof Abstentions> &
  (
    | (Lacks<'maySkip' | 'mayBeUndecided'> & Gives<T, Decision>)
    | (Lacks<'mayBeUndecided'> & Has<'maySkip'> & Gives<T, Decision | typeof SKIP>)
    | (Lacks<'maySkip'> & Has<'mayBeUndecided'> & Gives<T, Decision | Undecided>)
    | (Has<'maySkip' | 'mayBeUndecided'> & Gives<T, Outcome>)
  );

type Lacks<K extends keyof Abstentions> = { readonly [_ in K]?: never };
type Has<K extends keyof Abstentions> = Required<Pick<Abstentions, K>>;
type Gives<T extends Target, O extends Outcome> = { readonly evaluate: (input: Inputs[T]) => O };

const checkOf =
  <T extends Target>(target: T) =>
  (rule: Rule<T>): CheckOf<T> => ({ ...rule, target });

export const podCheck = checkOf('pod');
export const workloadCheck = checkOf('workload');
export const serviceAccountCheck = checkOf('serviceAccount');
export const roleCheck = checkOf('role');
export const bindingCheck = checkOf('binding');
export const grantCheck = checkOf('grant');
export const nodeCheck = checkOf('node');
export const namespaceCheck = checkOf('namespace');
export const serviceCheck = checkOf('service');
export const ingressCheck = checkOf('ingress');
export const networkPolicyCheck = checkOf('networkPolicy');
export const configMapCheck = checkOf('configMap');
export const clusterCheck = checkOf('cluster');
export const kubeletCheck = checkOf('kubelet');
export const admissionWebhookCheck = checkOf('admissionWebhook');
