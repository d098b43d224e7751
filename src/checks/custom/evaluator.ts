import type { Judgement, UndecidedCheck } from '../judge.ts';
import { customCheckId, type CustomCheck, type Json } from './custom-check.ts';
import { clip } from './clip.ts';
import { matchesKind } from './matching.ts';
import { createRunner, type RunnerResult } from './worker/runner.ts';
import type { WorkerBounds } from './worker/session.ts';

/** An object to judge by the checks of a profile. */
export interface CustomSubject {
  /** Names the object where a check is disabled because of it. */
  readonly key: string;
  readonly objectJson: string;
  /** The object's Namespace; none for objects that are in none. */
  readonly namespaceJson?: string;
}

/** What the checks say of one object; those that are not about its kind are skipped. */
export type CustomJudgement = Judgement;

export interface CustomEvaluatorOptions extends Partial<WorkerBounds> {
  readonly checks: readonly CustomCheck[];
  /** What expressions know as `params`. Default null. */
  readonly params?: Json;
  /** Objects that may wait. Default 1000. */
  readonly maxWaiting?: number;
  /**
   * A check has run too long or taken too much memory, with this object. It is not evaluated again, and undecided for every
   * object that it matches.
   */
  readonly onDisabled: (check: CustomCheck, why: string) => void;
}

export interface CustomEvaluator {
  /** Whether any check is about objects of this kind. */
  readonly covers: (apiVersion: string, kind: string) => boolean;
  /** Rejects only when too many wait or after `close`. */
  readonly evaluate: (subject: CustomSubject) => Promise<CustomJudgement>;
  /** Ends the thread. What waits is rejected. */
  readonly close: () => Promise<void>;
}

/** A rule takes microseconds, over 200 containers less than a millisecond; the rest is for a thread that gets little of a core. */
export const DEFAULT_BOUNDS: WorkerBounds = { deadlineMs: 1000, heapMb: 32 };

interface Waiting {
  readonly subject: CustomSubject;
  readonly resolve: (judgement: Judgement) => void;
  readonly reject: (error: Error) => void;
}

const NOTHING: Judgement = { findings: [], undecided: [], skipped: [] };

function allUndecided(checks: readonly CustomCheck[], result: RunnerResult): Judgement {
  const message = clip(`custom checks could not be run${result.type === 'failed' ? `: ${result.why}` : ''}`);
  return {
    ...NOTHING,
    undecided: checks.map(({ name }): UndecidedCheck => ({ check: customCheckId(name), reason: 'Error', message })),
  };
}

/** Judges objects in a thread of its own, which is started for the first of them, and never if there are no checks. */
export function createCustomEvaluator(options: CustomEvaluatorOptions): CustomEvaluator {
  const { checks, params = null, maxWaiting = 1000, onDisabled, ...bounds } = options;
  const waiting: Waiting[] = [];
  let current: Waiting | undefined;
  let isClosed = false;
  const runner = createRunner({
    ...DEFAULT_BOUNDS,
    ...bounds,
    checks: checks.map(({ tests: _tests, ...check }) => check),
    params,
    onDisabled: (check, why) => onDisabled(check, `${why} with ${current?.subject.key}`),
  });

  const drain = async (): Promise<void> => {
    for (current = waiting.shift(); current !== undefined; current = waiting.shift()) {
      const { subject, resolve, reject } = current;
      const { key: _key, ...object } = subject;
      try {
        const result = await runner.run({ type: 'judge', ...object });
        resolve(result.type === 'judged' ? result.judgement : allUndecided(checks, result));
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    }
  };
  return {
    covers: (apiVersion, kind) => checks.some(({ match }) => matchesKind(match.kinds, apiVersion, kind)),
    evaluate: async (subject) => {
      if (checks.length === 0) return NOTHING;
      if (isClosed) throw new Error('the evaluator of custom checks is closed');
      if (waiting.length >= maxWaiting) throw new Error(`${maxWaiting} objects wait for custom checks already`);
      const { promise, resolve, reject } = Promise.withResolvers<Judgement>();
      waiting.push({ subject, resolve, reject });
      if (current === undefined) void drain();
      return promise;
    },
    close: async () => {
      isClosed = true;
      const error = new Error('the evaluator of custom checks was closed');
      for (const { reject } of [...(current === undefined ? [] : [current]), ...waiting.splice(0)]) reject(error);
      await runner.close();
    },
  };
}
