import type { SingleBar } from 'cli-progress';

/** Shows how far a scan has come. */
export interface Progress {
  readonly step: (done: number, total: number) => Promise<void>;
  readonly stop: () => void;
}

/** A scan that is over sooner shows nothing. */
const APPEARS_AFTER_MS = 1000;

const HIDDEN: Progress = { step: () => Promise.resolve(), stop: () => undefined };

/** A bar on the terminal, once a scan turns out to be long; nothing where there is no terminal, or nobody wants it. */
export function terminalProgress(stream: NodeJS.WritableStream, isWanted: boolean, nowMs: () => number): Progress {
  if (!isWanted || !('isTTY' in stream && stream.isTTY === true)) return HIDDEN;
  const startedMs = nowMs();
  let bar: SingleBar | undefined;
  return {
    async step(done, total) {
      if (bar === undefined && nowMs() - startedMs < APPEARS_AFTER_MS) return;
      if (bar === undefined) {
        const { default: progress } = await import('cli-progress');
        bar = new progress.SingleBar({
          stream,
          format: '{bar} {percentage} %',
          clearOnComplete: true,
          hideCursor: true,
        });
        bar.start(total, done);
      }
      bar.update(done);
    },
    stop: () => bar?.stop(),
  };
}
