import type { Judgement } from '../checks/judge.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { CLUSTER_KEY, parseSubjectKey, type SubjectKey } from '../inventory/subject-key.ts';
import { createReportCounts, type ReportCounts } from '../reports/counts.ts';
import { reportKeyOf } from '../reports/naming.ts';
import { createFirstPass } from './first-pass.ts';
import { pastOf } from './past.ts';
import { sweep } from './sweep.ts';
import type { Watching } from './watching/watching.ts';
import { subjectQueue } from './subject-queue.ts';
import { startWorks, type EngineOptions } from './works.ts';

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

/** What only the calendar changes (end-of-life dates) is looked at so often. */
const CALENDAR_INTERVAL_MS = 60 * 60 * 1000;

const hasAny = (items: Iterable<unknown>): boolean => items[Symbol.iterator]().next().done !== true;

/** Wires inventory, checks, reports and queue. Nothing is written before `lead`. */
export function startEngine(options: EngineOptions): Engine {
  const { scope, selection, parameters, signal, now } = options;
  const firstPass = createFirstPass(selection.checks, parameters);
  const counts = createReportCounts();
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
  const { inventory, records, writer, watching } = works;

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
      firstPass.begin(pastOf(inventory, records, watchedUntil));
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
      clearInterval(calendar);
      await Promise.all([queue.stop(), works.stop()]);
    },
  };
}
