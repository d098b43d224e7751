const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

interface Ending {
  /** The orderly end, when there is time for it. */
  readonly stop: () => Promise<void>;
  /** The end when nothing can be awaited. */
  readonly kill: () => void;
  readonly handleSignals: boolean;
}

/**
 * Let nothing outlive this process: `stop` on a signal, which then ends this process as it would have without us, and
 * `kill` on `exit`. Answers the function that takes all of this back. (SIGKILL cannot be caught.)
 */
export function endWithThisProcess({ stop, kill, handleSignals }: Ending): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    void stop().finally(() => {
      release();
      process.kill(process.pid, signal);
    });
  };
  const release = (): void => {
    process.off('exit', kill);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
  process.once('exit', kill);
  if (handleSignals) for (const signal of SIGNALS) process.on(signal, onSignal);
  return release;
}
