import type { Logger } from '../../kube/logger.ts';

/** Says what people need to know of one target: once, and not for each message, while things stay as they are. */
export interface LaneLog {
  readonly unavailable: (why: string, retryInMs: number) => void;
  readonly refused: (why: string) => void;
  readonly gaveUp: () => void;
  readonly full: () => void;
  readonly works: () => void;
  readonly broken: (error: unknown) => void;
}

export function createLaneLog(logger: Logger): LaneLog {
  let isDown = false;
  let isFull = false;
  let hasGivenUp = false;
  let refusal = '';
  /** Loud the first time, and for those who look closely each time. */
  const say = (isNews: boolean, message: string, fields = {}): void =>
    isNews ? logger.warn(message, fields) : logger.debug(message, fields);
  return {
    unavailable(why, retryInMs) {
      say(!isDown, 'a notification could not be delivered, and is tried again', {
        why,
        retryInSeconds: Math.round(retryInMs / 1000),
      });
      isDown = true;
    },
    refused(why) {
      say(why !== refusal, 'a notification was refused, and is not tried again', { why });
      refusal = why;
    },
    gaveUp() {
      say(!hasGivenUp, 'notifications are given up: they could not be delivered for giveUpAfterSeconds');
      hasGivenUp = true;
    },
    full() {
      say(!isFull, 'notifications are dropped: more than maxQueue findings wait');
      isFull = true;
    },
    works() {
      if (isDown) logger.info('notifications are delivered again');
      [isDown, isFull, hasGivenUp, refusal] = [false, false, false, ''];
    },
    broken: (error) => logger.error('a notification could not be made', { error }),
  };
}
