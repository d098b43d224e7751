// Generated from config/crd/bases/plimsoll.dev_securityreports.yaml by tools/generate/main.ts; do not edit.
import type { KubernetesObject } from '@kubernetes/client-node';

/**
 * What Plimsoll found wrong with one object of a namespace. Every workload in scope has a
 * report, a clean one too; other objects have one while there is something to say of them.
 * Written by Plimsoll alone: an edited or deleted report comes back.
 */
export interface SecurityReport {
  readonly apiVersion: 'plimsoll.dev/v1alpha1';
  readonly kind: 'SecurityReport' | 'ClusterSecurityReport';
  readonly metadata: ReportMetadata;
  /**
   * What the verdicts rest on.
   */
  readonly basis: Basis;
  /**
   * What is wrong, the worst first. A finding that is fixed disappears; if it comes back, it
   * is a new one. The ids name checks, which the documentation explains with their reasons
   * and remedies.
   */
  readonly findings: readonly Finding[];
  /**
   * Annotations of the subject that ask to accept findings and do not: the SecurityProfile
   * does not let them, or there is no such check. Absent if there are none.
   */
  readonly ineffectiveAnnotations?: readonly IneffectiveAnnotation[];
  /**
   * The object that was judged. It lives in the namespace of the report; a Namespace has its
   * report in itself. A workload is named by its top-most controller, so a report outlives
   * rollouts.
   */
  readonly subject: Subject;
  /**
   * The report in numbers. Findings are counted by severity while they are open; suppressed
   * ones count only as suppressed.
   */
  readonly summary: Summary;
  /**
   * Present if the report would have grown too large. The summary still counts everything.
   */
  readonly truncated?: Truncated;
  /**
   * Checks that could not be decided, and why. Unknown is not passed.
   */
  readonly unknown: readonly Unknown[];
}

/**
 * What the verdicts rest on.
 */
export interface Basis {
  /**
   * Fingerprint of the checks that apply to this kind of subject. It changes only when an
   * upgrade changes one of them.
   */
  readonly catalogueVersion: string;
  /**
   * Version of the Pod Security Standards that judged, such as v1.37; absent for subjects
   * without pods.
   */
  readonly podSecurityVersion?: string;
}

/**
 * One violation of one check.
 */
export interface Finding {
  /**
   * Id of the check that found it, such as host-network. It is never renamed.
   */
  readonly check: string;
  /**
   * Name of the container it is about, of whatever sort; absent if it is about the whole
   * object.
   */
  readonly container?: string;
  /**
   * When it was first seen. The time is kept as long as the finding lasts.
   */
  readonly firstSeenTime: string;
  /**
   * Identity of the finding. It stays the same over rollouts, restarts and upgrades, whatever
   * the message, the path or the order of containers and volumes.
   */
  readonly id: string;
  /**
   * Ids of checks that are violated too, by the same cause, and whose findings are not listed
   * beside this one. The severity is that of the worst of them.
   */
  readonly implies?: readonly string[];
  /**
   * One sentence that says what is wrong here. It never quotes a secret value.
   */
  readonly message: string;
  /**
   * Observed if it appeared while Plimsoll was watching, which is what counts as new;
   * Baseline if it was there before; Catalogue if a check that was added or changed has
   * brought it.
   */
  readonly origin: Origin;
  /**
   * The field, from the top of the subject; if it is seen only on pods, from the top of the
   * pod. Containers and volumes stand in it by their names. For display only.
   */
  readonly path?: string;
  /**
   * When the exception that had suppressed it ended. From then on it counts as new, whatever
   * its origin; absent if it was open all the time.
   */
  readonly reopenedTime?: string;
  /**
   * For workloads, Template if the pod template has it, and Pod if only live pods have it: an
   * injected sidecar, an ephemeral container, or pods that still run an older template.
   */
  readonly seenIn?: SeenIn;
  /**
   * How bad it is, by the check or, where the evidence decides, by the evidence.
   */
  readonly severity: Severity;
  /**
   * Where it stands in a manifest; only in reports that were made from files, not from a
   * cluster.
   */
  readonly source?: Source;
  /**
   * The exception that takes the finding out of the counts; absent while it is open.
   */
  readonly suppressedBy?: SuppressedBy;
}

/**
 * Observed if it appeared while Plimsoll was watching, which is what counts as new;
 * Baseline if it was there before; Catalogue if a check that was added or changed has
 * brought it.
 */
export type Origin = 'Baseline' | 'Catalogue' | 'Observed';

/**
 * For workloads, Template if the pod template has it, and Pod if only live pods have it: an
 * injected sidecar, an ephemeral container, or pods that still run an older template.
 */
export type SeenIn = 'Pod' | 'Template';

/**
 * How bad it is, by the check or, where the evidence decides, by the evidence.
 */
export type Severity = 'Critical' | 'High' | 'Info' | 'Low' | 'Medium';

/**
 * Where it stands in a manifest; only in reports that were made from files, not from a
 * cluster.
 */
export interface Source {
  /**
   * Column, counted from 1.
   */
  readonly column: number;
  /**
   * Path of the file, as it was given.
   */
  readonly file: string;
  /**
   * Line, counted from 1.
   */
  readonly line: number;
}

/**
 * The exception that takes the finding out of the counts; absent while it is open.
 */
export interface SuppressedBy {
  /**
   * Kind of the exception.
   */
  readonly kind: string;
  /**
   * Name of the exception.
   */
  readonly name: string;
  /**
   * Why the finding is accepted, as the exception says.
   */
  readonly reason: string;
}

/**
 * One annotation without effect.
 */
export interface IneffectiveAnnotation {
  /**
   * Why it has no effect, and what to do.
   */
  readonly message: string;
  /**
   * Name of the annotation.
   */
  readonly name: string;
}

/**
 * The object that was judged. It lives in the namespace of the report; a Namespace has its
 * report in itself. A workload is named by its top-most controller, so a report outlives
 * rollouts.
 */
export interface Subject {
  /**
   * Group and version of the subject, such as apps/v1.
   */
  readonly apiVersion: string;
  /**
   * Kind of the subject, such as Deployment; Cluster for the cluster as a whole.
   */
  readonly kind: string;
  /**
   * Name of the subject. The name of the report says it too, unless it had to be made a legal
   * object name (RBAC allows colons) or be shortened.
   */
  readonly name: string;
  /**
   * UID of the subject, which tells it from an earlier object of the same name. For the
   * Cluster, that of the namespace kube-system, or unknown if that cannot be read.
   */
  readonly uid: string;
}

/**
 * The report in numbers. Findings are counted by severity while they are open; suppressed
 * ones count only as suppressed.
 */
export interface Summary {
  /**
   * Open findings of severity Critical.
   */
  readonly critical: number;
  /**
   * Open findings of severity High.
   */
  readonly high: number;
  /**
   * Open findings of severity Info.
   */
  readonly info: number;
  /**
   * Open findings of severity Low.
   */
  readonly low: number;
  /**
   * Open findings of severity Medium.
   */
  readonly medium: number;
  /**
   * When the newest open finding of origin Observed was first seen, or, if that is later,
   * when the exception of an open finding ended. Absent while there is none, so it never
   * speaks of what was there before Plimsoll, or of what a new check has brought.
   */
  readonly newestFirstSeenTime?: string;
  /**
   * Checks that were decided and found nothing.
   */
  readonly passed: number;
  /**
   * Findings that an exception has taken out of the other counts.
   */
  readonly suppressed: number;
  /**
   * Checks that could not be decided. They are listed under unknown, and are not passed.
   */
  readonly unknown: number;
}

/**
 * Present if the report would have grown too large. The summary still counts everything.
 */
export interface Truncated {
  /**
   * How many findings, the least severe ones, are not listed.
   */
  readonly findings: number;
}

/**
 * One check that could not be decided.
 */
export interface Unknown {
  /**
   * Id of the check.
   */
  readonly check: string;
  /**
   * One sentence that says what is missing, and where possible what to do.
   */
  readonly message: string;
  /**
   * PermissionDenied if Plimsoll may not read what the check needs; ApiAbsent if the cluster
   * does not serve it; NotProvided if it is not among the files that were given, or reading
   * it is not switched on; BeyondHorizon if it depends on dates later than this version of
   * Plimsoll knows; NotSynced if it was not read yet; Malformed if the object is not what its
   * schema promises; ManagedControlPlane if the provider hides it; Error if the check itself
   * failed.
   */
  readonly reason: Reason;
}

/**
 * PermissionDenied if Plimsoll may not read what the check needs; ApiAbsent if the cluster
 * does not serve it; NotProvided if it is not among the files that were given, or reading
 * it is not switched on; BeyondHorizon if it depends on dates later than this version of
 * Plimsoll knows; NotSynced if it was not read yet; Malformed if the object is not what its
 * schema promises; ManagedControlPlane if the provider hides it; Error if the check itself
 * failed.
 */
export type Reason =
  | 'ApiAbsent'
  | 'BeyondHorizon'
  | 'Error'
  | 'Malformed'
  | 'ManagedControlPlane'
  | 'NotProvided'
  | 'NotSynced'
  | 'PermissionDenied';

/** Metadata without the times, which client-node types as Date though JSON has strings. */
export type ReportMetadata = Omit<
  NonNullable<KubernetesObject['metadata']>,
  'creationTimestamp' | 'deletionTimestamp' | 'managedFields'
>;

/** The cluster-scoped kind has the same schema. */
export type ClusterSecurityReport = SecurityReport;
