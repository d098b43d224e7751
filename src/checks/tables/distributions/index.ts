import type { BuiltInBinding, BuiltInRole } from '../built-in-rbac.ts';
import { AKS, EKS, GKE, GKE_WILDCARDS } from './clouds.ts';
import { K3S_AND_RKE2, K3S_AND_RKE2_WILDCARDS } from './k3s.ts';
import { KUBEADM } from './kubeadm.ts';
import { OPENSHIFT, OPENSHIFT_WILDCARDS } from './openshift.ts';

/** What distributions bind for their own working. As of 2026-11-24. */
export const DISTRIBUTION_BINDINGS: readonly BuiltInBinding[] = [
  ...KUBEADM,
  ...K3S_AND_RKE2,
  ...EKS,
  ...GKE,
  ...AKS,
  ...OPENSHIFT,
];

/** Rules with a wildcard in roles of distributions, from the same sources; their other rules are not needed. */
export const DISTRIBUTION_WILDCARDS: readonly BuiltInRole[] = [
  ...K3S_AND_RKE2_WILDCARDS,
  ...GKE_WILDCARDS,
  ...OPENSHIFT_WILDCARDS,
];
