import type { LabelSelector } from './label-selector.ts';
import type { ObjectRef } from './object-ref.ts';

/** A rule that lets everybody through. */
export interface OpenRule {
  /** `any` where it names nobody at all, or all addresses of both. */
  readonly family: 'any' | 'IPv4' | 'IPv6';
  /** `TCP/443, UDP/53-60` in one order, empty for all. */
  readonly ports: string;
}

/** One direction of traffic that a policy governs: what no rule allows is denied to the pods it selects. */
export interface PolicyDirection {
  /** Each once, in one order. */
  readonly open: readonly OpenRule[];
}

export const DIRECTIONS = ['ingress', 'egress'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** What is kept of a NetworkPolicy: whom it selects, what it governs, and whom it lets through without a question. */
export interface NetworkPolicyFacts {
  readonly ref: ObjectRef;
  readonly podSelector: LabelSelector;
  /** Undefined where the policy says nothing of that direction. */
  readonly ingress: PolicyDirection | undefined;
  readonly egress: PolicyDirection | undefined;
}

/** Kinds of other projects that do the work of a NetworkPolicy. That one exists is known, not what it says. */
export const OTHER_POLICY_KINDS = [
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'CalicoNetworkPolicy',
  'CalicoGlobalNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
] as const;
export type OtherPolicyKind = (typeof OTHER_POLICY_KINDS)[number];

export interface OtherPolicyFacts {
  /** Empty for those of the whole cluster. */
  readonly namespace: string;
}

/** How far policies of other kinds reach: into the namespace by one of its own, or perhaps by one of the whole cluster. */
export type OtherPolicies = 'None' | 'Namespace' | 'Cluster';
