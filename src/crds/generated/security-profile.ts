// Generated from config/crd/bases/plimsoll.dev_securityprofiles.yaml by tools/generate/main.ts; do not edit.
import type { KubernetesObject } from '@kubernetes/client-node';

/**
 * How the cluster is judged: which checks run, how bad their findings are, what they must
 * be told, what exceptions may do, and checks of your own. There is one, called default;
 * without it the settings of the operator hold. Written by people.
 */
export interface SecurityProfile {
  readonly apiVersion: 'plimsoll.dev/v1alpha1';
  readonly kind: 'SecurityProfile';
  readonly metadata: ObjectMetadata;
  /**
   * How the cluster is judged. What is absent is as the settings of the operator have it.
   */
  readonly spec?: Spec;
  /**
   * What Plimsoll makes of it.
   */
  readonly status?: StatusObject;
}

/**
 * How the cluster is judged. What is absent is as the settings of the operator have it.
 */
export interface Spec {
  /**
   * Which checks run.
   */
  readonly checks?: Checks;
  /**
   * Checks of your own, in CEL, as in a ValidatingAdmissionPolicy.
   */
  readonly customChecks?: readonly SpecCustomCheck[];
  /**
   * What exceptions may do here. One that may not is denied, and its status says why.
   */
  readonly exceptions?: Exceptions;
  /**
   * Which namespaces are judged: those that have the labels and the name, less those that are
   * excluded. Cluster-scoped subjects always are. If absent, as the settings of the operator
   * have it.
   */
  readonly namespaces?: Namespaces;
  /**
   * What checks must be told about this cluster, because no object of it says so.
   */
  readonly parameters?: Parameters;
  /**
   * Values that expressions of custom checks read as params, whatever their fields.
   */
  readonly params?: Readonly<Record<string, unknown>>;
  /**
   * Checks whose findings are better or worse here than Plimsoll says.
   */
  readonly severities?: readonly SeverityObject[];
}

/**
 * Which checks run.
 */
export interface Checks {
  /**
   * Checks that do not run, also if enable or the settings of the operator name them.
   */
  readonly disable?: readonly string[];
  /**
   * Checks that run, by their ids, by globs, and by two words, default for those that are no
   * matter of taste and all for all. Custom checks run whether they are named or not. If
   * absent, those that the settings of the operator name.
   */
  readonly enable?: readonly string[];
}

/**
 * One check.
 */
export interface SpecCustomCheck {
  /**
   * What must be true of a good object, in CEL. If it is false, that is a finding.
   */
  readonly expression: string;
  /**
   * What to do about it.
   */
  readonly fix?: string;
  /**
   * What it judges, either objects of some kinds or workloads.
   */
  readonly match: Match;
  /**
   * What a finding says. If absent, the title.
   */
  readonly message?: string;
  /**
   * What a finding says, in CEL. It must give a string. If it fails or gives none, message is
   * said.
   */
  readonly messageExpression?: string;
  /**
   * Id of the check in reports, exceptions and metrics. If Plimsoll has a check of that id,
   * yours is Invalid: a word of your own before it keeps it clear of those to come.
   */
  readonly name: string;
  /**
   * Field that a finding points to, such as spec.rules. For display only.
   */
  readonly path?: string;
  /**
   * How bad a finding of it is.
   */
  readonly severity: SeverityEnum;
  /**
   * Objects with the verdict that is expected of them. While one of them gets another, the
   * check does not run.
   */
  readonly tests: readonly Test[];
  /**
   * What is wrong where it finds something, in a few words.
   */
  readonly title: string;
  /**
   * Expressions with names. Each may use those before it, as variables.NAME.
   */
  readonly variables?: readonly Variable[];
  /**
   * Why that is bad.
   */
  readonly why?: string;
}

/**
 * What it judges, either objects of some kinds or workloads.
 */
export interface Match {
  /**
   * Kinds whose objects it judges. In expressions, object is the object.
   */
  readonly kinds?: readonly Kind[];
  /**
   * All if it judges every workload, by its template and its live pods. In expressions,
   * object is a Pod then.
   */
  readonly workloads?: Workloads;
}

/**
 * One kind.
 */
export interface Kind {
  /**
   * Group and version, such as networking.k8s.io/v1.
   */
  readonly apiVersion: string;
  /**
   * Kind, such as Ingress.
   */
  readonly kind: string;
}

/**
 * All if it judges every workload, by its template and its live pods. In expressions,
 * object is a Pod then.
 */
export type Workloads = 'All';

/**
 * How bad a finding of it is.
 *
 * A severity.
 *
 * Severity of all its findings, whatever the evidence.
 */
export type SeverityEnum = 'Critical' | 'High' | 'Info' | 'Low' | 'Medium';

/**
 * One test.
 */
export interface Test {
  /**
   * Pass if the object is good, Fail if it must be found.
   */
  readonly expect: Expect;
  /**
   * What the finding must say. If absent, whatever it says.
   */
  readonly message?: string;
  /**
   * What is tested, in a few words.
   */
  readonly name: string;
  /**
   * Its Namespace, for expressions that look at namespaceObject. If absent, one without
   * labels.
   */
  readonly namespaceObject?: Readonly<Record<string, unknown>>;
  /**
   * The object that is judged, as far as it matters. For workloads, a Pod or what has a
   * template.
   */
  readonly object: Readonly<Record<string, unknown>>;
}

/**
 * Pass if the object is good, Fail if it must be found.
 */
export type Expect = 'Fail' | 'Pass';

/**
 * One expression with a name.
 */
export interface Variable {
  /**
   * What it stands for, in CEL. It is evaluated when it is first used.
   */
  readonly expression: string;
  /**
   * Name of the variable.
   */
  readonly name: string;
}

/**
 * What exceptions may do here. One that may not is denied, and its status says why.
 */
export interface Exceptions {
  /**
   * Where annotations of subjects accept findings, as plimsoll.dev/ignore.CHECK with a reason
   * as its value. One rule must allow it. If absent, nowhere.
   */
  readonly annotations?: readonly Annotation[];
  /**
   * What no exception may accept. It wins over everything that allows.
   */
  readonly deny?: Deny;
  /**
   * Required if an exception without expirationTime is denied, Optional if it lasts until it
   * is deleted. If absent, Required.
   */
  readonly expiration?: Expiration;
  /**
   * How many days after its creation an exception may end at the latest. If absent, whenever
   * it says. It does not ask for an end where expiration is Optional.
   */
  readonly maxLifetimeDays?: number;
  /**
   * Whether an exception may accept all checks by the single *. If absent, Denied.
   */
  readonly wildcardChecks?: WildcardChecks;
}

/**
 * Findings that may be accepted by annotations. Every field that is given must match.
 */
export interface Annotation {
  /**
   * Checks whose findings may be accepted. If absent, every check.
   */
  readonly checks?: readonly string[];
  /**
   * Namespaces of the subjects. If absent, every namespace, and cluster-scoped subjects.
   */
  readonly namespaces?: readonly string[];
  /**
   * Severities of the findings that may be accepted. If absent, every severity.
   */
  readonly severities?: readonly SeverityEnum[];
}

/**
 * What no exception may accept. It wins over everything that allows.
 */
export interface Deny {
  /**
   * Checks whose findings are never accepted. An exception that names one is denied; one for
   * all checks accepts the others.
   */
  readonly checks: readonly string[];
}

/**
 * Required if an exception without expirationTime is denied, Optional if it lasts until it
 * is deleted. If absent, Required.
 */
export type Expiration = 'Optional' | 'Required';

/**
 * Whether an exception may accept all checks by the single *. If absent, Denied.
 */
export type WildcardChecks = 'Allowed' | 'Denied';

/**
 * Which namespaces are judged: those that have the labels and the name, less those that are
 * excluded. Cluster-scoped subjects always are. If absent, as the settings of the operator
 * have it.
 */
export interface Namespaces {
  /**
   * Names of namespaces that are not judged. If absent, none.
   */
  readonly excludeNames?: readonly string[];
  /**
   * Labels of namespaces that are not judged. Who may label a namespace can then take it out.
   * If absent, none.
   */
  readonly excludeSelector?: ExcludeSelector;
  /**
   * Names of the namespaces that are judged. If absent, whatever their names.
   */
  readonly names?: readonly string[];
  /**
   * Labels of the namespaces that are judged. If absent, whatever their labels.
   */
  readonly selector?: Selector;
}

/**
 * Labels of namespaces that are not judged. Who may label a namespace can then take it out.
 * If absent, none.
 */
export interface ExcludeSelector {
  /**
   * Requirements on labels. All of them must hold.
   */
  readonly matchExpressions?: readonly ExcludeSelectorMatchExpression[];
  /**
   * Labels that there must be, with these values.
   */
  readonly matchLabels?: Readonly<Record<string, string>>;
}

/**
 * One requirement on one label.
 */
export interface ExcludeSelectorMatchExpression {
  /**
   * Key of the label.
   */
  readonly key: string;
  /**
   * How the label relates to the values. A label that is not there is NotIn any of them.
   */
  readonly operator: Operator;
  /**
   * Values for In and NotIn; none for Exists and DoesNotExist.
   */
  readonly values?: readonly string[];
}

/**
 * How the label relates to the values. A label that is not there is NotIn any of them.
 */
export type Operator = 'DoesNotExist' | 'Exists' | 'In' | 'NotIn';

/**
 * Labels of the namespaces that are judged. If absent, whatever their labels.
 */
export interface Selector {
  /**
   * Requirements on labels. All of them must hold.
   */
  readonly matchExpressions?: readonly SelectorMatchExpression[];
  /**
   * Labels that there must be, with these values.
   */
  readonly matchLabels?: Readonly<Record<string, string>>;
}

/**
 * One requirement on one label.
 */
export interface SelectorMatchExpression {
  /**
   * Key of the label.
   */
  readonly key: string;
  /**
   * How the label relates to the values. A label that is not there is NotIn any of them.
   */
  readonly operator: Operator;
  /**
   * Values for In and NotIn; none for Exists and DoesNotExist.
   */
  readonly values?: readonly string[];
}

/**
 * What checks must be told about this cluster, because no object of it says so.
 */
export interface Parameters {
  /**
   * Registries from which images may come, as host, host:port or host/path. If absent, those
   * that the settings of the operator name. It is for image-registry-not-allowed, which is
   * silent while there are none.
   */
  readonly allowedRegistries?: readonly string[];
  /**
   * Names of environment variables, and keys of ConfigMaps, that hold credentials, beside
   * those that Plimsoll recognises.
   */
  readonly credentialNames?: readonly string[];
  /**
   * Names of environment variables, and keys of ConfigMaps, that hold no credentials, though
   * they sound so. They win over credentialNames.
   */
  readonly notCredentialNames?: readonly string[];
  /**
   * Namespaces in which controllers live that own the cluster, beside kube-system and those
   * of Flux, Argo CD and Rancher. Who may create pods or read Secrets there owns it too, and
   * is judged so.
   */
  readonly privilegedNamespaces?: readonly string[];
  /**
   * Namespaces that belong to the cluster itself, beside kube-system, kube-public and
   * kube-node-lease. What a provider runs there needs no policies of yours, and workloads of
   * users do not belong there.
   */
  readonly systemNamespaces?: readonly string[];
}

/**
 * The severity of one check.
 */
export interface SeverityObject {
  /**
   * Id of a check, such as host-network.
   */
  readonly check: string;
  /**
   * Severity of all its findings, whatever the evidence.
   */
  readonly severity: SeverityEnum;
}

/**
 * What Plimsoll makes of it.
 */
export interface StatusObject {
  /**
   * The spec that was accepted last. It is what acts, over restarts too, while that in spec
   * is rejected. Absent while none was accepted.
   */
  readonly activeSpec?: Readonly<Record<string, unknown>>;
  /**
   * Accepted, if all of the profile is valid; if not, what is wrong is listed under rejected,
   * and what was accepted last goes on to act. Ready, once the cluster is judged by what acts.
   */
  readonly conditions?: readonly Condition[];
  /**
   * How each custom check fares.
   */
  readonly customChecks?: readonly StatusCustomCheck[];
  /**
   * The metadata.generation that the status is about.
   */
  readonly observedGeneration?: number;
  /**
   * What is wrong with the profile.
   */
  readonly rejected?: readonly Rejected[];
}

/**
 * One aspect of the state.
 */
export interface Condition {
  /**
   * When the status of the condition last changed.
   */
  readonly lastTransitionTime: string;
  /**
   * Why it is so, and where possible what to do, for people. May be empty.
   */
  readonly message: string;
  /**
   * The metadata.generation that the condition is about.
   */
  readonly observedGeneration?: number;
  /**
   * Why it is so, in one word for programs.
   */
  readonly reason: string;
  /**
   * Whether it is so.
   */
  readonly status: StatusEnum;
  /**
   * What it is about.
   */
  readonly type: string;
}

/**
 * Whether it is so.
 */
export type StatusEnum = 'False' | 'True' | 'Unknown';

/**
 * One custom check.
 */
export interface StatusCustomCheck {
  /**
   * One sentence that says why it is not active.
   */
  readonly message?: string;
  /**
   * Name of the check.
   */
  readonly name: string;
  /**
   * Active if it runs; Invalid if it does not compile or fails a test; Disabled if it took
   * too long, or checks.disable names it.
   */
  readonly state: State;
}

/**
 * Active if it runs; Invalid if it does not compile or fails a test; Disabled if it took
 * too long, or checks.disable names it.
 */
export type State = 'Active' | 'Disabled' | 'Invalid';

/**
 * One field that is wrong.
 */
export interface Rejected {
  /**
   * One sentence that says why, and where possible what to do.
   */
  readonly message: string;
  /**
   * The field, such as spec.checks.disable[2].
   */
  readonly path: string;
}

/** Metadata with its times as the strings that JSON has; client-node types them as Date. */
export type ObjectMetadata = Omit<
  NonNullable<KubernetesObject['metadata']>,
  'creationTimestamp' | 'deletionTimestamp' | 'managedFields'
> & { readonly creationTimestamp?: string; readonly deletionTimestamp?: string };
