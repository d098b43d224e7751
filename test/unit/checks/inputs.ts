import type { V1PodSpec } from '@kubernetes/client-node';
import type { NamespaceInput, WorkloadInput } from '../../../src/checks/check.ts';
import type { LimitRangeFacts } from '../../../src/inventory/facts/limit-range.ts';
import type { NetworkPolicyFacts } from '../../../src/inventory/facts/network-policy.ts';
import type { ObjectRef } from '../../../src/inventory/facts/object-ref.ts';
import { podLabelsOf, type PodLabels } from '../../../src/inventory/facts/pod-labels.ts';
import { podSpecFacts, type PodSpecFacts } from '../../../src/inventory/facts/pod-spec.ts';
import { podView } from '../../../src/inventory/facts/pod-view.ts';
import { networkPolicyProjection } from '../../../src/inventory/projections/network-policies.ts';
import { raw, type Json } from '../../support/objects.ts';
import { SERVER } from '../../support/server.ts';
import { UNTOLD } from '../../support/parameters.ts';
import { container } from './verdicts.ts';

const refOf = (apiVersion: string, kind: string, name: string, namespace?: string): ObjectRef => ({
  apiVersion,
  kind,
  name,
  uid: 'uid',
  ...(namespace === undefined ? {} : { namespace }),
});

/** What is kept of a pod with one plain container `app`, and what is given. */
export const specOf = (
  spec: Partial<V1PodSpec> = {},
  annotations: Readonly<Record<string, string>> = {},
): PodSpecFacts => podSpecFacts(podView({ containers: [container()], ...spec }, annotations), undefined);

/** What is kept of what a kubelet shows of a pod that it runs from a file. */
export const mirrorOf = (spec: Partial<V1PodSpec> = {}): PodSpecFacts =>
  specOf(spec, { 'kubernetes.io/config.mirror': 'hash' });

/** A subject of the namespace shop. */
export const subjectOf = (kind: string, name = 'web', namespace = 'shop'): ObjectRef =>
  refOf(kind === 'Pod' ? 'v1' : 'apps/v1', kind, name, namespace);

/** The Deployment web with one plain template and no live pod, and what is given. */
export const workload = (more: Partial<WorkloadInput> = {}): WorkloadInput => ({
  subject: subjectOf('Deployment'),
  specs: [specOf()],
  admitted: [],
  limitRanges: [],
  serviceAccount: () => undefined,
  labelled: [],
  policies: () => ({ networkPolicies: [], others: 'None' }),
  storageBehind: () => undefined,
  isTokenSecret: () => false,
  grantsOf: () => [],
  usersOf: () => 1,
  server: SERVER,
  parameters: UNTOLD,
  ...more,
});

/** A LimitRange that gives these to containers. */
export const limitRange = (...gives: LimitRangeFacts['gives']): LimitRangeFacts => ({
  ref: refOf('v1', 'LimitRange', 'defaults', 'shop'),
  gives,
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
  namespace: { ref: refOf('v1', 'Namespace', name), createdSeconds: 0, podSecurityLabels },
  hasWorkloads: true,
  policies: { networkPolicies: [], others: 'None' },
  limitRanges: [],
  hasResourceQuota: false,
  server: SERVER,
  parameters: UNTOLD,
  satisfies: () => 'restricted',
  ...more,
});

export const labels = (values: Readonly<Record<string, string>> = {}): PodLabels => podLabelsOf(values);

/** The facts of a NetworkPolicy with that spec. */
export const policy = (spec: Json, name = 'policy'): NetworkPolicyFacts =>
  networkPolicyProjection.project(raw({ spec }), refOf('networking.k8s.io/v1', 'NetworkPolicy', name, 'shop'));

/** Facts of an object of that kind, `shop/web`. */
export const webRef = (apiVersion: string, kind: string): ObjectRef => refOf(apiVersion, kind, 'web', 'shop');
