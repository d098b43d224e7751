import type { Logger } from '../../kube/logger.ts';
import type { Timers } from '../../kube/timers.ts';
import type { Target } from '../config/config.ts';
import type { Answer } from '../sending/post.ts';
import { createTargetSender, type About, type SenderOptions } from '../sending/target-sender.ts';
import { createLaneLog, type LaneLog } from './lane-log.ts';
import { createPace } from './pace.ts';
import type { Pauses } from './pauses.ts';
import type { Entry, Outcome } from './waiting-room.ts';

export interface CourierOptions extends SenderOptions {
  readonly target: Target;
  readonly about: About;
  readonly timers: Timers;
  readonly logger: Logger;
  /** Before each request that repeats one. */
  readonly onRetry: () => void;
}

/** Brings messages to one target, and again until it has them. */
export interface Courier {
  /** Sends these as one message. Once pauses are ended, it is abandoned rather than tried again. Never rejects. */
  readonly deliver: (batch: readonly Entry[], pauses: Pauses) => Promise<Outcome>;
  /** From the next request on. */
  readonly update: (target: Target, about: About) => void;
  /** Breaks off what is under way. */
  readonly end: () => Promise<void>;
  readonly log: LaneLog;
}

export function createCourier({ target: first, about: firstAbout, ...options }: CourierOptions): Courier {
  const { timers, logger, onRetry } = options;
  const pace = createPace(timers);
  const log = createLaneLog(logger.child({ target: first.name }));
  const ending = new AbortController();
  let target = first;
  let sender = createTargetSender(first, firstAbout, options);

  function giveUp(): Outcome {
    log.gaveUp();
    return 'failed';
  }

  /** What came of an attempt; undefined if there is to be another. */
  function judge(answer: Answer, isOld: () => boolean): Outcome | undefined {
    if (answer.outcome === 'aborted') return 'abandoned';
    if (answer.outcome === 'unavailable') {
      log.unavailable(answer.why, pace.failed(answer.retryAfterMs));
      return isOld() ? giveUp() : undefined;
    }
    pace.reset();
    if (answer.outcome === 'refused') log.refused(answer.why);
    else log.works();
    return answer.outcome === 'refused' ? 'failed' : 'sent';
  }

  async function attempts(batch: readonly Entry[], pauses: Pauses): Promise<Outcome> {
    const offeredMs = Math.min(...batch.map((entry) => entry.offeredMs));
    const isOld = (): boolean => timers.now() - offeredMs >= target.giveUpAfterSeconds * 1000;
    const sets = batch.map(({ changes }) => changes);
    // It has waited behind others that failed; one more request would only make the rest wait longer.
    if (pace.isFailing() && isOld() && !ending.signal.aborted) return giveUp();
    for (let made = 0; ; made++) {
      await pauses.pause(pace.waitMs());
      if (ending.signal.aborted || (pauses.areEnded() && pace.waitMs() > 0)) return 'abandoned';
      if (made > 0) onRetry();
      const outcome = judge(await sender.send(sets, ending.signal), isOld);
      if (outcome !== undefined) return outcome;
    }
  }

  return {
    log,
    async deliver(batch, pauses) {
      try {
        return await attempts(batch, pauses);
      } catch (error) {
        log.broken(error);
        return 'failed';
      }
    },
    update(next, about) {
      sender.close();
      sender = createTargetSender(next, about, options);
      target = next;
      pace.reset();
    },
    async end() {
      ending.abort();
      await sender.destroy();
    },
  };
}
