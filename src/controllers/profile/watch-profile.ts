import { isDeepStrictEqual } from 'node:util';
import { SECURITY_PROFILES, type SecurityProfileSpec } from '../../crds/index.ts';
import { applyStatus } from '../../kube/apply.ts';
import { ApiError } from '../../kube/api-error.ts';
import { startReflector } from '../../kube/reflector.ts';
import type { ReflectorHooks } from '../../kube/reflector-api.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Logger } from '../../kube/logger.ts';
import type { Timers } from '../../kube/timers.ts';
import { FIELD_MANAGER } from '../../reports/write.ts';
import { createQueue } from '../queue.ts';
import { isKnown } from '../watching/watching.ts';
import { createProfile, PROFILE_NAME } from './profile.ts';
import { profileStatus } from './status.ts';

export interface WatchProfileOptions {
  readonly client: KubeClient;
  /** Something else acts than before; not called before `settled`. */
  readonly onChange: () => void;
  readonly hooks: ReflectorHooks;
  readonly now: () => Date;
  readonly timers: Timers;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** Follows the profile of the cluster, and says in its status what became of it. */
export interface ProfileWatch {
  /** Settles when it is known which profile there is; one that may not be read counts as none. */
  readonly settled: Promise<void>;
  readonly acting: () => SecurityProfileSpec;
  /** From now on the status is written. */
  readonly lead: () => void;
  readonly follow: () => void;
  /** Whether everything has been judged by what acts. */
  readonly setReady: (isReady: boolean) => void;
  readonly stop: () => Promise<void>;
  /** Settles when the watch has ended after the signal. */
  readonly done: Promise<void>;
}

export function watchProfile(options: WatchProfileOptions): ProfileWatch {
  const { client, now, timers, logger, hooks } = options;
  const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
  let isSettled = false;
  let isReady = false;
  const profile = createProfile((hasOtherEffect) => {
    queue.add(PROFILE_NAME);
    if (!hasOtherEffect || !isSettled) return;
    isReady = false;
    options.onChange();
  });

  async function writeStatus(): Promise<void> {
    const state = profile.state();
    if (state === undefined) return;
    const status = profileStatus({ ...state, isReady }, profile.status(), now());
    if (isDeepStrictEqual(status, profile.status())) return;
    try {
      await applyStatus(client, SECURITY_PROFILES, { name: PROFILE_NAME }, status, { fieldManager: FIELD_MANAGER });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'NotFound') return;
      logger.warn('could not write the status of the profile; will try again', { error });
      throw error;
    }
    if (state.rejected.length > 0)
      logger.warn('the SecurityProfile was rejected; what was accepted last goes on to act', {
        rejected: state.rejected,
      });
  }

  const queue = createQueue<string>({ work: writeStatus, concurrency: 1, nowMs: timers.now, random: timers.random });
  const reflector = startReflector({
    ...options,
    resource: SECURITY_PROFILES,
    sink: profile.sink,
    hooks: {
      ...hooks,
      onState(...args) {
        hooks.onState?.(...args);
        if (isSettled || !isKnown(reflector)) return;
        isSettled = true;
        settle();
      },
    },
  });
  return {
    settled,
    acting: profile.acting,
    lead() {
      queue.add(PROFILE_NAME);
      queue.resume();
    },
    follow: queue.pause,
    setReady(ready) {
      isReady = ready;
      queue.add(PROFILE_NAME);
    },
    stop: queue.stop,
    done: reflector.done,
  };
}
