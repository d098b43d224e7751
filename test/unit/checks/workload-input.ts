import type { V1PodSpec } from '@kubernetes/client-node';
import type { WorkloadInput } from '../../../src/checks/check.ts';
import type { LimitRangeFacts } from '../../../src/inventory/facts/limit-range.ts';
import type { ObjectRef } from '../../../src/inventory/facts/object-ref.ts';
import { podSpecFacts, type PodSpecFacts } from '../../../src/inventory/facts/pod-spec.ts';
import { podView } from '../../../src/inventory/facts/pod-view.ts';
import { container } from './verdicts.ts';
import { SERVER } from '../../support/server.ts';

/** What is kept of a pod with one plain container `app`, and what is given. */
export const specOf = (
  spec: Partial<V1PodSpec> = {},
  annotations: Readonly<Record<string, string>> = {},
): PodSpecFacts => podSpecFacts(podView({ containers: [container()], ...spec }, annotations), undefined);

/** What is kept of what a kubelet shows of a pod that it runs from a file. */
export const mirrorOf = (spec: Partial<V1PodSpec> = {}): PodSpecFacts =>
  specOf(spec, { 'kubernetes.io/config.mirror': 'hash' });

/** A subject of the namespace shop. */
export const subjectOf = (kind: string, name = 'web', namespace = 'shop'): ObjectRef => ({
  apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
  kind,
  namespace,
  name,
  uid: 'uid',
});

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
  ...more,
});

/** A LimitRange that gives these to containers. */
export const limitRange = (...gives: LimitRangeFacts['gives']): LimitRangeFacts => ({
  ref: { apiVersion: 'v1', kind: 'LimitRange', namespace: 'shop', name: 'defaults', uid: 'uid' },
  gives,
});
