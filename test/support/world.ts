import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Judgement } from '../../src/checks/judge.ts';
import { createExceptions, type Exceptions } from '../../src/controllers/exceptions/exceptions.ts';
import { NO_OUTBOX, type Outbox } from '../../src/controllers/outbox/outbox.ts';
import { reconcile, type ReconcileDeps, type StoredReportChange } from '../../src/controllers/reconcile.ts';
import { createScope } from '../../src/controllers/scope.ts';
import type { SecurityReport } from '../../src/crds/index.ts';
import type { Inventory } from '../../src/inventory/inventory.ts';
import { CLUSTER_KEY, type SubjectKey } from '../../src/inventory/subject-key.ts';
import { DEFAULT_POLICY, type ExceptionPolicy } from '../../src/reports/exceptions/policy.ts';
import type { ReportKey } from '../../src/reports/naming.ts';
import { createReportRecords, type ReportRecords } from '../../src/reports/records.ts';
import { ALL } from './all-checks.ts';
import { judging, type JudgingOptions } from './judging.ts';
import { SERVER } from './server.ts';
import { mapWriter } from './stored-reports.ts';

/** Everything as in the operator, but for the API server: what is written stands in a map. */
export interface World {
  readonly inventory: Inventory<Judgement>;
  /** What is stored, by key. */
  readonly stored: Map<ReportKey, SecurityReport>;
  /** Every write that was told of. */
  readonly told: StoredReportChange[];
  /** Subjects that are to be looked at again; working on one does not take it out. */
  readonly dirty: Set<SubjectKey>;
  readonly exceptions: Exceptions;
  readonly reconcile: (key: SubjectKey) => ReturnType<typeof reconcile>;
  /** It is that time now; an alarm that was set for it has rung. */
  readonly setTime: (time: string) => Promise<void>;
  /** It is that time now, and no alarm has rung yet. */
  readonly setTimeOnly: (time: string) => void;
  /** The operator ends and another begins: it knows the stored reports, and nothing else. */
  readonly restarted: (changed?: WorldOptions) => World;
}

export interface WorldOptions extends Pick<JudgingOptions, 'selection' | 'unreadable'> {
  readonly exclude?: readonly string[];
  readonly exceptionPolicy?: ExceptionPolicy;
  readonly outbox?: Outbox;
  /** Default true. */
  readonly areExceptionsKnown?: boolean;
}

const NOON = `${SERVER.today}T12:00:00Z`;

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

const abortion = (signal: AbortSignal | undefined): Promise<unknown> =>
  signal === undefined ? new Promise(() => undefined) : once(signal, 'abort');

function worldOf(options: WorldOptions, stored: World['stored'], records: ReportRecords): World {
  const { exclude = [], selection = ALL } = options;
  const dirty = new Set<SubjectKey>([CLUSTER_KEY]);
  const told: StoredReportChange[] = [];
  const judged = judging({ ...options, onDirty: (key) => dirty.add(key) });
  const memory = {
    hasBaseline: true,
    knownChecks: new Set(selection.checks.map(({ id }) => id)),
    watchedUntilSeconds: undefined,
  };
  let now = new Date(NOON);
  let ring = Promise.withResolvers<void>();
  const exceptions = createExceptions({
    policy: options.exceptionPolicy ?? DEFAULT_POLICY,
    isCheck: (id) => selection.checks.some((check) => check.id === id),
    inventory: () => judged.inventory,
    records: () => records.entries(),
    onDirty: (key) => dirty.add(key),
    onChange: () => undefined,
    now: () => now,
    timers: { sleep: async (_ms, signal) => void (await Promise.race([ring.promise, abortion(signal)])) },
    signal: new AbortController().signal,
  });
  const deps: ReconcileDeps = {
    ...judged,
    scope: createScope({ include: [], exclude }),
    records,
    writer: mapWriter(stored, records),
    memory: () => memory,
    marker: () => undefined,
    now: () => now,
    exceptions,
    areExceptionsKnown: () => options.areExceptionsKnown ?? true,
    onJudged: () => undefined,
    nowMs: () => 0,
    onScanned: () => undefined,
    outbox: options.outbox ?? NO_OUTBOX,
    onStored: (change) => told.push(change),
    fetchTemplate: () => Promise.resolve(),
  };
  return {
    inventory: judged.inventory,
    stored,
    told,
    dirty,
    exceptions,
    reconcile: (key) => reconcile(key, deps),
    setTimeOnly(time) {
      now = new Date(time);
    },
    async setTime(time) {
      now = new Date(time);
      ring.resolve();
      ring = Promise.withResolvers();
      await setImmediate();
    },
    restarted: (changed = {}) => {
      const next = worldOf({ ...options, ...changed }, stored, records);
      for (const [, { subject }] of records.entries()) next.dirty.add(subject);
      return next;
    },
  };
}
