import type { NamespaceFacts } from '../../inventory/facts/namespace.ts';
import { finding, namespaceCheck, PASS, SKIP, verdict } from '../check.ts';
import type { Decision, NamespaceInput, Violation } from '../check.ts';
import { cis } from '../cis.ts';
import { enforcing, INHABITED, namespaceCalled, objects } from '../example-objects.ts';
import {
  effectiveLevel,
  isAtLeast,
  KUBESCAPE_ADMISSION,
  labelOf,
  namedLevel,
  pinnedMinor,
} from './pod-security-labels.ts';

/** A policy of before the oldest release that is supported beside the server's own misses what was added since. */
const MINORS_BEHIND = 3;

/** What the Pod Security items of the benchmark ask of a namespace: that it does not admit such pods. */
const ADMISSION_ITEMS = Array.from({ length: 11 }, (_, index) => cis(`5.2.${index + 2}`)).flat();

/**
 * A missing label is `namespace-psa-not-enforced`. The API server refuses to store invalid values, so that these are found in
 * files, and where the admission plugin was off.
 */
export const namespacePsaPrivileged = namespaceCheck({
  id: 'namespace-psa-privileged',
  severity: 'Medium',
  title: 'Pod Security labels of the namespace do not protect it',
  why: 'Who may create a pod here may create one that owns the node, although the namespace looks as if somebody had decided.',
  fix: `Set ${labelOf('enforce')} to restricted or baseline, and its version to latest or a recent one. Make an exception where privileged pods must run.`,
  references: {
    cis: ADMISSION_ITEMS,
    nsa: ['Pod security'],
    kubescape: KUBESCAPE_ADMISSION,
    checklist: ['admission-control'],
    urls: ['https://kubernetes.io/docs/concepts/security/pod-security-admission/'],
  },
  parameters: ['systemNamespaces'],
  maySkip: true,
  evaluate: (input) => {
    const { namespace, server } = input;
    if (Object.keys(namespace.podSecurityLabels).length === 0) return SKIP;
    return verdict([...openLevel(input), ...invalidLevels(namespace), ...oldVersion(namespace, server.minor)]);
  },
  example: { before: enforcing('privileged'), after: enforcing('restricted') },
});

function openLevel({ namespace: { ref, podSecurityLabels }, parameters }: NamespaceInput): readonly Violation[] {
  // Pods of the system must be privileged.
  if (namedLevel(podSecurityLabels, 'enforce') !== 'privileged' || parameters.isSystemNamespace(ref.name)) return [];
  return [
    finding('metadata.labels', `${labelOf('enforce')} is privileged, which allows everything`, { key: 'enforce' }),
  ];
}

function invalidLevels({ podSecurityLabels }: NamespaceFacts): readonly Violation[] {
  return (['enforce', 'audit', 'warn'] as const)
    .filter((mode) => namedLevel(podSecurityLabels, mode) === 'invalid')
    .map((mode) => {
      const level = effectiveLevel(podSecurityLabels, mode);
      const message = `${labelOf(mode)} is no level, and counts as ${level}`;
      return finding('metadata.labels', message, { key: `${mode}/invalid`, severity: 'Low' });
    });
}

function oldVersion({ podSecurityLabels }: NamespaceFacts, serverMinor: number): readonly Violation[] {
  const pinned = pinnedMinor(podSecurityLabels, 'enforce');
  const isEnforced = effectiveLevel(podSecurityLabels, 'enforce') !== 'privileged';
  if (pinned === undefined || !isEnforced || serverMinor - pinned <= MINORS_BEHIND) return [];
  const message = `${labelOf('enforce')}-version is v1.${pinned}, and what was forbidden since is allowed`;
  return [finding('metadata.labels', message, { key: 'enforce-version', severity: 'Low' })];
}

/**
 * What a label would do, without trying: judged by the templates and the live pods of the namespace, in the policy version
 * that judges all others. A label does not evict, so that pods may run here which a level that is enforced would not let in.
 */
export const namespacePsaWouldFail = namespaceCheck({
  id: 'namespace-psa-would-fail',
  severity: 'Info',
  title: 'Workloads violate a Pod Security level',
  why: 'It tells which level can be enforced at once, and that the next one needs work on the workloads first.',
  fix: 'Enforce the level that all satisfy, warn of the next one, and mend what the reports of the workloads say.',
  references: {
    cis: cis('5.2.1'),
    nsa: ['Pod security'],
    checklist: ['admission-control'],
    urls: ['https://kubernetes.io/docs/tasks/configure-pod-container/enforce-standards-namespace-labels/'],
  },
  reads: ['Pod'],
  parameters: ['systemNamespaces'],
  maySkip: true,
  evaluate: judgeWorkloads,
  example: {
    before: INHABITED,
    after: objects(
      namespaceCalled('shop'),
      `
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: web
      image: registry.example/web:1
      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}`,
    ),
  },
});

function judgeWorkloads({ namespace, hasWorkloads, satisfies, parameters }: NamespaceInput): Decision | typeof SKIP {
  if (parameters.isSystemNamespace(namespace.ref.name) || !hasWorkloads) return SKIP;
  const satisfied = satisfies();
  if (satisfied === undefined) return SKIP;
  if (satisfied === 'restricted') return PASS;
  const enforced = effectiveLevel(namespace.podSecurityLabels, 'enforce');
  const levels = satisfied === 'baseline' ? 'restricted' : 'baseline and restricted';
  const isOutgrown = !isAtLeast(satisfied, enforced);
  const message = isOutgrown
    ? `workloads violate ${enforced}, which is enforced, so that their pods cannot be made again; all satisfy ${satisfied}`
    : `workloads violate ${levels}; all satisfy ${satisfied}`;
  return [finding('metadata.labels', message)];
}
