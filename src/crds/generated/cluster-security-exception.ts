// Generated from config/crd/bases/plimsoll.dev_clustersecurityexceptions.yaml by tools/generate/main.ts; do not edit.
import type { KubernetesObject } from '@kubernetes/client-node';

/**
 * Accepts findings in the whole cluster or in the namespaces that it selects, for a reason
 * and a time. They stay in their reports, marked as suppressed, and leave the counts by
 * severity. Written by people.
 */
export interface ClusterSecurityException {
  readonly apiVersion: 'plimsoll.dev/v1alpha1';
  readonly kind: 'ClusterSecurityException';
  readonly metadata: ObjectMetadata;
  /**
   * What is accepted, and why.
   */
  readonly spec: Spec;
  /**
   * What Plimsoll makes of it.
   */
  readonly status?: StatusObject;
}

/**
 * What is accepted, and why.
 */
export interface Spec {
  /**
   * Ids of the checks whose findings are accepted. A single * stands for all checks; the
   * SecurityProfile must allow that.
   */
  readonly checks: readonly string[];
  /**
   * When it ends. From then on its findings are open again, and count as new. An exception
   * without an end is denied, unless the SecurityProfile says that it is optional.
   */
  readonly expirationTime?: string;
  /**
   * Which subjects, and what of them. A finding is accepted only if every field that is given
   * matches it. If absent, every finding of these checks in the selected namespaces is
   * accepted, and on cluster-scoped subjects unless there is a namespaceSelector.
   */
  readonly match?: Match;
  /**
   * Labels of the namespaces whose subjects it is about, and of no cluster-scoped ones then.
   * If absent, the subjects of all namespaces and the cluster-scoped ones.
   */
  readonly namespaceSelector?: NamespaceSelector;
  /**
   * Who answers for it, such as a team or an address.
   */
  readonly owner?: string;
  /**
   * Why this is accepted, for whoever reads the report. It stands beside each finding, so it
   * must name no secret.
   */
  readonly reason: string;
  /**
   * Where it is tracked, by an id or a URL.
   */
  readonly ticket?: string;
}

/**
 * Which subjects, and what of them. A finding is accepted only if every field that is given
 * matches it. If absent, every finding of these checks in the selected namespaces is
 * accepted, and on cluster-scoped subjects unless there is a namespaceSelector.
 */
export interface Match {
  /**
   * Names of containers, of whatever sort. If given, findings about the whole object are not
   * accepted. If absent, findings about the whole object and about every container.
   */
  readonly containers?: readonly string[];
  /**
   * Kinds of the subjects, such as Deployment. The subject of a pod is its top-most
   * controller. If absent, every kind.
   */
  readonly kinds?: readonly string[];
  /**
   * Names of the subjects. If absent, every name.
   */
  readonly names?: readonly string[];
  /**
   * Labels of the subject itself, not of its pods. If absent, every subject, whatever its
   * labels.
   */
  readonly selector?: Selector;
}

/**
 * Labels of the subject itself, not of its pods. If absent, every subject, whatever its
 * labels.
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
 * How the label relates to the values. A label that is not there is NotIn any of them.
 */
export type Operator = 'DoesNotExist' | 'Exists' | 'In' | 'NotIn';

/**
 * Labels of the namespaces whose subjects it is about, and of no cluster-scoped ones then.
 * If absent, the subjects of all namespaces and the cluster-scoped ones.
 */
export interface NamespaceSelector {
  /**
   * Requirements on labels. All of them must hold.
   */
  readonly matchExpressions?: readonly NamespaceSelectorMatchExpression[];
  /**
   * Labels that there must be, with these values.
   */
  readonly matchLabels?: Readonly<Record<string, string>>;
}

/**
 * One requirement on one label.
 */
export interface NamespaceSelectorMatchExpression {
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
 * What Plimsoll makes of it.
 */
export interface StatusObject {
  /**
   * Active, while it accepts findings or would; Denied, if the SecurityProfile does not allow
   * it; Expired, once its end is past; Unmatched, while it is active and there is nothing to
   * accept, so that it may be deleted. The reason of Active is the state in one word.
   */
  readonly conditions?: readonly Condition[];
  /**
   * When a finding last matched it, as of the last change of matchedFindings: it stands still
   * while their number does.
   */
  readonly lastMatchedTime?: string;
  /**
   * How many findings match it now. None while it is not active.
   */
  readonly matchedFindings?: number;
  /**
   * The metadata.generation that the status is about.
   */
  readonly observedGeneration?: number;
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

/** Metadata with its times as the strings that JSON has; client-node types them as Date. */
export type ObjectMetadata = Omit<
  NonNullable<KubernetesObject['metadata']>,
  'creationTimestamp' | 'deletionTimestamp' | 'managedFields'
> & { readonly creationTimestamp?: string; readonly deletionTimestamp?: string };
