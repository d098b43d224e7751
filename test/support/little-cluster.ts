import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { DEFAULT_PARAMETERS } from '../../src/checks/parameters.ts';
import { selectionOf } from '../../src/checks/selection.ts';
import type { Check } from '../../src/checks/check.ts';
import { judge, type Judgement } from '../../src/checks/judge.ts';
import type { AssessDeps, Assessed } from '../../src/controllers/assess.ts';
import { assessBinding, assessRole, assessServiceAccount, type Assess } from '../../src/controllers/subjects.ts';
import { assessWorkload } from '../../src/controllers/workload.ts';
import { createInventory } from '../../src/inventory/inventory.ts';
import { parseSubjectKey } from '../../src/inventory/subject-key.ts';
import { WATCHED } from '../../src/inventory/watched.ts';
import { raw, type Json } from './objects.ts';

const ASSESS: Readonly<Record<string, Assess>> = {
  ServiceAccount: assessServiceAccount,
  Role: assessRole,
  ClusterRole: assessRole,
  RoleBinding: assessBinding,
  ClusterRoleBinding: assessBinding,
};
const OTHERS = new Set(['Namespace', 'Node']);

function rethrow(_check: string, error: unknown): never {
  throw error;
}

/** The objects of a text in YAML, with the uid that an API server would have given them. */
function objectsOf(yaml: string): readonly Json[] {
  return loadAll(yaml, null, { schema: CORE_SCHEMA }).map((document, index) => {
    const object = document as Json & { readonly metadata: Json };
    return { ...object, metadata: { ...object.metadata, uid: `uid-${index}` } };
  });
}

/** What the checks say of ServiceAccounts, roles, bindings and workloads that are all there is, as YAML. */
export function assessAll(yaml: string, checks: readonly Check[]): readonly Assessed[] {
  const selection = selectionOf(checks);
  const inventory = createInventory<Judgement>({
    judgePod: (pod) =>
      judge(selection.of('pod'), { ...pod, podSecurityMinor: 37, parameters: DEFAULT_PARAMETERS }, rethrow),
    judgeConfigValue: () => undefined,
    onDirty: () => undefined,
    isReadable: () => true,
  });
  for (const object of objectsOf(yaml)) {
    const watched = WATCHED.find(({ kind }) => kind === object['kind']);
    if (watched === undefined) throw new Error(`objects of kind ${String(object['kind'])} are not watched`);
    inventory.sink(watched.kind).upsert(raw(object));
  }
  const deps: AssessDeps = {
    inventory,
    availability: {
      isBlocked: () => false,
      isInSight: () => true,
      arePodsSeen: () => true,
      undecided: () => [],
      isReadable: () => true,
    },
    selection,
    server: () => ({ major: 1, minor: 37, gitVersion: 'v1.37.2', today: '2026-11-24' }),
    podSecurityMinor: 37,
    onCheckError: rethrow,
  };
  const subjects = [...new Set(inventory.subjects())].map((key) => parseSubjectKey(key));
  return subjects
    .filter(({ kind }) => !OTHERS.has(kind))
    .flatMap((subject) => (ASSESS[subject.kind] ?? assessWorkload)(subject, deps) ?? []);
}
