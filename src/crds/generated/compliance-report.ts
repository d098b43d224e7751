// Generated from config/crd/bases/plimsoll.dev_compliancereports.yaml by tools/generate/main.ts; do not edit.
import type { KubernetesObject } from '@kubernetes/client-node';

/**
 * How the cluster stands to one framework, such as a version of the CIS benchmark: a state
 * for each of its controls, made of what all other reports say. Written by Plimsoll alone:
 * an edited or deleted report comes back.
 */
export interface ComplianceReport {
  readonly apiVersion: 'plimsoll.dev/v1alpha1';
  readonly kind: 'ComplianceReport';
  readonly metadata: ReportMetadata;
  /**
   * What the states rest on.
   */
  readonly basis: Basis;
  /**
   * Every control of the framework, in its order.
   */
  readonly controls: readonly Control[];
  /**
   * The framework that the cluster is held against.
   */
  readonly framework: Framework;
  /**
   * How many controls are in which state.
   */
  readonly summary: Summary;
}

/**
 * What the states rest on.
 */
export interface Basis {
  /**
   * Fingerprint of the checks of this framework that run. It changes only when one of them
   * does.
   */
  readonly catalogueVersion: string;
}

/**
 * One control, and how the cluster stands to it.
 */
export interface Control {
  /**
   * Ids of the checks that decide it; absent if there are none.
   */
  readonly checks?: readonly string[];
  /**
   * How many subjects have an open finding of these checks; absent unless the state is Fail.
   */
  readonly failing?: number;
  /**
   * Id of the control, as the framework numbers or names it.
   */
  readonly id: string;
  /**
   * One sentence that says why it is not evaluated, or is manual.
   */
  readonly message?: string;
  /**
   * Pass if its checks have judged, all of them and everything, and found nothing; Fail if
   * one found something; Exempt if all that they found is under exceptions; Manual if only
   * people can decide it; NotEvaluated if it was not judged, or not wholly. The message says
   * why.
   */
  readonly state: State;
  /**
   * What it demands, in Plimsoll's words.
   */
  readonly title: string;
}

/**
 * Pass if its checks have judged, all of them and everything, and found nothing; Fail if
 * one found something; Exempt if all that they found is under exceptions; Manual if only
 * people can decide it; NotEvaluated if it was not judged, or not wholly. The message says
 * why.
 */
export type State = 'Exempt' | 'Fail' | 'Manual' | 'NotEvaluated' | 'Pass';

/**
 * The framework that the cluster is held against.
 */
export interface Framework {
  /**
   * Name of the framework, and of this object, such as cis-1.12.
   */
  readonly name: string;
  /**
   * What its authors call it.
   */
  readonly title: string;
  /**
   * Version of the framework; for the Pod Security Standards that of the policy that judges.
   */
  readonly version: string;
}

/**
 * How many controls are in which state.
 */
export interface Summary {
  /**
   * Controls in state Exempt.
   */
  readonly exempt: number;
  /**
   * Controls in state Fail.
   */
  readonly fail: number;
  /**
   * Controls in state Manual.
   */
  readonly manual: number;
  /**
   * Controls in state NotEvaluated.
   */
  readonly notEvaluated: number;
  /**
   * Controls in state Pass.
   */
  readonly pass: number;
}

/** Metadata without the times, which client-node types as Date though JSON has strings. */
export type ReportMetadata = Omit<
  NonNullable<KubernetesObject['metadata']>,
  'creationTimestamp' | 'deletionTimestamp' | 'managedFields'
>;
