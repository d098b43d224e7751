/** As shells have it: 128 and the number of the signal. */
const INTERRUPTED: Readonly<Record<string, number>> = { SIGINT: 130, SIGTERM: 143 };
/** Of an end for which nobody gave a signal of these. */
const FAILED = 2;

/** Resolves to the exit code of what runs, or to that of the signal which broke it off. */
export async function interruptible(signal: AbortSignal, run: () => Promise<number>): Promise<number> {
  try {
    const code = await run();
    signal.throwIfAborted();
    return code;
  } catch (error) {
    // What is broken off fails in many ways.
    if (!signal.aborted) throw error;
    return INTERRUPTED[String(signal.reason)] ?? FAILED;
  }
}
