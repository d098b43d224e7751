import assert from 'node:assert/strict';
import { loadAll } from 'js-yaml';
import type { Target } from '../../../src/checks/check.ts';
import type { Judgement } from '../../../src/checks/judge.ts';
import type { AssessDeps, Assessed } from '../../../src/controllers/assess.ts';
import { createAvailability } from '../../../src/controllers/availability.ts';
import { assessCluster } from '../../../src/controllers/cluster.ts';
import { assessAdmissionWebhook, assessNode } from '../../../src/controllers/subjects.ts';
import { groupOf } from '../../../src/inventory/facts/object-ref.ts';
import { createInventory } from '../../../src/inventory/inventory.ts';
import { parseSubjectKey } from '../../../src/inventory/subject-key.ts';
import { isAbout, watchesOf } from '../../../src/inventory/watched.ts';
import { ALL } from '../../support/all-checks.ts';
import { meta, raw, type Json, type Meta } from '../../support/objects.ts';

interface Document extends Json {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Meta;
}

/** Everything that is said of the cluster, its nodes and its webhooks, if it holds just these objects. */
function assessed(yaml: string): readonly Assessed[] {
  const inventory = createInventory<Judgement>({
    judgePod: () => ({ findings: [], undecided: [], skipped: [] }),
    judgeConfigValue: () => undefined,
    onDirty: () => undefined,
    isReadable: () => true,
    trustStaticPods: true,
  });
  const documents = loadAll(yaml) as readonly Document[];
  for (const document of documents) {
    const { namespace = '', name } = document.metadata;
    const group = groupOf(document.apiVersion);
    const rows = watchesOf(group, document.kind).filter((row) => isAbout(row, { namespace, name }));
    for (const { kind } of rows)
      inventory.sink(kind).upsert(raw({ ...document, metadata: meta({ ...document.metadata, namespace }) }));
  }
  const deps: AssessDeps = {
    inventory,
    availability: createAvailability(
      () => undefined,
      () => true,
    ),
    selection: ALL,
    server: () => ({ major: 1, minor: 37, gitVersion: 'v1.37.2', today: '2026-11-24' }),
    podSecurityMinor: 37,
    onCheckError: assert.fail,
    apiUses: () => documents,
  };
  const others = [...inventory.subjects()].map((key) => parseSubjectKey(key));
  return [
    assessCluster(deps, undefined),
    ...others.flatMap((subject) => {
      if (subject.kind === 'Node') return assessNode(subject, deps) ?? [];
      return subject.kind.endsWith('WebhookConfiguration') ? (assessAdmissionWebhook(subject, deps) ?? []) : [];
    }),
  ];
}

const TARGETS: ReadonlySet<Target> = new Set(['cluster', 'kubelet', 'node', 'admissionWebhook']);

/** Those of the cluster that other topics bring have their own examples proven with them. */
const checks = ALL.checks.filter(({ target }) => TARGETS.has(target));

describe('The examples of checks of the cluster and its nodes', () => {
  for (const { id, example } of checks) {
    if (example === undefined) continue;
    const said = (yaml: string): Record<'found' | 'undecided', boolean> => {
      const all = assessed(yaml);
      return {
        found: all.some(({ findings }) => findings.some(({ check }) => check === id)),
        undecided: all.some(({ undecided }) => undecided.some(({ check }) => check === id)),
      };
    };
    it(`fail ${id} before`, () => assert.deepEqual(said(example.before), { found: true, undecided: false }));
    it(`pass ${id} after`, () => assert.deepEqual(said(example.after), { found: false, undecided: false }));
  }

  it('are there, but for what no object shows, and for what can never be known to pass', () => {
    const without = checks.filter(({ example }) => example === undefined).map(({ id }) => id);
    assert.deepEqual(without.sort(), [
      'apiserver-secrets-not-encrypted',
      'cluster-patch-outdated',
      'cluster-version-unsupported',
      'kubelet-streaming-timeout-disabled',
    ]);
  });
});
