import { isDeepStrictEqual } from 'node:util';
import { CLUSTER_SECURITY_EXCEPTIONS, SECURITY_EXCEPTIONS, type SecurityExceptionStatus } from '../../crds/index.ts';
import { ApiError } from '../../kube/api-error.ts';
import { applyStatus } from '../../kube/apply.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Logger } from '../../kube/logger.ts';
import type { Timers } from '../../kube/timers.ts';
import type { Exception } from '../../reports/exceptions/exception.ts';
import { FIELD_MANAGER } from '../../reports/write.ts';
import { createQueue, type WorkQueue } from '../queue.ts';
import { keyOfException, type ExceptionKey } from './exception-store.ts';
import type { Exceptions } from './exceptions.ts';
import { statusOf } from './status.ts';

export interface StatusWriterOptions {
  readonly client: KubeClient;
  readonly exceptions: Pick<Exceptions, 'get' | 'all' | 'outcomeOf' | 'written'>;
  /** Told of each exception that has ended, once; not of those that had ended before the operator saw them. */
  readonly onExpired: (exception: Exception) => void;
  readonly now: () => Date;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** Says in the status of each exception what it came to, as far as it leads. */
export interface StatusWriter {
  /** Something was judged, or changed: what follows from it is written soon. */
  readonly touch: () => void;
  /** From now on everything has been judged once. Settles when all is written that can be. */
  readonly lead: () => Promise<void>;
  readonly follow: () => void;
  readonly stop: () => Promise<void>;
}

/** A burst of changes is one write: they are gathered for so long. */
const GATHER_MS = 1000;

const isTrue = (status: SecurityExceptionStatus | undefined, type: string): boolean =>
  status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') === true;

export function createStatusWriter(options: StatusWriterOptions): StatusWriter {
  const { client, exceptions, now, timers, logger, signal, onExpired } = options;
  let isLeading = false;
  let isGathering = false;

  /** Throws what the queue should retry. */
  async function bringUpToDate(key: ExceptionKey): Promise<void> {
    const stored = exceptions.get(key);
    if (stored === undefined) return;
    const { exception } = stored;
    const status = statusOf(stored, exceptions.outcomeOf(stored), now());
    if (isDeepStrictEqual(status, stored.status)) return;
    const resource = exception.namespace === undefined ? CLUSTER_SECURITY_EXCEPTIONS : SECURITY_EXCEPTIONS;
    try {
      await applyStatus(client, resource, exception, status, { fieldManager: FIELD_MANAGER });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'NotFound') return;
      logger.warn('could not write the status of an exception; will try again', { exception: key, error });
      throw error;
    }
    exceptions.written(key, status);
    if (isTrue(stored.status, 'Active') && isTrue(status, 'Expired')) onExpired(exception);
  }

  const queue: WorkQueue<ExceptionKey> = createQueue({
    work: bringUpToDate,
    concurrency: 1,
    nowMs: timers.now,
    random: timers.random,
  });

  function addAll(): void {
    for (const { exception } of exceptions.all()) queue.add(keyOfException(exception));
  }

  async function addSoon(): Promise<void> {
    await timers.sleep(GATHER_MS, signal);
    isGathering = false;
    if (isLeading && !signal.aborted) addAll();
  }

  return {
    touch() {
      if (isGathering || !isLeading) return;
      isGathering = true;
      void addSoon();
    },
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
