import type { WorkloadInput } from '../../checks/check.ts';
import type { Judgement } from '../../checks/judge.ts';
import { unite } from '../../checks/union.ts';
import type { Subject } from '../../inventory/subject-key.ts';
import type { Workload } from '../../inventory/workloads/workloads.ts';
import { answersBy, answersOf, noAnswers, summedUp, type AssessDeps, type Assessed } from './assess.ts';
import { policiesOf } from './subjects.ts';

/** Paths in a pod become paths in the object that people edit. */
const TEMPLATE_PATHS: Readonly<Record<string, string>> = {
  Pod: '',
  CronJob: 'spec.jobTemplate.spec.template.',
};

function inTemplate(kind: string, path: string): string {
  return `${TEMPLATE_PATHS[kind] ?? 'spec.template.'}${path}`;
}

function gather(
  { ref, template, pods, labelled, createdSeconds }: Workload<Judgement>,
  deps: AssessDeps,
): WorkloadInput {
  const { inventory, server, parameters } = deps;
  const namespace = ref.namespace ?? '';
  return {
    subject: ref,
    server: server(),
    parameters,
    specs: template === undefined ? pods : [template, ...pods],
    // A Pod in a file has no age yet, and will still be given what its namespace gives.
    admitted: ref.kind === 'Pod' && !createdSeconds ? [] : pods,
    limitRanges: inventory.limitRangesIn(namespace),
    grantsOf: (name) => inventory.grantsOf(namespace, name),
    usersOf: (name) => inventory.usersOf(namespace, name),
    serviceAccount: (name) => inventory.get('ServiceAccount', namespace, name),
    labelled,
    policies: () => policiesOf(namespace, deps),
    storageBehind: (claim) => inventory.surroundings.storageBehind(namespace, claim),
    isTokenSecret: (name) =>
      inventory.surroundings.isTokenSecret(namespace, name) ||
      (deps.availability.isReadable('Secret') ? false : undefined),
  };
}

/** Judges one workload: by its template, by its live pods, and by what they lean on. Undefined if it is none (any more). */
export function assessWorkload(subject: Subject, deps: AssessDeps): Assessed | undefined {
  const workload = deps.inventory.workload(subject);
  if (workload === undefined) return undefined;
  const { ref, template, pods, createdSeconds } = workload;
  const bySpec = unite(
    template?.verdict,
    pods.map(({ verdict }) => verdict),
  );
  const byRelation = answersOf('workload', gather(workload, deps), deps);
  const findings = [...bySpec.findings, ...byRelation.findings].map((found) =>
    found.path === undefined || ('seenIn' in found && found.seenIn === 'Pod')
      ? found
      : { ...found, path: inTemplate(ref.kind, found.path) },
  );
  // A controller whose template and pods are not known was judged by none of the checks of pods.
  const isKnown = template !== undefined || pods.length > 0;
  const ofPods = isKnown ? answersBy(deps.selection.of('pod'), bySpec) : noAnswers('pod', deps);
  return {
    subject: ref,
    createdSeconds,
    ...summedUp([ofPods, byRelation]),
    findings,
    catalogueVersion: deps.selection.version('workload'),
    podSecurityVersion: `v1.${deps.podSecurityMinor}`,
    alwaysReported: true,
  };
}
