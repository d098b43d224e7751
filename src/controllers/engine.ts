import { randomUUID } from 'node:crypto';
import type { ServerFacts } from '../checks/check.ts';
import type { Framework } from '../checks/frameworks/index.ts';
import { judge, type Judgement, type OnCheckError } from '../checks/judge.ts';
import type { CheckParameters } from '../checks/parameters.ts';
import { credentialIn } from '../checks/secrets/config-maps.ts';
import type { Selection } from '../checks/selection.ts';
import { createSharing } from '../checks/share.ts';
import { createInventory, type Inventory } from '../inventory/inventory.ts';
import type { OptionalRead } from '../inventory/watched.ts';
import { CLUSTER_KEY, parseSubjectKey, type SubjectKey } from '../inventory/subject-key.ts';
import type { Logger } from '../kube/logger.ts';
import type { ReflectorHooks } from '../kube/reflector-api.ts';
import type { Timers } from '../kube/timers.ts';
import type { KubeClient } from '../kube/client.ts';
import type { ReadConfigz } from '../kube/kubelet-configz.ts';
import { createReportCounts, type ReportCounts } from '../reports/counts.ts';
import { reportKeyOf } from '../reports/naming.ts';
import { createReportRecords, type ReportRecords } from '../reports/records.ts';
import { createReportWriter, type ReportWriter, type WriteResult } from '../reports/write.ts';
import { assessSubject } from './assess/assess-subject.ts';
import { createAvailability } from './assess/availability.ts';
import { createCompliance, type Compliance } from './compliance.ts';
import { createKubelets, type Kubelets } from './kubelets/kubelets.ts';
import { fetchTemplate } from './watching/fetch-template.ts';
import { createFirstPass, type FirstPass } from './first-pass.ts';
import { createQueue, type QueueHooks, type WorkQueue } from './queue.ts';
import { reconcile, type ReconcileDeps, type StoredReportChange } from './reconcile.ts';
import { createRestoration, type Restoration } from './restoration.ts';
import type { Scope } from './scope.ts';
import { sweep } from './sweep.ts';
import { startWatching, type Watching } from './watching/watching.ts';

export interface EngineOptions {
  readonly client: KubeClient;
  readonly scope: Scope;
  readonly selection: Selection;
  readonly parameters: CheckParameters;
  /** Those that the cluster is held against. */
  readonly frameworks: readonly Framework[];
  readonly concurrency: number;
  /** Which of the kinds that are read only on request are. */
  readonly optionalReads: readonly OptionalRead[];
  readonly writesPerSecond: number;
  /** Version of the API server; the day is added here. */
  readonly server: Omit<ServerFacts, 'today'>;
  readonly podSecurityMinor: number;
  /** Asks kubelets for their configuration; absent where the ConfigMap of the cluster is to tell. */
  readonly readKubelet?: ReadConfigz;
  readonly now: () => Date;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly hooks: EngineHooks;
}

export interface EngineHooks {
  readonly reflector: ReflectorHooks;
  readonly queue: (depth: () => number) => QueueHooks;
  /** `detectionSeconds`: from the event to the stored report; undefined where no event asked for the write. */
  readonly onWrite: (result: WriteResult, detectionSeconds: number | undefined) => void;
  readonly onCheckError: (check: string) => void;
  readonly onStored: (change: StoredReportChange) => void;
}

/** The operator without its doors: it watches and judges from the start, and writes while it leads. */
export interface Engine {
  readonly watching: Watching;
  readonly inventory: Inventory<Judgement>;
  readonly counts: ReportCounts;
  /**
   * Takes the lead and makes the first pass; answers whether that was done before the lead was lost. `watchedUntil` is when
   * the last leader was seen at work.
   */
  readonly lead: (watchedUntil: Date | undefined) => Promise<boolean>;
  /** Gives it up: what is under way is finished, nothing more is begun. */
  readonly follow: () => void;
  readonly isFirstPassDone: () => boolean;
  /** Ends the work under way. The watches end with the signal. */
  readonly stop: () => Promise<void>;
}

/** The report that remembers the installation. */
const CLUSTER_REPORT = reportKeyOf(parseSubjectKey(CLUSTER_KEY));

/** What only the calendar changes (end-of-life dates) is looked at so often. */
const CALENDAR_INTERVAL_MS = 60 * 60 * 1000;

function checkErrors({ hooks, logger }: EngineOptions): OnCheckError {
  return (check, error) => {
    hooks.onCheckError(check);
    logger.error('a check failed on an object; it is reported as unknown', { check, error });
  };
}

const hasAny = (items: Iterable<unknown>): boolean => items[Symbol.iterator]().next().done !== true;

/** The queue whose workers bring one subject's report up to date. */
function subjectQueue(options: EngineOptions, firstPass: FirstPass, works: () => Works): WorkQueue<SubjectKey> {
  const { hooks, logger, timers, concurrency } = options;
  const queue: WorkQueue<SubjectKey> = createQueue<SubjectKey>({
    async work(key, sinceMs) {
      if (works().restoration.isHeld(key)) return;
      const about = { subject: key, reconcileID: randomUUID() };
      const wasDone = firstPass.isDone();
      try {
        const result = await reconcile(key, works().deps);
        firstPass.settle(key);
        works().compliance.touch();
        hooks.onWrite(result, wasDone && result !== 'unchanged' ? (timers.now() - sinceMs) / 1000 : undefined);
        if (logger.isDebugEnabled()) logger.debug('reconciled', { ...about, result });
      } catch (error) {
        hooks.onWrite('error', undefined);
        logger.warn('could not bring a report up to date; will try again', { ...about, error });
        throw error;
      }
    },
    concurrency,
    nowMs: timers.now,
    random: timers.random,
    hooks: hooks.queue(() => queue.depth()),
  });
  return queue;
}

/** The parts that judge and write, wired to each other. */
interface Works {
  readonly inventory: Inventory<Judgement>;
  readonly records: ReportRecords;
  readonly writer: ReportWriter;
  readonly restoration: Restoration;
  readonly watching: Watching;
  readonly compliance: Compliance;
  readonly deps: ReconcileDeps;
  /** Absent where kubelets are not asked. */
  readonly kubelets: Kubelets | undefined;
}

interface WorksOptions extends EngineOptions {
  readonly firstPass: FirstPass;
  readonly counts: ReportCounts;
  readonly add: (key: SubjectKey) => void;
  readonly onReadableChange: () => void;
  readonly isLeading: () => boolean;
  readonly isBehind: () => boolean;
}

function startWorks(options: WorksOptions): Works {
  const { client, scope, selection, parameters, podSecurityMinor, signal, now, firstPass, counts, add } = options;
  const onCheckError = checkErrors(options);
  const podChecks = selection.of('pod');
  const share = createSharing();
  const inventory = createInventory<Judgement>({
    judgePod: (pod) => share(judge(podChecks, { ...pod, podSecurityMinor, parameters }, onCheckError)),
    judgeConfigValue: credentialIn,
    onDirty: add,
    isReadable: (kind) => watching.isReadable(kind),
    isLoading: () => !watching.isSettled(),
  });
  const compliance = createCompliance({
    ...options,
    onWrite: (result) => options.hooks.onWrite(result, undefined),
    isReadable: () => watching.isComplianceReadable(),
  });
  const restoration = createRestoration({
    restore: add,
    isThere: (key) => assessSubject(parseSubjectKey(key), deps) !== undefined,
    timers: options.timers,
    signal,
  });
  const records = createReportRecords({
    onForeignChange: add,
    onDeleted: restoration.onDeleted,
    onChange(key, before, after) {
      counts.change(key, before, after);
      compliance.onRecordChange(key, before, after);
    },
    isAuthor: options.isLeading,
  });
  const writer = createReportWriter({ ...options, records });
  const watching = startWatching({
    ...options,
    inventory,
    records,
    compliance: compliance.sink,
    hooks: options.hooks.reflector,
  });
  const kubelets = createKubelets({ ...options, inventory, onDirty: add, begin: watching.settled });
  const deps: ReconcileDeps = {
    inventory,
    availability: createAvailability(
      watching.unreadable,
      watching.isReadable,
      kubelets === undefined ? 'KubeletConfig' : 'Node',
    ),
    ...(kubelets !== undefined && { kubelets }),
    scope,
    selection,
    records,
    writer,
    server: () => ({ ...options.server, today: now().toISOString().slice(0, 10) }),
    podSecurityMinor,
    onCheckError,
    memory: firstPass.memoryFor,
    marker: firstPass.marker,
    now,
    onJudged: compliance.onJudged,
    onStored: options.hooks.onStored,
    fetchTemplate: (subject, version) => fetchTemplate(subject, version, { client, inventory, signal }),
  };
  return { inventory, records, writer, restoration, watching, compliance, kubelets, deps };
}

/** Wires inventory, checks, reports and queue. Nothing is written before `lead`. */
export function startEngine(options: EngineOptions): Engine {
  const { scope, selection, signal, now } = options;
  const firstPass = createFirstPass();
  const counts = createReportCounts();
  const checkIds = selection.checks.map(({ id }) => id);
  let isLeading = false;
  /** Tells one leadership from the next: while a first pass is waited for, the lead may be lost, and even won again. */
  let term = 0;
  const queue = subjectQueue(options, firstPass, () => works);
  const works = startWorks({
    ...options,
    firstPass,
    counts,
    add,
    onReadableChange: addAll,
    isLeading: () => isLeading,
    isBehind: () => hasAny(queue.failing()) || hasAny(works.restoration.held()),
  });
  const { inventory, records, writer, watching, compliance } = works;

  /** Subjects out of scope matter only where a report of them is left. */
  function add(key: SubjectKey): void {
    const subject = parseSubjectKey(key);
    if (scope.covers(subject) || records.get(reportKeyOf(subject)) !== undefined) queue.add(key);
  }

  /** Everything in the cluster, and everything reported of it, is looked at again. */
  function addAll(): void {
    for (const key of inventory.subjects()) add(key);
    for (const [, { subject }] of records.entries()) add(subject);
    add(CLUSTER_KEY);
  }

  // Until then nothing was named dirty.
  const loaded = watching.settled.then(addAll);

  /** What is judged by the calendar. */
  function addDated(): void {
    for (const key of inventory.subjects()) if (parseSubjectKey(key).kind === 'Node') add(key);
    add(CLUSTER_KEY);
  }
  const calendar = setInterval(addDated, CALENDAR_INTERVAL_MS).unref();

  return {
    watching,
    inventory,
    counts,
    async lead(watchedUntil) {
      term += 1;
      const own = term;
      await loaded;
      await works.kubelets?.asked;
      if (own !== term) return false;
      isLeading = true;
      firstPass.begin(records.get(CLUSTER_REPORT)?.marker, watchedUntil);
      // What it remembers of the installation may be written anew.
      add(CLUSTER_KEY);
      await sweep(records, writer, add);
      queue.resume();
      await queue.idle();
      if (signal.aborted || own !== term) return false;
      firstPass.end(now(), checkIds, [...queue.failing(), ...works.restoration.held()]);
      add(CLUSTER_KEY);
      await queue.idle();
      if (own === term) await compliance.lead();
      return true;
    },
    follow() {
      term += 1;
      isLeading = false;
      queue.pause();
      compliance.follow();
      firstPass.abandon();
    },
    isFirstPassDone: firstPass.isDone,
    async stop() {
      clearInterval(calendar);
      await Promise.all([queue.stop(), compliance.stop()]);
    },
  };
}
