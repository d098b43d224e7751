import type { Severity } from '../crds/index.ts';
import type { CheckParameters } from './parameters.ts';

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
  /** What it must be told of the cluster: with other values it means something else. Default none. */
  readonly parameters?: readonly (keyof CheckParameters)[];
  readonly inFiles?: InFiles;
  /** A matter of taste: it runs only if it is asked for. Default false. */
  readonly isOptIn?: true;
  /** Why no framework has it. Default: one does. */
  readonly unmapped?: string;
  readonly example?: Example;
}
