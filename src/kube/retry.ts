import { ApiError, TransportError } from './api-error.ts';
import { createBackoff } from './backoff.ts';
import type { Timers } from './timers.ts';

/** The media type of server-side apply, the one PATCH that may be sent twice. */
export const APPLY_PATCH = 'application/apply-patch+yaml';

export interface RetryOptions {
  readonly call: { readonly method: string; readonly contentType?: string };
  /** Ends the waiting; then the last failure is thrown. */
  readonly signal: AbortSignal;
  readonly timers: Timers;
  /** Told what failed, an HTTP status or `<error>`, before each repetition. */
  readonly onRetry: (code: string) => void;
}

const MAX_ATTEMPTS = 5;
const FIRST_DELAY_MS = 200;
const MAX_DELAY_MS = 5_000;
/** A server that wants a longer pause is better served by the caller's own backoff. */
const MAX_RETRY_AFTER_MS = 10_000;
/** Nothing has reached the server. */
const NOT_SENT: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);
/** Trying again will not help, or the caller's time is over. */
const FINAL: ReadonlySet<string> = new Set(['Timeout', 'NoCredentials']);

/**
 * Repeats what can do no harm to repeat: requests that mean the same when sent twice, and any that the server says it did not
 * take up. (undici's own retry interceptor has no jitter, resumes half-read bodies by Range, and hides the server's Status.)
 */
export async function withRetries<T>(options: RetryOptions, attempt: () => Promise<T>): Promise<T> {
  const { signal, timers } = options;
  const backoff = createBackoff(FIRST_DELAY_MS, MAX_DELAY_MS, timers.random);
  for (let attempts = 1; ; attempts++) {
    try {
      return await attempt();
    } catch (error) {
      if (signal.aborted || attempts === MAX_ATTEMPTS || !isRetryable(error, options.call)) throw error;
      await timers.sleep(Math.max(backoff.next(), retryAfterMs(error)), signal);
      if (signal.aborted) throw error;
      options.onRetry(error instanceof ApiError ? String(error.status) : '<error>');
    }
  }
}

function isRetryable(error: unknown, { method, contentType }: RetryOptions['call']): boolean {
  const isIdempotent = method !== 'POST' && (method !== 'PATCH' || contentType === APPLY_PATCH);
  if (error instanceof ApiError) {
    if (retryAfterMs(error) > MAX_RETRY_AFTER_MS) return false;
    return error.status === 429 || (error.status >= 500 && isIdempotent);
  }
  if (!(error instanceof TransportError) || FINAL.has(error.code)) return false;
  return isIdempotent || NOT_SENT.has(error.code);
}

function retryAfterMs(error: unknown): number {
  return error instanceof ApiError ? (error.retryAfterMs ?? 0) : 0;
}
