import type { PodSpecFacts } from '../../inventory/facts/pod-spec.ts';
import type { ResourceField } from '../../inventory/facts/resources.ts';
import { isUnreadable } from '../../inventory/facts/unreadable.ts';
import { finding, verdict, workloadCheck } from '../check.ts';
import type { Decision, Undecided, Violation, WorkloadInput } from '../check.ts';
import { containerWith } from '../example-pods.ts';

/**
 * Off by default: what a program needs, its people know. Only memory is asked for: a CPU limit throttles a program where the
 * node has time to spare, and a request is what shares the time out fairly.
 */
export const resourceLimitsMissing = workloadCheck({
  id: 'resource-limits-missing',
  severity: 'Low',
  title: 'Container may use all the memory of its node',
  why: 'A leak, or somebody who means it, starves the other pods of the node.',
  fix:
    'Set resources.limits.memory on the container or the pod, or give the namespace a LimitRange with a default. A limit of ' +
    'CPU is not asked for: it slows the program down even where the node is idle.',
  references: {
    nsa: ['Resource policies'],
    mitre: ['T1499'],
    trivy: ['KSV-0018'],
    kubescape: ['C-0271', 'C-0004', 'C-0009'],
    polaris: ['memoryLimitsMissing'],
    kubeLinter: ['unset-memory-requirements'],
    kubeScore: ['container-resources'],
    kubesec: ['LimitsMemory'],
    kyverno: ['require-pod-requests-limits'],
  },
  reads: ['LimitRange'],
  inFiles: 'defaults',
  isOptIn: true,
  example: {
    before: containerWith(),
    after: containerWith('resources:\n  limits:\n    memory: 64Mi'),
  },
  mayBeUndecided: true,
  evaluate: (workload) => missing(workload, ['limits.memory']),
});

/** Off by default, like the limits. */
export const resourceRequestsMissing = workloadCheck({
  id: 'resource-requests-missing',
  severity: 'Low',
  title: 'Container does not say what CPU and memory it needs',
  why: 'It is put on nodes that have no room for it, and is the first to be evicted.',
  fix: 'Set resources.requests.cpu and memory on the container or the pod, or give the namespace a LimitRange with defaults.',
  references: {
    nsa: ['Resource policies'],
    trivy: ['KSV-0015', 'KSV-0016'],
    kubescape: ['C-0268', 'C-0269', 'C-0004', 'C-0050'],
    polaris: ['memoryRequestsMissing', 'cpuRequestsMissing'],
    kubeLinter: ['unset-memory-requirements', 'unset-cpu-requirements'],
    kubeScore: ['container-resources'],
    kubesec: ['RequestsCPU', 'RequestsMemory'],
    kyverno: ['require-pod-requests-limits'],
  },
  reads: ['LimitRange'],
  inFiles: 'defaults',
  isOptIn: true,
  example: {
    before: containerWith(),
    after: containerWith('resources:\n  requests:\n    cpu: 10m\n    memory: 64Mi'),
  },
  mayBeUndecided: true,
  evaluate: (workload) => missing(workload, ['requests.cpu', 'requests.memory']),
});

/**
 * Pods get the defaults of LimitRanges when they are created: a template is judged as what will come of it, a live pod by
 * what it has got.
 */
function missing(
  { specs, admitted, limitRanges }: WorkloadInput,
  fields: readonly ResourceField[],
): Decision | Undecided {
  const unreadable = specs.map(({ traits }) => traits.resourceGaps).find(isUnreadable);
  if (unreadable !== undefined) return { reason: 'Malformed', message: unreadable.malformed };
  const given = new Set(limitRanges.flatMap(({ gives }) => gives));
  const toCome = fields.filter((field) => !given.has(field));
  const violations = [...lacking(specs, toCome), ...lacking(admitted, fields)];
  return verdict(distinct(violations));
}

/** A container that is regular here and a sidecar there is told of once, whichever comes first. */
function distinct(violations: readonly Violation[]): readonly Violation[] {
  const byPath = violations.toSorted(({ path: a = '' }, { path: b = '' }) => (a < b ? -1 : 1));
  return [...new Map(byPath.map((violation) => [`${violation.container}/${violation.key}`, violation])).values()];
}

function lacking(specs: readonly PodSpecFacts[], fields: readonly ResourceField[]): readonly Violation[] {
  const gaps = specs.flatMap(({ traits: { resourceGaps } }) => (isUnreadable(resourceGaps) ? [] : resourceGaps));
  return gaps.flatMap(({ container, path, lacks }) =>
    fields
      .filter((field) => lacks.includes(field))
      .map((field) => finding(`${path}.resources.${field}`, `${field} is not set`, { container, key: field })),
  );
}
