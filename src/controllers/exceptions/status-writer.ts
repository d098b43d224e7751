import { CLUSTER_SECURITY_EXCEPTIONS, SECURITY_EXCEPTIONS, type SecurityExceptionStatus } from '../../crds/index.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Logger } from '../../kube/logger.ts';
import type { Timers } from '../../kube/timers.ts';
import type { Exception } from '../../reports/exceptions/exception.ts';
import { writeStatus } from '../status/write-status.ts';
import { createFollowUp, type FollowUp } from '../follow-up.ts';
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

/** A burst of changes is one write: they are gathered for so long. */
const GATHER_MS = 1000;

const isTrue = (status: SecurityExceptionStatus | undefined, type: string): boolean =>
  status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') === true;

/** Says in the status of each exception what it came to, as far as it leads. */
export function createStatusWriter(options: StatusWriterOptions): FollowUp {
  const { exceptions, now, timers, signal, onExpired } = options;

  /** Throws what the queue should retry. */
  async function bringUpToDate(key: ExceptionKey): Promise<void> {
    const stored = exceptions.get(key);
    if (stored === undefined) return;
    const { exception } = stored;
    const status = statusOf(stored, exceptions.outcomeOf(stored), now());
    const resource = exception.namespace === undefined ? CLUSTER_SECURITY_EXCEPTIONS : SECURITY_EXCEPTIONS;
    if (!(await writeStatus(options, { resource, place: exception, wanted: status, stored: stored.status }))) return;
    exceptions.written(key, status);
    if (isTrue(stored.status, 'Active') && isTrue(status, 'Expired')) onExpired(exception);
  }

  return createFollowUp<ExceptionKey>({
    work: bringUpToDate,
    *keys() {
      for (const { exception } of exceptions.all()) yield keyOfException(exception);
    },
    gatherMs: GATHER_MS,
    timers,
    signal,
  });
}
