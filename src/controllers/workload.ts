import type { WorkloadInput } from '../checks/check.ts';
import { judge, type Judgement } from '../checks/judge.ts';
import { unite } from '../checks/union.ts';
import type { Subject } from '../inventory/subject-key.ts';
import type { Workload } from '../inventory/workloads.ts';
import { availableChecks, passedCount, type AssessDeps, type Assessed } from './assess.ts';

/** Paths in a pod become paths in the object that people edit. */
const TEMPLATE_PATHS: Readonly<Record<string, string>> = {
  Pod: '',
  CronJob: 'spec.jobTemplate.spec.template.',
};

function inTemplate(kind: string, path: string): string {
  return `${TEMPLATE_PATHS[kind] ?? 'spec.template.'}${path}`;
}

function gather({ ref, template, pods }: Workload<Judgement>, { inventory }: AssessDeps): WorkloadInput {
  return {
    subject: ref,
    specs: template === undefined ? pods : [template, ...pods],
    grantsOf: (name) => inventory.grantsOf(ref.namespace ?? '', name),
    usersOf: (name) => inventory.usersOf(ref.namespace ?? '', name),
    serviceAccount: (name) => inventory.get('ServiceAccount', ref.namespace ?? '', name),
  };
}

/** Judges one workload: by its template, by its live pods, and by what they lean on. Undefined if it is none (any more). */
export function assessWorkload(subject: Subject, deps: AssessDeps): Assessed | undefined {
  const workload = deps.inventory.workload(subject);
  if (workload === undefined) return undefined;
  const { ref, template, pods, createdSeconds } = workload;
  const { checks, blocked } = availableChecks('workload', deps);
  const bySpec = unite(
    template?.verdict,
    pods.map(({ verdict }) => verdict),
  );
  const byRelation = judge(checks, gather(workload, deps), deps.onCheckError);
  const findings = [...bySpec.findings, ...byRelation.findings].map((found) =>
    found.path === undefined || ('seenIn' in found && found.seenIn === 'Pod')
      ? found
      : { ...found, path: inTemplate(ref.kind, found.path) },
  );
  const undecided = [...bySpec.undecided, ...byRelation.undecided];
  return {
    subject: ref,
    createdSeconds,
    findings,
    undecided,
    passed: passedCount(deps.selection.of('pod').length, bySpec) + passedCount(checks.length, byRelation),
    catalogueVersion: deps.selection.version('workload'),
    podSecurityVersion: `v1.${deps.podSecurityMinor}`,
    alwaysReported: true,
    uncertain: new Set([...blocked, ...undecided.map(({ check }) => check)]),
  };
}
