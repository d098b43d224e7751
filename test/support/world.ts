import assert from 'node:assert/strict';
import { judge, type Judgement } from '../../src/checks/judge.ts';
import { DEFAULT_PARAMETERS } from '../../src/checks/parameters.ts';
import { credentialIn } from '../../src/checks/secrets/config-maps.ts';
import { createAvailability } from '../../src/controllers/availability.ts';
import { reconcile, type ReconcileDeps, type StoredReportChange } from '../../src/controllers/reconcile.ts';
import { createScope } from '../../src/controllers/scope.ts';
import type { SecurityReport } from '../../src/crds/index.ts';
import { createInventory, type Inventory } from '../../src/inventory/inventory.ts';
import { CLUSTER_KEY, type SubjectKey } from '../../src/inventory/subject-key.ts';
import type { Kind } from '../../src/inventory/watched.ts';
import { contentHash } from '../../src/reports/content.ts';
import { reportKey, type ReportKey } from '../../src/reports/naming.ts';
import { createReportRecords, remember, type ReportRecords } from '../../src/reports/records.ts';
import type { ReportWriter } from '../../src/reports/write.ts';
import { ALL } from './all-checks.ts';

/** Everything as in the operator, but for the API server: what is written stands in a map. */
export interface World {
  readonly inventory: Inventory<Judgement>;
  /** What is stored, by key. */
  readonly stored: Map<ReportKey, SecurityReport>;
  /** Every write that was told of. */
  readonly told: StoredReportChange[];
  /** Subjects that are to be looked at again; working on one does not take it out. */
  readonly dirty: Set<SubjectKey>;
  readonly reconcile: (key: SubjectKey) => ReturnType<typeof reconcile>;
  /** The operator ends and another begins: it knows the stored reports, and nothing else. */
  readonly restarted: () => World;
}

export interface WorldOptions {
  /** Kinds that may not be read; it may change while the world exists. */
  readonly unreadable?: readonly Kind[];
  readonly exclude?: readonly string[];
}

const MEMORY = {
  hasBaseline: true,
  knownChecks: new Set(ALL.checks.map(({ id }) => id)),
  watchedUntilSeconds: undefined,
};

function writerInto(stored: Map<ReportKey, SecurityReport>, records: ReportRecords): ReportWriter {
  return {
    write: (subject, report) => {
      const key = reportKey(report.metadata.namespace ?? '', report.metadata.name ?? '');
      const isNew = !stored.has(key);
      stored.set(key, report);
      const version = { uid: 'u', resourceVersion: '1', contentHash: contentHash(report) };
      records.written(key, { ...version, subject, ...remember(report), isStored: true });
      return Promise.resolve(isNew ? 'created' : 'updated');
    },
    remove: (key) => {
      records.forget(key);
      return Promise.resolve(stored.delete(key) ? 'deleted' : 'unchanged');
    },
    storedFindings: (key) => Promise.resolve(stored.get(key)?.findings ?? []),
  };
}

/** A world without any object, and without any report. */
export function world(options: WorldOptions = {}): World {
  const records = createReportRecords({
    onForeignChange: () => undefined,
    onDeleted: () => undefined,
    onChange: () => undefined,
    isAuthor: () => true,
  });
  return worldOf(options, new Map(), records);
}

function worldOf(options: WorldOptions, stored: World['stored'], records: ReportRecords): World {
  const { unreadable = [], exclude = [] } = options;
  const dirty = new Set<SubjectKey>([CLUSTER_KEY]);
  const told: StoredReportChange[] = [];
  const isReadable = (kind: Kind): boolean => !unreadable.includes(kind);
  const inventory = createInventory<Judgement>({
    judgePod: (pod) =>
      judge(ALL.of('pod'), { ...pod, podSecurityMinor: 37, parameters: DEFAULT_PARAMETERS }, assert.fail),
    judgeConfigValue: credentialIn,
    onDirty: (key) => dirty.add(key),
    isReadable,
  });
  const deps: ReconcileDeps = {
    selection: ALL,
    inventory,
    availability: createAvailability(
      (kind) => (isReadable(kind) ? undefined : { reason: 'PermissionDenied', message: `${kind} may not be read` }),
      isReadable,
    ),
    scope: createScope({ include: [], exclude }),
    records,
    writer: writerInto(stored, records),
    server: () => ({ major: 1, minor: 37, gitVersion: 'v1.37.2', today: '2026-05-01' }),
    podSecurityMinor: 37,
    onCheckError: assert.fail,
    memory: () => MEMORY,
    marker: () => undefined,
    now: () => new Date('2026-05-01T12:00:00Z'),
    onJudged: () => undefined,
    onStored: (change) => told.push(change),
    fetchTemplate: () => Promise.resolve(),
  };
  return {
    inventory,
    stored,
    told,
    dirty,
    reconcile: (key) => reconcile(key, deps),
    restarted: () => {
      const next = worldOf(options, stored, records);
      for (const [, { subject }] of records.entries()) next.dirty.add(subject);
      return next;
    },
  };
}
