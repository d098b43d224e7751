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
import { createFollowUp, type FollowUp } from './follow-up.ts';
import { createJudgedSubjects, type JudgedSubjects } from './judged.ts';

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
export interface Compliance extends FollowUp {
  /** For the reflector of compliance reports. */
  readonly sink: ReflectorSink;
  /** For the records of all other reports. */
  readonly onRecordChange: OnRecordChange;
  readonly onJudged: JudgedSubjects['note'];
}

/** A burst of changes is one write: they are gathered for so long. */
const GATHER_MS = 2000;

/** Tells of what came of each try. */
function told(
  { logger, onWrite }: ComplianceOptions,
  work: (name: string) => Promise<WriteResult>,
): (framework: string) => Promise<void> {
  return async (framework) => {
    try {
      const result = await work(framework);
      if (result !== 'unchanged') onWrite(result);
    } catch (error) {
      onWrite(failedWrite(error));
      logger.warn('could not bring a compliance report up to date; will try again', { framework, error });
      throw error;
    }
  };
}

/** Computes the compliance reports from what all other reports say, and writes those that changed. */
export function createCompliance(options: ComplianceOptions): Compliance {
  const { frameworks, selection, timers, signal, isReadable, isBehind } = options;
  const reported = new Map(frameworks.map((each) => [each.name, reportedFramework(each, selection)]));
  const tally = createComplianceTally([...reported.values()].flatMap(({ controls }) => controls));
  const judged = createJudgedSubjects();
  const stored = createStoredCompliances(() => followUp.touch());
  const writer = createComplianceWriter(options.client, stored);
  const followUp = createFollowUp<string>({
    work: told(options, bringUpToDate),
    keys: () => new Set([...reported.keys(), ...stored.names()]),
    gatherMs: GATHER_MS,
    timers,
    signal,
  });

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

  return {
    sink: stored.sink,
    onRecordChange: tally.change,
    onJudged: judged.note,
    ...followUp,
  };
}
