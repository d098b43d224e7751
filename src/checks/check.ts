import type { Severity, UnknownReason } from '../crds/index.ts';
import type { NamespaceFacts } from '../inventory/facts/namespace.ts';
import type { NodeFacts } from '../inventory/facts/node.ts';
import type { ObjectRef } from '../inventory/facts/object-ref.ts';
import type { PodSpecFacts } from '../inventory/facts/pod-spec.ts';
import type { PodView } from '../inventory/facts/pod-view.ts';
import type { BindingFacts, EffectiveGrant, GrantedRule, RoleFacts } from '../inventory/facts/rbac.ts';
import type { ServiceAccountFacts } from '../inventory/facts/service-account.ts';

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

/** The answer of a check: pass, skip, at least one violation, or undecided with the reason. */
export type Outcome = typeof PASS | typeof SKIP | readonly Violation[] | Undecided;

/** A violation at a field; `more` carries key, container or severity. */
export function finding(path: string, message: string, more: Omit<Violation, 'path' | 'message'> = {}): Violation {
  return { path, message, ...more };
}

/** The given violations, or a pass if there is none. */
export function verdict(violations: readonly Violation[]): Outcome {
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
  | 'NetworkPolicy'
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
}

/** A controller with its template and the distinct specs of its live pods. */
export interface WorkloadInput {
  readonly subject: ObjectRef;
  readonly specs: readonly PodSpecFacts[];
  /** The ServiceAccount of that name in the subject's namespace, if it exists. */
  readonly serviceAccount: (name: string) => ServiceAccountFacts | undefined;
  /** Every binding that reaches the ServiceAccount of that name in the subject's namespace. */
  readonly grantsOf: (serviceAccount: string) => readonly EffectiveGrant[];
  /** How many workloads of the namespace run as the ServiceAccount, counted no further than to two. */
  readonly usersOf: (serviceAccount: string) => number;
}

export interface ServiceAccountInput {
  readonly serviceAccount: ServiceAccountFacts;
  /** Every binding that reaches it: by its name, as a user, or by one of its groups. */
  readonly grants: readonly EffectiveGrant[];
  /** The workloads that run as it. */
  readonly workloads: readonly ObjectRef[];
}

export interface RoleInput {
  readonly role: RoleFacts;
}

export interface BindingInput {
  readonly binding: BindingFacts;
  /** What its role allows, aggregation resolved; undefined if there is no such role. */
  readonly rules: readonly GrantedRule[] | undefined;
}

/** What is known of the API server and of the day, for checks against tables that age. */
export interface ServerFacts {
  readonly major: number;
  readonly minor: number;
  /** The day of judgement in UTC, `YYYY-MM-DD`. */
  readonly today: string;
}

export interface NodeInput {
  readonly node: NodeFacts;
  readonly server: ServerFacts;
}

export interface NamespaceInput {
  readonly namespace: NamespaceFacts;
  /** Whether a pod or a workload in scope of judgement lives here. */
  readonly hasWorkloads: boolean;
  readonly networkPolicies: number;
}

export interface ClusterInput {
  readonly server: ServerFacts;
}

/** What each sort of check is given. */
export interface Inputs {
  readonly pod: PodInput;
  readonly workload: WorkloadInput;
  readonly serviceAccount: ServiceAccountInput;
  readonly role: RoleInput;
  readonly binding: BindingInput;
  readonly node: NodeInput;
  readonly namespace: NamespaceInput;
  readonly cluster: ClusterInput;
}

/** What a check judges. Findings of `pod` checks land, like those of `workload` checks, on the workload. */
export type Target = keyof Inputs;

/** A check: a row of data and a pure function. It has no clock, no environment, no I/O. */
export interface CheckOf<T extends Target> extends CheckRow {
  readonly target: T;
  readonly evaluate: (input: Inputs[T]) => Outcome;
}

export type Check = { [T in Target]: CheckOf<T> }[Target];

type Rule<T extends Target> = Omit<CheckOf<T>, 'target'>;

export const podCheck = (rule: Rule<'pod'>): CheckOf<'pod'> => ({ ...rule, target: 'pod' });
export const workloadCheck = (rule: Rule<'workload'>): CheckOf<'workload'> => ({ ...rule, target: 'workload' });
export const serviceAccountCheck = (rule: Rule<'serviceAccount'>): CheckOf<'serviceAccount'> => ({
  ...rule,
  target: 'serviceAccount',
});
export const roleCheck = (rule: Rule<'role'>): CheckOf<'role'> => ({ ...rule, target: 'role' });
export const bindingCheck = (rule: Rule<'binding'>): CheckOf<'binding'> => ({ ...rule, target: 'binding' });
export const nodeCheck = (rule: Rule<'node'>): CheckOf<'node'> => ({ ...rule, target: 'node' });
export const namespaceCheck = (rule: Rule<'namespace'>): CheckOf<'namespace'> => ({ ...rule, target: 'namespace' });
export const clusterCheck = (rule: Rule<'cluster'>): CheckOf<'cluster'> => ({ ...rule, target: 'cluster' });
