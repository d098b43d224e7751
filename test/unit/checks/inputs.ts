import type { NamespaceInput } from '../../../src/checks/check.ts';
import { podLabelsOf, type PodLabels } from '../../../src/inventory/facts/pod-labels.ts';
import type { NetworkPolicyFacts } from '../../../src/inventory/facts/network-policy.ts';
import type { ObjectRef } from '../../../src/inventory/facts/object-ref.ts';
import { networkPolicyProjection } from '../../../src/inventory/projections/network-policies.ts';
import type { PodSpecFacts } from '../../../src/inventory/facts/pod-spec.ts';
import { specOf } from './workload-input.ts';
import { raw, type Json } from '../../support/objects.ts';
import { SERVER } from '../../support/server.ts';

const refOf = (apiVersion: string, kind: string, name: string, namespace?: string): ObjectRef => ({
  apiVersion,
  kind,
  name,
  uid: 'uid',
  ...(namespace === undefined ? {} : { namespace }),
});

/** A pod spec of ServiceAccount web that leans on nothing, and what is given. */
export const specFacts = (more: Partial<PodSpecFacts> = {}): PodSpecFacts => ({
  ...specOf(),
  serviceAccountName: 'web',
  ...more,
});

/** A namespace in which something runs, without any policy or quota, and what is given. */
export const namespaceInput = (
  name: string,
  more: Partial<NamespaceInput> = {},
  podSecurityLabels: Readonly<Record<string, string>> = {},
): NamespaceInput => ({
  namespace: { ref: refOf('v1', 'Namespace', name), podSecurityLabels },
  hasWorkloads: true,
  policies: { networkPolicies: [], others: 'None' },
  limitRanges: [],
  hasResourceQuota: false,
  server: SERVER,
  satisfies: () => 'restricted',
  ...more,
});

export const labels = (values: Readonly<Record<string, string>> = {}): PodLabels => podLabelsOf(values);

/** The facts of a NetworkPolicy with that spec. */
export const policy = (spec: Json, name = 'policy'): NetworkPolicyFacts =>
  networkPolicyProjection.project(raw({ spec }), refOf('networking.k8s.io/v1', 'NetworkPolicy', name, 'shop'));

/** Facts of an object of that kind, `shop/web`. */
export const webRef = (apiVersion: string, kind: string): ObjectRef => refOf(apiVersion, kind, 'web', 'shop');
