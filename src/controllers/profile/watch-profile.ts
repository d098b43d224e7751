import { SECURITY_PROFILES, type SecurityProfileSpec } from '../../crds/index.ts';
import { startReflector } from '../../kube/reflector.ts';
import type { ReflectorHooks } from '../../kube/reflector-api.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { Logger } from '../../kube/logger.ts';
import type { Timers } from '../../kube/timers.ts';
import { writeStatus } from '../status/write-status.ts';
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
  const { now, timers, logger, hooks } = options;
  const { promise: settled, resolve: settle } = Promise.withResolvers<void>();
  let isSettled = false;
  let isReady = false;
  const profile = createProfile((hasOtherEffect) => {
    queue.add(PROFILE_NAME);
    if (!hasOtherEffect || !isSettled) return;
    isReady = false;
    options.onChange();
  });

  async function bringUpToDate(): Promise<void> {
    const state = profile.state();
    if (state === undefined) return;
    const stored = profile.status();
    const wanted = profileStatus({ ...state, isReady }, stored, now());
    const place = { name: PROFILE_NAME };
    if (!(await writeStatus(options, { resource: SECURITY_PROFILES, place, wanted, stored }))) return;
    if (state.rejected.length > 0)
      logger.warn('the SecurityProfile was rejected; what was accepted last goes on to act', {
        rejected: state.rejected,
      });
  }

  const queue = createQueue<string>({ work: bringUpToDate, concurrency: 1, nowMs: timers.now, random: timers.random });
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
