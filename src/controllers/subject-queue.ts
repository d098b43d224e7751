import { randomUUID } from 'node:crypto';
import type { SubjectKey } from '../inventory/subject-key.ts';
import type { FirstPass } from './first-pass.ts';
import { createQueue, type WorkQueue } from './queue.ts';
import { failedWrite } from '../reports/write.ts';
import { reconcile } from './reconcile.ts';
import type { EngineOptions } from './engine-options.ts';
import type { Works } from './works.ts';

/** The queue whose workers bring one subject's report up to date. */
export function subjectQueue(options: EngineOptions, firstPass: FirstPass, works: () => Works): WorkQueue<SubjectKey> {
  const { hooks, logger, timers, concurrency } = options;
  const queue: WorkQueue<SubjectKey> = createQueue<SubjectKey>({
    async work(key, sinceMs) {
      if (works().restoration.isHeld(key)) return;
      const about = { subject: key, reconcileID: randomUUID() };
      const wasDone = firstPass.isDone();
      try {
        const result = await reconcile(key, works().deps);
        firstPass.settle(key);
        works().touch();
        hooks.onWrite(result, wasDone && result !== 'unchanged' ? (timers.now() - sinceMs) / 1000 : undefined);
        if (logger.isDebugEnabled()) logger.debug('reconciled', { ...about, result });
      } catch (error) {
        hooks.onWrite(failedWrite(error), undefined);
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
