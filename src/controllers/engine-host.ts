import type { Logger } from '../kube/logger.ts';
import type { Engine } from './engine.ts';

export interface EngineHostOptions<S> {
  /** Starts an engine that judges by these settings; it ends with the signal. */
  readonly start: (settings: S, signal: AbortSignal) => Engine;
  readonly now: () => Date;
  readonly logger: Logger;
  /** A new engine is about to judge everything anew, or has done so. */
  readonly onReplaced: (isDone: boolean) => void;
}

/**
 * Runs one engine at a time, and puts another in its place when the settings change. To begin anew is how a replica starts, so
 * nothing else has to be right: what findings are remembered by stands in the reports.
 */
export interface EngineHost<S> extends Pick<Engine, 'lead' | 'follow'> {
  /** Settles when an engine judges by these settings, or by later ones. */
  readonly replace: (settings: S) => Promise<void>;
  /** Ends the work under way. */
  readonly stop: () => Promise<void>;
  /** Ends the watches, and settles when they have ended. */
  readonly end: () => Promise<unknown>;
}

export function createEngineHost<S>(first: S, { start, now, logger, onReplaced }: EngineHostOptions<S>): EngineHost<S> {
  let ending = new AbortController();
  let engine = start(first, ending.signal);
  let isLeading = false;
  let isStopped = false;
  let wanted: S | undefined;
  let changing: Promise<void> | undefined;

  async function end(): Promise<void> {
    ending.abort();
    await engine.watching.done;
  }

  async function judgeAnew(watchedUntil: Date): Promise<void> {
    try {
      onReplaced(await engine.lead(watchedUntil));
    } catch (error) {
      logger.error('judging anew by changed settings failed', { error });
    }
  }

  /** What is to be judged by next; nothing once it shall end. */
  function taken(): S | undefined {
    const settings = isStopped ? undefined : wanted;
    wanted = undefined;
    return settings;
  }

  async function change(): Promise<void> {
    for (let settings = taken(); settings !== undefined; settings = taken()) {
      const wasLeading = isLeading;
      engine.follow();
      await engine.stop();
      // Until then all that was seen is written.
      const watchedUntil = now();
      await end();
      if (isStopped) return;
      ending = new AbortController();
      engine = start(settings, ending.signal);
      onReplaced(false);
      if (wasLeading && isLeading) void judgeAnew(watchedUntil);
    }
  }

  return {
    async lead(watchedUntil) {
      isLeading = true;
      await changing;
      if (!isLeading) return false;
      const isDone = await engine.lead(watchedUntil);
      onReplaced(isDone);
      return isDone;
    },
    follow() {
      isLeading = false;
      engine.follow();
    },
    async replace(settings) {
      wanted = settings;
      changing ??= change().finally(() => {
        changing = undefined;
      });
      await changing;
    },
    async stop() {
      isStopped = true;
      await Promise.all([changing, engine.stop()]);
    },
    end,
  };
}
