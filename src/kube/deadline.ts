import { TransportError } from './api-error.ts';

/**
 * Runs something for at most so long; it is told to stop by a signal, and not waited for if it does not. Throws what `run`
 * throws, a `TransportError` with code `Timeout` when the time is over, and the outer signal's reason when that is aborted.
 */
export async function withDeadline<T>(
  what: string,
  timeoutMs: number,
  outer: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  controller.signal.addEventListener('abort', () => reject(controller.signal.reason));
  const forward = (): void => controller.abort(outer?.reason);
  const expire = (): void => controller.abort(new TransportError(what, 'Timeout', `no answer within ${timeoutMs} ms`));
  outer?.addEventListener('abort', forward, { once: true });
  const timer = setTimeout(expire, timeoutMs);
  try {
    return await Promise.race([run(controller.signal), aborted]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', forward);
  }
}
