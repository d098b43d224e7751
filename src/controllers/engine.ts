import type { Judgement } from '../checks/judge.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { CLUSTER_KEY, parseSubjectKey, type SubjectKey } from '../inventory/subject-key.ts';
import { createReportCounts, type ReportCounts } from '../reports/counts/report-counts.ts';
import { reportKeyOf } from '../reports/naming.ts';
import type { OnRecordChange } from '../reports/records.ts';
import { exceptionCounts, type ExceptionCounts } from './exceptions/exception-counts.ts';
import { createFirstPass } from './first-pass.ts';
import { pastOf } from './past.ts';
import { judgedUntilSeconds } from './judged-until.ts';
import { sweep } from './sweep.ts';
import type { Watching } from './watching/watching.ts';
import type { WorkQueue } from './queue.ts';
import { subjectQueue } from './subject-queue.ts';
import { createWorkloadCounts, type WorkloadCounts } from './workload-counts.ts';
import type { EngineOptions } from './engine-options.ts';
import { startWorks, type Works } from './works.ts';

/** The operator without its doors: it watches and judges from the start, and writes while it leads. */
export interface Engine {
  readonly watching: Watching;
  readonly inventory: Inventory<Judgement>;
  readonly counts: ReportCounts;
  readonly exceptions: ExceptionCounts;
  readonly workloads: WorkloadCounts['states'];
  /** Unix time up to which all that happened in the cluster was seen and judged; means nothing before the first pass is done. */
  readonly judgedUntilSeconds: () => number;
  /** How long the first pass of this leadership took; undefined until it is done. */
  readonly firstPassSeconds: () => number | undefined;
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

/** What only the calendar changes (end-of-life dates) is looked at so often. */
const CALENDAR_INTERVAL_MS = 60 * 60 * 1000;

function* namespacesIn(subjects: Iterable<SubjectKey>): Iterable<string> {
  for (const key of subjects) {
    const { group, kind, name } = parseSubjectKey(key);
    if (group === '' && kind === 'Namespace') yield name;
  }
}

const hasAny = (items: Iterable<unknown>): boolean => items[Symbol.iterator]().next().done !== true;

interface Tallies {
  readonly counts: ReportCounts;
  readonly workloads: WorkloadCounts;
  readonly onRecordChange: OnRecordChange;
}

/** What is counted of reports and of workloads, each change told to both. */
function createTallies(works: () => Works, { failing }: WorkQueue<SubjectKey>): Tallies {
  const counts = createReportCounts();
  const isThere = (key: SubjectKey): boolean => works().inventory.workload(parseSubjectKey(key)) !== undefined;
  const workloads = createWorkloadCounts({ isThere, failing });
  const onRecordChange: OnRecordChange = (...change) => {
    counts.change(...change);
    workloads.onRecordChange(...change);
  };
  return { counts, workloads, onRecordChange };
}

/** Names everything in the cluster, and everything reported of it, to be looked at again. */
function nameAll({ inventory, records }: Works, add: (key: SubjectKey) => void): void {
  for (const key of inventory.subjects()) add(key);
  for (const [, { subject }] of records.entries()) add(subject);
  add(CLUSTER_KEY);
}

/** Until everything was read, nothing is named dirty. */
async function nameAllOnceRead(works: Works, add: (key: SubjectKey) => void): Promise<void> {
  await works.watching.settled;
  works.scopeWatch.begin(namespacesIn(works.inventory.subjects()));
  nameAll(works, add);
}

/** Names what is judged by the calendar, now and then, until the answer is called. */
function followCalendar({ inventory }: Works, add: (key: SubjectKey) => void): () => void {
  function addDated(): void {
    for (const key of inventory.subjects()) if (parseSubjectKey(key).kind === 'Node') add(key);
    add(CLUSTER_KEY);
  }
  const calendar = setInterval(addDated, CALENDAR_INTERVAL_MS).unref();
  return () => clearInterval(calendar);
}

/** Wires inventory, checks, reports and queue. Nothing is written before `lead`. */
export function startEngine(options: EngineOptions): Engine {
  const { selection, parameters, signal, now, timers } = options;
  const firstPass = createFirstPass(selection.checks, parameters, timers);
  let isLeading = false;
  /** Tells one leadership from the next: while a first pass is waited for, the lead may be lost, and even won again. */
  let term = 0;
  const queue = subjectQueue(options, firstPass, () => works);
  const { counts, workloads, onRecordChange } = createTallies(() => works, queue);
  const works = startWorks({
    ...options,
    firstPass,
    onRecordChange,
    add,
    onReadableChange: () => nameAll(works, add),
    isLeading: () => isLeading,
    isBehind: () => hasAny(queue.failing()) || hasAny(works.restoration.held()),
  });
  const { inventory, records, writer, watching } = works;

  /** Subjects out of scope matter only where a report of them is left. */
  function add(key: SubjectKey): void {
    const subject = parseSubjectKey(key);
    const isCovered = works.scope.covers(subject);
    if (!isCovered) workloads.onExcluded(key);
    if (isCovered || records.get(reportKeyOf(subject)) !== undefined) queue.add(key);
  }

  const loaded = nameAllOnceRead(works, add);
  const endCalendar = followCalendar(works, add);

  return {
    watching,
    inventory,
    counts,
    exceptions: exceptionCounts(works.exceptions, now),
    workloads: workloads.states,
    judgedUntilSeconds: () => judgedUntilSeconds({ reflectors: watching.reflectors, oldestMs: queue.oldestMs, timers }),
    firstPassSeconds: firstPass.seconds,
    async lead(watchedUntil) {
      term += 1;
      const own = term;
      await loaded;
      await works.kubelets?.asked;
      if (own !== term) return false;
      isLeading = true;
      firstPass.begin(pastOf(inventory, records, watchedUntil));
      // Before anything is written: a report that is judged anew says only what is there now.
      options.outbox.lead(records.entries(), add);
      // What it remembers of the installation may be written anew.
      add(CLUSTER_KEY);
      await sweep(records, writer, add);
      queue.resume();
      await queue.idle();
      if (signal.aborted || own !== term) return false;
      firstPass.end(now(), [...queue.failing(), ...works.restoration.held()]);
      add(CLUSTER_KEY);
      await queue.idle();
      if (own === term) await works.sumUp();
      return true;
    },
    follow() {
      term += 1;
      isLeading = false;
      queue.pause();
      works.follow();
      firstPass.abandon();
    },
    isFirstPassDone: firstPass.isDone,
    async stop() {
      endCalendar();
      await Promise.all([queue.stop(), works.stop()]);
    },
  };
}
