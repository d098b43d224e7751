import type { Framework } from '../checks/frameworks/index.ts';
import type { Selection } from '../checks/selection.ts';
import type { Logger } from '../kube/logger.ts';
import type { ReflectorSink } from '../kube/reflector-api.ts';
import type { Timers } from '../kube/timers.ts';
import type { KubeClient } from '../kube/client.ts';
import { complianceReport } from '../reports/compliance/report.ts';
import { reportedFramework } from '../reports/compliance/scope.ts';
import { createStoredCompliances } from '../reports/compliance/stored.ts';
import { createComplianceTally } from '../reports/compliance/tally.ts';
import { createComplianceWriter } from '../reports/compliance/write.ts';
import type { OnRecordChange } from '../reports/records.ts';
import { failedWrite, type WriteResult } from '../reports/write.ts';
import { createJudgedSubjects, type JudgedSubjects } from './judged.ts';
import { createQueue, type WorkQueue } from './queue.ts';

export interface ComplianceOptions {
  readonly client: KubeClient;
  /** Those to report on. */
  readonly frameworks: readonly Framework[];
  readonly selection: Selection;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  /** Told of each write. */
  readonly onWrite: (result: WriteResult) => void;
  /** Whether the compliance reports of the cluster have been read; until then none is written. */
  readonly isReadable: () => boolean;
  /** Whether reports of some subjects are not as they should be, since they could not be written. */
  readonly isBehind: () => boolean;
}

/** Keeps the compliance reports up to date, as far as it leads. */
export interface Compliance {
  /** For the reflector of compliance reports. */
  readonly sink: ReflectorSink;
  /** For the records of all other reports. */
  readonly onRecordChange: OnRecordChange;
  readonly onJudged: JudgedSubjects['note'];
  /** Something was judged, or changed: what follows from it is written soon. */
  readonly touch: () => void;
  /** From now on everything has been judged once. Settles when all is written that can be. */
  readonly lead: () => Promise<void>;
  readonly follow: () => void;
  readonly stop: () => Promise<void>;
}

/** A burst of changes is one write: they are gathered for so long. */
const GATHER_MS = 2000;

function complianceQueue(
  { logger, timers, onWrite }: ComplianceOptions,
  work: (name: string) => Promise<WriteResult>,
): WorkQueue<string> {
  return createQueue<string>({
    async work(framework) {
      try {
        const result = await work(framework);
        if (result !== 'unchanged') onWrite(result);
      } catch (error) {
        onWrite(failedWrite(error));
        logger.warn('could not bring a compliance report up to date; will try again', { framework, error });
        throw error;
      }
    },
    concurrency: 1,
    nowMs: timers.now,
    random: timers.random,
  });
}

/** Computes the compliance reports from what all other reports say, and writes those that changed. */
export function createCompliance(options: ComplianceOptions): Compliance {
  const { frameworks, selection, timers, signal, isReadable, isBehind } = options;
  const reported = new Map(frameworks.map((each) => [each.name, reportedFramework(each, selection)]));
  const tally = createComplianceTally([...reported.values()].flatMap(({ controls }) => controls));
  const judged = createJudgedSubjects();
  const stored = createStoredCompliances(touch);
  const writer = createComplianceWriter(options.client, stored);
  const queue = complianceQueue(options, bringUpToDate);
  let isLeading = false;
  let isGathering = false;

  function reservation(): string | undefined {
    if (isBehind()) return 'some security reports could not be written yet';
    return tally.isCut() ? 'a security report was cut, and may have held a finding of it' : undefined;
  }

  async function bringUpToDate(name: string): Promise<WriteResult> {
    if (!isReadable()) return 'unchanged';
    const framework = reported.get(name);
    if (framework === undefined) return writer.remove(name);
    return writer.write(complianceReport(framework, { ...tally, ...judged, reservation: reservation() }));
  }

  function addAll(): void {
    for (const name of new Set([...reported.keys(), ...stored.names()])) queue.add(name);
  }

  async function addSoon(): Promise<void> {
    await timers.sleep(GATHER_MS, signal);
    isGathering = false;
    if (isLeading && !signal.aborted) addAll();
  }

  function touch(): void {
    if (isGathering || !isLeading) return;
    isGathering = true;
    void addSoon();
  }

  return {
    sink: stored.sink,
    onRecordChange: tally.change,
    onJudged: judged.note,
    touch,
    async lead() {
      isLeading = true;
      addAll();
      queue.resume();
      await queue.idle();
    },
    follow() {
      isLeading = false;
      queue.pause();
    },
    stop: queue.stop,
  };
}
